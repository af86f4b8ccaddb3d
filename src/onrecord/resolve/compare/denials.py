"""Whether what one says is not so is something of which the other speaks: "gave no reason" denies no killing."""

from __future__ import annotations

from onrecord.records import Part
from onrecord.resolve.base import Proposition
from onrecord.resolve.wording import find_denied

NOTHING = Part("denial", 0.0)


def compare_denials(a: Proposition, b: Proposition) -> Part:
    """-1 where one is negative, and not in a word of the other; else 0."""
    if a.negated == b.negated:
        return NOTHING
    negative, other = (a, b) if a.negated else (b, a)
    denied = find_denied(negative.text)
    if not denied or denied in other.stems:
        return NOTHING
    return Part("denial", -1.0, f"“{denied}” is denied, of which the other says nothing")
