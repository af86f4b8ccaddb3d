"""Nearness in meaning, by the sentence encoder."""

from __future__ import annotations

from onrecord.records import Part
from onrecord.resolve.base import Proposition


def compare_meaning(a: Proposition, b: Proposition) -> Part:
    """The cosine of the two vectors, 0 where one has none."""
    return Part("meaning", find_cosine(a, b), "cosine of sentence vectors")


def find_cosine(a: Proposition, b: Proposition) -> float:
    """The same without the words."""
    if a.vector is None or b.vector is None:
        return 0.0
    # the last places of a product depend on where the vectors lie in memory
    return round(float(a.vector.dot(b.vector)), 5)
