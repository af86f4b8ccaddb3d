"""How many content words two wordings share, proper names counting double."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.records import Part
from onrecord.resolve.wordings import Wording

NAME_WEIGHT = 2.0


def compare_words(a: Wording, b: Wording) -> Part:
    """From 0 to 1: the mean of the overlap coefficient and Dice's, so that a longer wording of the same costs little."""
    names = {*a.names, *b.names}
    left, right = set(a.stems), set(b.stems)
    shared = left & right
    both = _weigh(shared, names)
    smaller = min(_weigh(left, names), _weigh(right, names))
    total = _weigh(left, names) + _weigh(right, names)
    value = (both / smaller + 2 * both / total) / 2 if smaller else 0.0
    return Part("words", round(value, 4), "shared: " + ", ".join(sorted(shared)) if shared else "no word in common")


def _weigh(stems: Iterable[str], names: set[str]) -> float:
    return sum(NAME_WEIGHT if s in names else 1.0 for s in stems)
