"""Ways to read one excerpt: words hidden, people under other names, all of one gender."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from onrecord.extract.gender import find_gender_of_name
from onrecord.extract.pointer import Excerpt, Pieces

RENAMED, HIDDEN = 0.5, 0.08  # shares of passages whose people get new names, of words that are hidden
MASK = (103,)
SWAPPED = {
    "m": {"he": "she", "him": "her", "his": "her", "himself": "herself"},
    "f": {"she": "he", "her": "his", "hers": "his", "herself": "himself"},
}
# what follows an object "her" rather than one that owns
SMALL = frozenset(
    re.findall(
        r"\S+",
        """
    a about after and as at before but by for from if in into of on or out over that the to up when while who with""",
    )
)
TITLES = {"mr": "m", "mrs": "f", "ms": "f", "miss": "f"}
LEAST = 3  # letters of a word that is taken for a name


@dataclass(frozen=True, slots=True)
class Names:
    """What people may be called: given names by gender, and family names, in pieces."""

    given: dict[str, Sequence[Pieces]]
    family: Sequence[Pieces]
    known: frozenset[str]
    """The given names as words."""


def find_names(excerpts: Iterable[Excerpt]) -> Names:
    """The names of the people of some passages; a given name is one that is borne by one gender."""
    given: dict[str, dict[Pieces, str]] = {"m": {}, "f": {}}
    family: dict[Pieces, None] = {}
    for excerpt in excerpts:
        for _, first, last in excerpt.mentions.tolist():
            form, end = excerpt.forms[first], excerpt.forms[last]
            if first < last and (gender := find_gender_of_name(form)):
                given[gender][excerpt.pieces[first]] = form
                if len(end) >= LEAST and end.isalpha():
                    family[excerpt.pieces[last]] = None
    known = frozenset(form for forms in given.values() for form in forms.values())
    return Names({g: list(pieces) for g, pieces in given.items()}, list(family), known)


def vary(
    excerpt: Excerpt, names: Names, find_pieces: Callable[[str], Pieces], gender: str, chance: random.Random
) -> list[Pieces]:
    """The pieces of each word, some hidden; for some, all people renamed to one gender, at times not the pronoun's."""
    pieces = list(excerpt.pieces)
    if chance.random() < RENAMED:
        pieces = rename(excerpt, names, find_pieces, (gender, chance.choice("mf")), chance)
    for k in range(len(pieces)):
        if k != excerpt.pronoun and chance.random() < HIDDEN:
            pieces[k] = MASK
    return pieces


def rename(
    excerpt: Excerpt, names: Names, find_pieces: Callable[[str], Pieces], genders: tuple[str, str],
    chance: random.Random,
) -> list[Pieces]:  # fmt: skip
    """Each word of a name to a new one wherever it stands; pronouns and courtesy titles follow.

    `genders` are that of the pronoun and the one that all get.
    """
    gender, new = genders
    pieces = list(excerpt.pieces)
    called: dict[str, Pieces] = {}
    for _, first, last in sorted(excerpt.mentions.tolist(), key=lambda m: m[1] - m[2]):
        for k in range(first, last + 1):
            form = excerpt.forms[k]
            if len(form) >= LEAST and form.isalpha() and form not in called:
                given = (first < last and k == first) or form in names.known
                called[form] = chance.choice(names.given[new] if given else names.family)
    for k, form in enumerate(excerpt.forms):
        if form in called:
            pieces[k] = called[form]
        elif form in TITLES:
            pieces[k] = find_pieces("mr" if new == "m" else "ms")
        elif new != gender and form in SWAPPED[gender]:
            pieces[k] = find_pieces(_swap(excerpt.forms, k, gender))
    return pieces


def _swap(forms: Sequence[str], k: int, gender: str) -> str:
    """The pronoun of the other gender; "her" owns what follows it, or is an object before a mark or a small word."""
    after = forms[k + 1] if k + 1 < len(forms) else "."
    return "him" if forms[k] == "her" and (not after.isalnum() or after in SMALL) else SWAPPED[gender][forms[k]]
