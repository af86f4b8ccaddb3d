"""Who does what to whom: two wordings with the same parties the other way round are not the same claim."""

from __future__ import annotations

import re

from onrecord.records import Part
from onrecord.resolve.wordings import WORD, Wording, stem

PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|being|be|gets?|got)\s+(?:\w+ly\s+)?\w+(?:ed|en|wn|ld|nt|de|ut)\b.*\bby\b", re.DOTALL
)


def compare_parties(a: Wording, b: Wording) -> Part:
    """1 where at least two shared names stand in the same roles, -1 where their roles are swapped, else 0."""
    shared = [name for name in a.names if name in b.names]
    if len(shared) < 2:
        return Part("parties", 0.0, "fewer than two names in common")
    first, second = shared[0], shared[1]
    places = _places(b.text)
    same = places.get(first, 0) < places.get(second, 0)
    if _is_passive(a) != _is_passive(b):
        same = not same
    if same:
        return Part("parties", 1.0, f"{first} before {second} in both")
    return Part("parties", -1.0, f"{first} and {second} change places")


def _places(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for match in WORD.finditer(text):
        found.setdefault(stem(match.group().lower()), match.start())
    return found


def _is_passive(wording: Wording) -> bool:
    return bool(PASSIVE.search(wording.text))
