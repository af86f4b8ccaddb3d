"""Whether two wordings give different figures for the same thing: 12 dead and 20 dead."""

from __future__ import annotations

from onrecord.records import Part
from onrecord.resolve.wordings import Wording


def compare_quantities(a: Wording, b: Wording) -> Part:
    """1 where they share a figure, 0 where nothing can be compared, -1 where the figures conflict."""
    left, right = {n for n, _ in a.numbers}, {n for n, _ in b.numbers}
    if left & right:
        return Part("quantities", 1.0, "the same figure: " + ", ".join(sorted(left & right)))
    units = {u for _, u in a.numbers} & {u for _, u in b.numbers}
    if left and right and (units or len(left) == len(right) == 1):
        return Part("quantities", -1.0, f"other figures: {', '.join(sorted(left))}; {', '.join(sorted(right))}")
    return Part("quantities", 0.0, "no figures to compare")
