"""What changed since a day: the claims whose status is another, the weightiest first, and how many there are."""

from __future__ import annotations

import pytest

from onrecord.ledger import Ledger
from onrecord.ledger.claims import write_claims
from onrecord.query import Changes, find_changes, find_documents, find_last_day, find_originals, find_statements
from onrecord.records import Claim, Edge, Position, Relation, Stance, Status, StatusChange

HISTORIES = {
    "c-turned": (("2022-03-13", Status.SINGLE_SOURCE), ("2022-03-15", Status.DISPUTED)),
    "c-new": (("2022-03-15", Status.SINGLE_SOURCE),),
    "c-old": (("2022-03-12", Status.SINGLE_SOURCE),),
    "c-back": (
        ("2022-03-12", Status.SINGLE_SOURCE),
        ("2022-03-15", Status.DISPUTED),
        ("2022-03-16", Status.SINGLE_SOURCE),
    ),
    "c-undated": ((None, Status.SINGLE_SOURCE), ("2022-03-16", Status.RETRACTED)),
}


@pytest.fixture
def changed(ledger: Ledger) -> Ledger:
    quote = find_statements(ledger).items[0]
    said, page = (quote.statement.id,), (quote.page.id,)
    claims = [
        Claim(
            claim_id,
            f"What {claim_id} says",
            history[-1][1],
            (Position(claim_id, "Anna Belov", True, Stance.ASSERTS, said, page, "2022-03-12", "2022-03-16"),),
            1,
            page,
            history=tuple(StatusChange(day, status, said) for day, status in history),
        )
        for claim_id, history in HISTORIES.items()
    ]
    with ledger.write() as connection:
        write_claims(ledger.dialect, connection, claims)
    return ledger


def to_words(changes: Changes) -> dict[str, tuple[Status | None, Status]]:
    return {change.claim_id: (change.before, change.after) for change in changes.items}


def test_a_claim_is_shown_with_what_it_was_before_and_what_it_is_after(changed: Ledger) -> None:
    assert to_words(find_changes(changed, "2022-03-14", "2022-03-15")) == {
        "c-turned": (Status.SINGLE_SOURCE, Status.DISPUTED),
        "c-new": (None, Status.SINGLE_SOURCE),
        "c-back": (Status.SINGLE_SOURCE, Status.DISPUTED),
    }


def test_a_claim_that_turned_and_turned_back_has_not_changed(changed: Ledger) -> None:
    found = find_changes(changed, "2022-03-14", "2022-03-16")
    assert set(to_words(found)) == {"c-turned", "c-new", "c-undated"}
    assert to_words(found)["c-undated"] == (None, Status.RETRACTED)


def test_the_weightiest_come_first_and_the_rest_is_counted(changed: Ledger) -> None:
    found = find_changes(changed, "2022-03-14", "2022-03-15", limit=1)
    assert [change.claim_id for change in found.items] == ["c-turned"]
    assert found.total == 3
    assert find_changes(changed, "2022-03-20", "2022-03-21") == Changes("2022-03-20", "2022-03-21", 0, ())


def test_the_last_day_is_the_last_on_which_something_changed(changed: Ledger) -> None:
    assert find_last_day(changed, "2026-01-01") == "2022-03-16"
    assert find_last_day(changed, "2022-03-14") == "2022-03-13"
    assert find_last_day(changed, "2022-03-01") is None


def test_a_copy_leads_to_its_original_until_that_is_withdrawn(ledger: Ledger) -> None:
    from onrecord.ledger import rows, schema

    one, other, third = (page.id for page in find_documents(ledger).items)
    edges = [
        Edge(one, other, Relation.COPY_OF, 0.9, decided_by="test"),
        Edge(third, other, Relation.COPY_OF, 0.9, decided_by="test", withdrawn_at="2022-03-15T00:00:00+00:00"),
        Edge(other, third, Relation.SAME_CLAIM, 0.9, decided_by="test"),
    ]
    with ledger.write() as connection:
        connection.execute(schema.edges.insert(), [rows.edge_to_row(edge) for edge in edges])
    with ledger.read() as connection:
        assert find_originals(connection, [one, other, third]) == {one: other}
