"""Figures of the same unit: equal, or in conflict."""

from __future__ import annotations

from onrecord.records import Part
from onrecord.resolve.base import Figure, Proposition
from onrecord.resolve.figures import PERCENT

ORDINARY = 0.3  # what an equal figure says that many things share
SMALL = 12
ROUGH = 0.1  # "about 300" and 290 are no conflict


def compare_figures(a: Proposition, b: Proposition) -> Part:
    """How much equal figures of a shared unit say, -1 where one is in conflict, 0 where none can be compared.

    1 for a figure that few things share, as 41 dead or 2.6 million; ORDINARY for one like two or a hundred. A telling
    figure says so whatever it counts: "seventy-seven, each one measured".
    """
    agreed = 0.0
    for unit in sorted({f.unit for f in a.figures}):
        left, right = ([f for f in p.figures if _is_of(f.unit, unit)] for p in (a, b))
        if not right:
            continue
        same = [x for x in left if any(_agree(x, y) for y in right)]
        if not same:
            return Part("figures", -1.0, f"{left[0].value:g} against {right[0].value:g} {unit}")
        agreed = max(agreed, 1.0 if any(_is_telling(x.value) for x in same) else ORDINARY)
    if {f.value for f in a.figures if _is_telling(f.value)} & {f.value for f in b.figures}:
        agreed = 1.0
    return Part("figures", agreed, "the same figures" if agreed else "")


def _is_telling(value: float) -> bool:
    """Whether a number is neither small nor round: above SMALL, and of two digits or more without its last zeros."""
    digits = f"{value:.10g}".replace(".", "").strip("0")
    return value > SMALL and len(digits) > 1


def _is_of(unit: str, other: str) -> bool:
    """Whether two figures count the same: "80 percent" may be of anything, "80 percent of drivers" is of drivers."""
    return unit == other or (PERCENT in (unit, other) and unit.startswith(PERCENT) and other.startswith(PERCENT))


def _agree(a: Figure, b: Figure) -> bool:
    tolerance = ROUGH * max(a.value, b.value) if a.rough or b.rough else 0.0
    return abs(a.value - b.value) <= tolerance
