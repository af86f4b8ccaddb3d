"""Where a claim stands, and where it stood on any day, from the stands that its roots took.

A root's later word outweighs its earlier one; declining changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.records import Stance, Status, StatusChange

UNDATED = ""


@dataclass(frozen=True, slots=True)
class Stand:
    """One statement's stand: whose, what, when (a day or UNDATED) and in what order on that day.

    `confirms` is true where the cue says that something already said is so; `is_party` where the claim is about this
    root; `variant` tells figures of one claim apart.
    """

    root: int
    stance: Stance
    day: str
    order: int
    statement: str
    confirms: bool = False
    is_party: bool = False
    is_echo: bool = False
    variant: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """The status and what it rests on."""

    status: Status
    asserting: frozenset[int]
    denying: frozenset[int]
    withdrawn: frozenset[tuple[int, Stance]]
    statements: tuple[str, ...]


def find_standing(stands: Sequence[Stand]) -> Standing:
    """The status after all of `stands`."""
    last: dict[int, Stand] = {}
    taken: dict[int, set[Stance]] = {}
    first_asserted: dict[int, tuple[str, int]] = {}
    for stand in sorted(stands, key=lambda s: (s.day, s.order, s.statement)):
        if stand.stance in {Stance.ASSERTS, Stance.DENIES} and not stand.is_echo:
            last[stand.root] = stand
            taken.setdefault(stand.root, set()).add(stand.stance)
            if stand.stance is Stance.ASSERTS:
                first_asserted.setdefault(stand.root, (stand.day, stand.order))
    asserting = {r for r, s in last.items() if s.stance is Stance.ASSERTS}
    denying = {r for r, s in last.items() if s.stance is Stance.DENIES}
    withdrawn = {(r, stance) for r, stances in taken.items() for stance in stances if stance is not last[r].stance}
    took_back = {r for r in denying if (r, Stance.ASSERTS) in withdrawn}
    status = _status(last, asserting, denying, took_back, withdrawn, first_asserted)
    reasons = tuple(
        s.statement for s in last.values() if s.root in (asserting if status is not Status.DISPUTED else asserting | denying)
    )
    return Standing(status, frozenset(asserting), frozenset(denying), frozenset(withdrawn), reasons)


def find_history(stands: Sequence[Stand]) -> tuple[StatusChange, ...]:
    """Each day on which the status became another, with the statements that made it so."""
    changes: list[StatusChange] = []
    decisive = [s for s in stands if s.stance in {Stance.ASSERTS, Stance.DENIES}]
    for day in sorted({s.day for s in decisive}):
        standing = find_standing([s for s in decisive if s.day <= day])
        if not changes or changes[-1].status is not standing.status:
            new = tuple(s.statement for s in decisive if s.day == day and s.statement in standing.statements)
            changes.append(StatusChange(day or None, standing.status, new or standing.statements))
    return tuple(changes)


def _status(
    last: dict[int, Stand],
    asserting: set[int],
    denying: set[int],
    took_back: set[int],
    withdrawn: set[tuple[int, Stance]],
    first_asserted: dict[int, tuple[str, int]],
) -> Status:
    if not asserting:
        return Status.RETRACTED if took_back else Status.DISPUTED
    others_deny = denying - took_back
    admits = {r for r in asserting if (r, Stance.DENIES) in withdrawn}
    for root in sorted(asserting):
        stand = last[root]
        came_first = any(first_asserted[o] < first_asserted[root] for o in asserting | took_back if o != root)
        if root in admits or ((stand.is_party or stand.confirms) and came_first and not others_deny):
            return Status.CONFIRMED if not others_deny or root in admits and stand.is_party else Status.DISPUTED
    if others_deny or took_back and others_deny:
        return Status.DISPUTED
    if len({last[r].variant for r in asserting}) > 1:
        return Status.DISPUTED
    return Status.CORROBORATED if len(asserting) > 1 else Status.SINGLE_SOURCE
