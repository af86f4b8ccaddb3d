"""Whether two pages tell of one thing: of those that do, the leads lie near each other."""

from __future__ import annotations

from onrecord.records import Part

NEAR = (
    0.5  # cosine of two leads, from which on nothing speaks against it: 94 % of the pairs on one claim in our stories
)
NOTHING = Part("pages", 0.0)


def compare_pages(cosine: float) -> Part:
    """0 where the leads are near or the same, down to -1 for a `cosine` of 0 and less."""
    if cosine >= NEAR:
        return NOTHING
    return Part("pages", max(0.0, cosine) / NEAR - 1, f"the leads of the pages lie apart ({cosine:.2f})")
