"""Commands that make the weights; not part of the wheel."""
