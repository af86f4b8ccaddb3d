"""Trains what tells whether two statements say the same, contradict each other, or are merely near."""
