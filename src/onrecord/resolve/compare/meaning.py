"""How near two wordings are in meaning: the cosine of their sentence vectors."""

from __future__ import annotations

from onrecord.records import Part
from onrecord.resolve.wordings import Wording


def compare_meaning(a: Wording, b: Wording) -> Part:
    """From -1 to 1."""
    value = float(a.vector @ b.vector)
    return Part("meaning", round(value, 4), f"the sentences are near in meaning ({value:.2f})")
