"""Whether the words in common say anything: "going", "win" and "president" stand on every page."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from onrecord.records import Part
from onrecord.resolve.base import Proposition
from onrecord.resolve.compare.words import find_plain

TABLE = Path(__file__).with_name("common.txt")
RARE, ENOUGH = 10, 3  # tenths: the weight of a word that is not in the table; that all in common must come to
NOTHING = Part("rarity", 0.0)


def compare_rarity(a: Proposition, b: Proposition) -> Part:
    """0 where the plain words in common weigh enough; down to -1 where there are none, or only those of every page."""
    common = find_plain(a) & find_plain(b)
    weights = _read_table()
    total = sum(weights.get(stem, RARE) for stem in common)
    if total >= ENOUGH:
        return NOTHING
    words = " ".join(sorted(common))
    return Part("rarity", total / ENOUGH - 1, f"only {words} in common" if words else "no word but names in common")


@cache
def _read_table() -> dict[str, int]:
    """The weight of each common stem, in tenths."""
    lines = (line.split() for line in TABLE.read_text("utf-8").splitlines())
    return {stem: int(tenths) for tenths, *stems in lines for stem in stems}
