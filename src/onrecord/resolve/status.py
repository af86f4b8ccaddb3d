"""Positions to a status, today and on any past day. Pure: looks at who said what when, never at texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.records import Stance, Status, StatusChange

SIDES = (Stance.ASSERTS, Stance.DENIES)


@dataclass(frozen=True, slots=True)
class Stand:
    """One statement's share in a position. `order` tells what came later on one day; `figures` names its variant.

    `unknown`: the root is nobody in particular, so it never counts beside somebody. `own`: the claim is about the
    root. `admits`: says so against what it said before; `turns`: does that, or takes it back. `recalled`: the page
    tells of it as of something past. `settles`: a court's or an official body's finding on its own matter.
    """

    statement: str
    root: str
    stance: Stance
    day: str
    order: tuple[int | str, ...]
    unknown: bool = False
    own: bool = False
    admits: bool = False
    turns: bool = False
    recalled: bool = False
    settles: bool = False
    variant: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a claim stands: because of which statements, and which roots still assert it."""

    status: Status
    statements: tuple[str, ...]
    asserting: tuple[str, ...]
    withdrawn: frozenset[tuple[str, Stance]]


def find_standing(stands: Iterable[Stand]) -> Standing:
    """Where a claim stands after all of these, by the definitions in docs/ideas.md."""
    by_root: dict[str, list[Stand]] = {}
    for stand in sorted(stands, key=_find_time):
        if stand.stance in SIDES:
            by_root.setdefault(stand.root, []).append(stand)
    last = {root: _find_last(own) for root, own in by_root.items()}
    asserting = {root: stand for root, stand in last.items() if stand.stance is Stance.ASSERTS}
    known = {root: stand for root, stand in asserting.items() if not stand.unknown}
    counted = known or dict(sorted(asserting.items())[:1])
    withdrawn = frozenset(
        (root, stand.stance)
        for root, own in by_root.items()
        for stand in own
        if stand.stance is not last[root].stance and _is_left(stand, last[root])
    )
    # whoever takes an assertion back is no party that denies it
    denying = {
        root: stand
        for root, stand in last.items()
        if stand.stance is Stance.DENIES and (root, Stance.ASSERTS) not in withdrawn
    }
    status, because = _decide(by_root, counted, denying, withdrawn)
    return Standing(status, tuple(sorted({s.statement for s in because})), tuple(sorted(counted)), withdrawn)


def is_given_up(stands: Sequence[Stand]) -> bool:
    """Whether nobody asserts it any more, and somebody who did admits the opposite, which another root said before.

    What is on record then is the opposite.
    """
    standing = find_standing(stands)
    gone = {root for root, stance in standing.withdrawn if stance is Stance.ASSERTS}
    denying = [stand for stand in stands if stand.stance is Stance.DENIES]
    return (
        not standing.asserting
        and any(stand.admits and stand.root in gone for stand in denying)
        and any(stand.root not in gone for stand in denying)
    )


def find_history(stands: Sequence[Stand]) -> tuple[StatusChange, ...]:
    """The status from each day on which it changed. What has no day was on record on no day known: it comes last."""
    changes: list[StatusChange] = []
    for day in sorted({stand.day for stand in stands}, key=lambda day: (not day, day)):
        upto = [stand for stand in stands if not day or "" < stand.day <= day]
        if not any(stand.stance in SIDES for stand in upto):
            continue
        standing = find_standing(upto)
        if not changes or changes[-1].status is not standing.status:
            changes.append(StatusChange(day or None, standing.status, standing.statements))
    return tuple(changes)


def _find_last(own: Sequence[Stand]) -> Stand:
    """Where a root stands in the end; `own` are its stands in order.

    Of one day, what turns counts: an admission, a withdrawal. Else most of what was said that day does.
    """
    day = [stand for stand in own if stand.day == own[-1].day]
    if turning := [stand for stand in day if stand.turns]:
        return turning[-1]
    said = [stand for stand in day if not stand.recalled] or day
    sides = [stand.stance for stand in said]
    stance = max(SIDES, key=sides.count)
    return [stand for stand in said if stand.stance is stance][-1]


def _is_left(stand: Stand, last: Stand) -> bool:
    """Whether a stand is one that its root has left since; two on one day may be but two readings."""
    return stand.day < last.day or last.turns or (stand.recalled and not last.recalled)


def _decide(
    by_root: dict[str, list[Stand]],
    asserting: dict[str, Stand],
    denying: dict[str, Stand],
    withdrawn: frozenset[tuple[str, Stance]],
) -> tuple[Status, list[Stand]]:
    if not asserting:
        ever = [own[-1] for root, own in by_root.items() if (root, Stance.ASSERTS) in withdrawn]
        return (Status.RETRACTED, ever) if ever else (Status.SINGLE_SOURCE, list(denying.values()))
    confirming = [
        stand
        for root, stand in asserting.items()
        if (root, Stance.DENIES) in withdrawn or stand.settles or (stand.own and _is_second(stand, by_root))
    ]
    if confirming:
        return Status.CONFIRMED, confirming
    if denying:
        return Status.DISPUTED, [*asserting.values(), *denying.values()]
    if len({stand.variant for stand in asserting.values()}) > 1:
        return Status.DISPUTED, list(asserting.values())
    status = Status.CORROBORATED if len(asserting) > 1 else Status.SINGLE_SOURCE
    return status, list(asserting.values())


def _is_second(stand: Stand, by_root: dict[str, list[Stand]]) -> bool:
    """Whether the party itself says so after somebody else had, and no other version of it."""
    return any(
        other.stance is Stance.ASSERTS
        and other.variant == stand.variant
        and (other.day < stand.day or (stand.admits and other.day == stand.day))
        for root, own in by_root.items()
        if root != stand.root
        for other in own
    )


def _find_time(stand: Stand) -> tuple[object, ...]:
    return (stand.day, stand.admits, *stand.order)
