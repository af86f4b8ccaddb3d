"""Nearness in meaning, by the sentence encoder."""

from __future__ import annotations

from onrecord.records import Part
from onrecord.resolve.base import Proposition


def compare_meaning(a: Proposition, b: Proposition) -> Part:
    """The cosine of the two vectors, 0 where one has none."""
    if a.vector is None or b.vector is None:
        return Part("meaning", 0.0)
    return Part("meaning", float(a.vector @ b.vector), "cosine of sentence vectors")
