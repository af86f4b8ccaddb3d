"""Trains the attribution model: sources, cues and contents with the links between them, parts of speech, names."""
