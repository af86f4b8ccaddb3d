"""Figures of the same unit: equal, or in conflict."""

from __future__ import annotations

from onrecord.records import Part
from onrecord.resolve.base import Figure, Proposition

ROUGH = 0.1  # "about 300" and 290 are no conflict


def compare_figures(a: Proposition, b: Proposition) -> Part:
    """1 where all figures of a shared unit agree, -1 where one is in conflict, 0 where none can be compared."""
    agreed = False
    for unit in sorted({f.unit for f in a.figures} & {f.unit for f in b.figures}):
        left, right = ([f for f in p.figures if f.unit == unit] for p in (a, b))
        if not any(_agree(x, y) for x in left for y in right):
            return Part("figures", -1.0, f"{left[0].value:g} against {right[0].value:g} {unit}")
        agreed = True
    return Part("figures", float(agreed), "the same figures" if agreed else "")


def _agree(a: Figure, b: Figure) -> bool:
    tolerance = ROUGH * max(a.value, b.value) if a.rough or b.rough else 0.0
    return abs(a.value - b.value) <= tolerance
