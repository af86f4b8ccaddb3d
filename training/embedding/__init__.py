"""Make the sentence encoder that ships: `python -m training.embedding`."""
