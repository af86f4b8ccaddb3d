"""The line on many machines."""
