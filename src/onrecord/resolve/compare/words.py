"""Words in common. Names count less: all that is said of one country shares its name, not its matter."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.records import Part
from onrecord.resolve.base import Proposition
from onrecord.resolve.wording import stem


def compare_words(a: Proposition, b: Proposition) -> Part:
    """Between Dice and containment of the stems, 0 to 1: a short content may stand within a long one."""
    left, right = (_weigh(p) for p in (a, b))
    shared = sum(min(left[word], right[word]) for word in left.keys() & right.keys())
    least, most = sorted((sum(left.values()), sum(right.values())))
    if not least:
        return Part("words", 0.0)
    dice, contained = 2 * shared / (least + most), shared / least
    common = sorted(left.keys() & right.keys())
    return Part("words", 0.5 * dice + 0.5 * contained * min(1.0, least / 3), " ".join(common))


def _weigh(p: Proposition) -> dict[str, float]:
    names: Iterable[str] = {stem(word) for name in p.names for word in name.lower().split()}
    return {word: 0.7 if word in names else 1.0 for word in p.stems}
