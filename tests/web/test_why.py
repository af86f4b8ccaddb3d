"""What a claim's status rests on, as its page shows it."""

from __future__ import annotations

from onrecord.query import ShownClaim
from onrecord.query.show import make_quote
from onrecord.records import Claim, Position, Stance, Status, StatusChange
from onrecord.web.why import find_why
from tests.factories import make_document, make_statement


def make_shown(status: Status) -> ShownClaim:
    """A claim of the harbour office, whose status rests on the union's statement too, which stands on another."""
    document = make_document("40 people died, the harbour office said. 63 people died, the union said.")
    office, union = (
        make_statement(document, what, chain=(who,), cue="said")
        for who, what in (("the harbour office", "40 people died"), ("the union", "63 people died"))
    )
    position = Position("c1", "the harbour office", False, Stance.ASSERTS, (office.id,), (document.id,))
    history = (StatusChange("2022-03-14", status, (office.id, union.id)),)
    claim = Claim("c1", "40 people died", status, (position,), 1, (document.id,), history=history)
    return ShownClaim(claim, {one.id: make_quote(one, document) for one in (office, union)}, {}, {}, 1)


def test_who_gives_another_figure_comes_last_and_is_told_apart() -> None:
    why = find_why(make_shown(Status.DISPUTED))
    assert why is not None
    assert [(ground.root, ground.rival) for ground in why.grounds] == [
        ("the harbour office", False),
        ("the union", True),
    ]


def test_who_takes_it_back_elsewhere_is_told_as_such() -> None:
    why = find_why(make_shown(Status.RETRACTED))
    assert why is not None
    assert [(ground.root, ground.stance) for ground in why.grounds if not ground.rival][-1] == (
        "the union",
        Stance.DENIES,
    )
