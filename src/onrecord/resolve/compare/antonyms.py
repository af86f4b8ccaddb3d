"""Opposite words: one in each content turns the sense round."""

from __future__ import annotations

from functools import cache

from onrecord.records import Part
from onrecord.resolve.base import Proposition
from onrecord.resolve.compare.words import find_plain
from onrecord.resolve.wording import stem

PAIRS = """
sober/drunk open/close alive/dead guilty/innocent true/false accept/reject rise/fall up/down increase/decrease
win/lose safe/dangerous safe/unsafe safe/toxic support/oppose allow/ban stay/leave stay/resign continue/stop
continue/halt approve/reject genuine/fake genuine/forged authentic/fake authentic/forged real/fake original/copy
working/broken healthy/ill healthy/sick well/ill clean/contaminated clean/polluted success/failure succeed/fail
legal/illegal lawful/unlawful present/absent raise/cut raise/lower grow/shrink strengthen/weaken begin/end
advance/retreat agree/refuse convict/acquit deliberate/accident arson/accident arson/lightning remain/leave
genuine/forgery real/forgery authentic/forgery original/forgery once/twice secure/leak
secure/breach
original/replica genuine/replica real/replica authentic/replica accident/sabotage accident/attack suicide/murder
accident/murder arrest/release detain/release rise/drop increase/decline raise/reduce expand/shrink approve/veto
possible/impossible enough/insufficient adequate/inadequate natural/artificial military/civilian join/boycott
solvent/insolvent armed/unarmed paid/unpaid competent/incompetent correct/incorrect valid/invalid
keep/scrap hire/dismiss build/demolish deliver/withhold intact/damaged effective/ineffective"""
NOTHING = Part("antonyms", 0.0)


def compare_antonyms(a: Proposition, b: Proposition) -> Part:
    """1 where one says a word and the other its opposite, neither says both, and both say another; else 0.

    Without a plain word in common, gunmen who open fire and a campus that is closed are no opposites.
    """
    opposites = _opposites()
    if opposites.keys().isdisjoint(a.stems) or find_plain(a).isdisjoint(find_plain(b)):
        return NOTHING
    for word in sorted(a.stems & opposites.keys()):
        for other in sorted(opposites[word]):
            if other in b.stems and other not in a.stems and word not in b.stems:
                return Part("antonyms", 1.0, f"“{word}” against “{other}”")
    return NOTHING


@cache
def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in PAIRS.split():
        left, right = (stem(word) for word in pair.split("/"))
        found.setdefault(left, set()).add(right)
        found.setdefault(right, set()).add(left)
    return {word: frozenset(others) for word, others in found.items()}
