"""Weights that ship, each with a card; `onrecord.inference` knows their names and checksums."""
