"""Words in common. Names count less: all that is said of one country shares its name, not its matter."""

from __future__ import annotations

from functools import lru_cache

from onrecord.records import Part
from onrecord.resolve.base import Proposition
from onrecord.resolve.wording import stem

WEIGHED = 4096  # propositions of which the plain words are kept: each is compared with many
# in tenths: whole numbers add up to the same in any order
NAME, PLAIN = 7, 10
ENOUGH = 30  # of the poorer side: that three words stand within a longer content means that it does


def compare_words(a: Proposition, b: Proposition) -> Part:
    """Between Dice and containment of the stems, 0 to 1: a short content may stand within a long one."""
    return Part("words", find_overlap(a, b), " ".join(sorted(a.stems & b.stems)))


def find_overlap(a: Proposition, b: Proposition) -> float:
    """The same without the words."""
    common = a.stems & b.stems
    if not common:
        return 0.0
    left, left_weight = _find_plain(a.stems, a.names)
    right, right_weight = _find_plain(b.stems, b.names)
    shared = _weigh(common, left & right)
    least, most = min(left_weight, right_weight), max(left_weight, right_weight)
    dice, contained = 2 * shared / (least + most), shared / least
    return 0.5 * dice + 0.5 * contained * min(1.0, least / ENOUGH)


def find_plain(p: Proposition) -> frozenset[str]:
    """The stems that stand in no name."""
    return _find_plain(p.stems, p.names)[0]


def _weigh(stems: frozenset[str], plain: frozenset[str]) -> int:
    return NAME * len(stems) + (PLAIN - NAME) * len(plain)


@lru_cache(WEIGHED)
def _find_plain(stems: frozenset[str], names: tuple[str, ...]) -> tuple[frozenset[str], int]:
    """The stems that no name holds, and the weight of all."""
    plain = stems - {stem(word) for name in names for word in name.lower().split()}
    return plain, _weigh(stems, plain)
