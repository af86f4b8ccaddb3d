"""Words in common. Names count less: all that is said of one country shares its name, not its matter."""

from __future__ import annotations

from functools import lru_cache

from onrecord.records import Part
from onrecord.resolve.base import Proposition
from onrecord.resolve.wording import stem

WEIGHED = 20_000  # propositions of which the weights are kept: each is compared with many


def compare_words(a: Proposition, b: Proposition) -> Part:
    """Between Dice and containment of the stems, 0 to 1: a short content may stand within a long one."""
    left, right = (_weigh(p.stems, p.names) for p in (a, b))
    common = sorted(left.keys() & right.keys())
    shared = sum(min(left[word], right[word]) for word in common)
    least, most = sorted((sum(left.values()), sum(right.values())))
    if not least:
        return Part("words", 0.0)
    dice, contained = 2 * shared / (least + most), shared / least
    return Part("words", 0.5 * dice + 0.5 * contained * min(1.0, least / 3), " ".join(common))


@lru_cache(WEIGHED)
def _weigh(stems: frozenset[str], names: tuple[str, ...]) -> dict[str, float]:
    in_names = {stem(word) for name in names for word in name.lower().split()}
    # in order: sums of fractions depend on it in their last digit
    return {word: 0.7 if word in in_names else 1.0 for word in sorted(stems)}
