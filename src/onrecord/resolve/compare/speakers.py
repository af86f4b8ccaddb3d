"""Who says it: what a root says again is often the same thing."""

from __future__ import annotations

from onrecord.records import Part
from onrecord.resolve.base import Proposition


def compare_speakers(a: Proposition, b: Proposition) -> Part:
    """1 where one body says both, else 0."""
    same = a.body == b.body
    return Part("speaker", float(same), f"both from {a.body}" if same else "")
