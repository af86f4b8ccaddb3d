"""The names in two contents: shared, or alike but not the same (Halberd Group, Halberd Hotels)."""

from __future__ import annotations

from functools import lru_cache

from onrecord.names import find_metonym
from onrecord.records import Part
from onrecord.resolve.base import Proposition

# of which what was found is kept: a proposition is compared with many
NAMES, PAIRS = 4096, 20_000
NOTHING = Part("names", 0.0)


def compare_names(a: Proposition, b: Proposition) -> Part:
    """Share of the names of the poorer side that the other has too; -1 where two names part after a common word."""
    if not (a.names and b.names):
        return NOTHING
    left, right = (_split_names(p.names) for p in (a, b))
    for x in left:
        for y in right:
            if "of" in x | y:  # "Halberd of Britain" says where it is from
                continue
            rivals = x & y and not x <= y and not y <= x
            if rivals and not any(x <= z or z <= x for z in right) and not any(y <= z or z <= y for z in left):
                return Part("names", -1.0, f"{' '.join(sorted(x))} is not {' '.join(sorted(y))}")
    few, many = sorted((left, right), key=len)
    shared = sum(any(is_akin(x, y) for y in many) for x in few)
    return Part("names", shared / len(few), f"{shared} of {len(few)} names")


@lru_cache(NAMES)
def find_marks(context: frozenset[str], names: tuple[str, ...]) -> frozenset[frozenset[str]]:
    """The words of each name that a document is about or that a content bears, in lower case."""
    return split_names(context).union(_split_names(names))


@lru_cache(NAMES)
def split_names(names: frozenset[str]) -> frozenset[frozenset[str]]:
    """The words of each name, in lower case."""
    return frozenset(_split_names(names))


@lru_cache(NAMES)
def _split_names(names: frozenset[str] | tuple[str, ...]) -> tuple[frozenset[str], ...]:
    return tuple(_split_name(name) for name in names)


@lru_cache(NAMES)
def _split_name(name: str) -> frozenset[str]:
    """The words of a name; what stands for a state ("Moscow", "Russian") is that state."""
    known = find_metonym(name)
    return frozenset([f"{known.country.code}-land"] if known else name.lower().split())


@lru_cache(PAIRS)
def is_akin(x: frozenset[str], y: frozenset[str]) -> bool:
    """One is the other, a short form of it, or its adjective (Arvenia, Arvenian)."""
    return x <= y or y <= x or any(len(p) > 4 and len(q) > 4 and p[:5] == q[:5] for p in x for q in y)
