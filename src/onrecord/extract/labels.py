"""The classes that the attribution model gives words, in the order of its outputs."""

from __future__ import annotations

# spans are written in BIO: 0 is outside, 1 + 2k begins the kth class, 2 + 2k continues it
PARTS = ("source", "cue", "content")
ENTITIES = ("PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "EVENT", "WORK_OF_ART", "PRODUCT", "LAW")
POS = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ",
    "SYM", "VERB", "X",
)  # fmt: skip
