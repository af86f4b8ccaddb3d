"""What a claim's status rests on, as its page shows it."""

from __future__ import annotations

from onrecord.query import ShownClaim
from onrecord.query.show import make_quote
from onrecord.records import Claim, Position, Stance, Status, StatusChange
from onrecord.web.why import find_why
from tests.factories import make_document, make_statement


def test_who_gives_another_figure_comes_last_and_is_told_apart() -> None:
    document = make_document("40 people died, the harbour office said. 63 people died, the union said.")
    office, union = (
        make_statement(document, what, chain=(who,), cue="said")
        for who, what in (("the harbour office", "40 people died"), ("the union", "63 people died"))
    )
    position = Position("c1", "the harbour office", False, Stance.ASSERTS, (office.id,), (document.id,))
    history = (StatusChange("2022-03-14", Status.DISPUTED, (office.id, union.id)),)
    claim = Claim("c1", "40 people died", Status.DISPUTED, (position,), 1, (document.id,), history=history)
    quotes = {one.id: make_quote(one, document) for one in (office, union)}
    why = find_why(ShownClaim(claim, quotes, {}, {}, 1))
    assert why is not None
    assert [(ground.root, ground.rival) for ground in why.grounds] == [
        ("the harbour office", False),
        ("the union", True),
    ]
