"""Words that turn a sentence round without a "not": rejected for accepted, innocent for guilty."""

from __future__ import annotations

from onrecord.records import Part
from onrecord.resolve.wordings import Wording, stem

PAIRS = """accept reject, accept refuse, agree refuse, agree decline, approve reject, approve block, allow ban, allow block,
rise fall, rise drop, increase decrease, increase cut, grow shrink, win lose, guilty innocent, alive dead, alive died, open
close, start stop, begin end, stay leave, stay resign, remain resign, support oppose, back oppose, true false, safe dangerous,
safe unsafe, succeed fail, pass fail, keep cancel, confirm deny, hire fire, legal illegal, ceasefire attack, guilty
acquitted, convicted acquitted, stable worsen, improve worsen, raise cut, raise lower, higher lower, genuine fake, genuine
forged, authentic fake, authentic forged, real fake, ready unprepared, continue suspend, resume suspend, extend cancel"""
OPPOSITES = {
    frozenset((stem(left), stem(right)))
    for left, right in (pair.split() for pair in PAIRS.replace("\n", " ").split(","))
}


def compare_opposites(a: Wording, b: Wording) -> Part:
    """-1 where what differs between the two are opposites, else 0."""
    left, right = set(a.stems) - set(b.stems), set(b.stems) - set(a.stems)
    for one in sorted(left):
        for other in sorted(right):
            if frozenset((one, other)) in OPPOSITES:
                return Part("opposites", -1.0, f"{one} against {other}")
    return Part("opposites", 0.0, "no opposites")
