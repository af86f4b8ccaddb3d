"""Why a claim stands as it does: the statements that its status rests on, and how it stood before."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.query import Quote, ShownClaim
from onrecord.records import Stance, Status, StatusChange

SIDES = (Stance.ASSERTS, Stance.DENIES)
MOST_GROUNDS = 3  # of each side: the others stand below, face to face


@dataclass(frozen=True, slots=True)
class Ground:
    """A statement that the status rests on, and the position that it is part of.

    A `rival` has no part in the claim: it gives another figure for the same thing.
    """

    root: str
    named: bool
    stance: Stance
    withdrawn: bool
    quote: Quote
    rival: bool = False


@dataclass(frozen=True, slots=True)
class Why:
    """`grounds` are who asserts, who denies, and then the rivals, the earliest first.

    `before` is how the claim stood until then.
    """

    since: str | None
    grounds: tuple[Ground, ...]
    left_out: int
    before: tuple[StatusChange, ...]


def find_why(shown: ShownClaim) -> Why | None:
    """None for a claim without a history."""
    if not shown.claim.history:
        return None
    *before, last = shown.claim.history
    because = set(last.statements)
    own = {statement for position in shown.claim.positions for statement in position.statements}
    others = [shown.quotes[i] for i in last.statements if i in shown.quotes and i not in own]
    sides = [
        [
            Ground(position.root, position.named, stance, position.withdrawn, shown.quotes[statement])
            for position in shown.claim.positions
            if position.stance is stance
            for statement in position.statements
            if statement in because and statement in shown.quotes
        ]
        for stance in SIDES
    ]
    # what stands on no position here takes back what does, or gives another figure
    back = shown.claim.status is Status.RETRACTED
    sides.append([_make_ground(quote, rival=not back) for quote in others])
    shown_grounds: list[Ground] = []
    left_out = 0
    for held in sides:
        held.sort(key=lambda ground: (ground.withdrawn, ground.quote.day or "9999"))
        shown_grounds += held[:MOST_GROUNDS]
        left_out += len(held[MOST_GROUNDS:])
    return Why(last.day, tuple(shown_grounds), left_out, tuple(before))


def _make_ground(quote: Quote, *, rival: bool) -> Ground:
    root, stance = quote.statement.root, Stance.ASSERTS if rival else Stance.DENIES
    return Ground(root.name, root.named, stance, withdrawn=False, quote=quote, rival=rival)
