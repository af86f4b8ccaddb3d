"""Claims are found by words, status, voices, outlet and day, and as they once stood."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from onrecord.ledger import Ledger
from onrecord.ledger.claims import delete_claims, write_claims
from onrecord.query import (
    NotFoundError,
    ShownClaim,
    find_claims,
    find_diff,
    find_statements,
    find_who,
    get_claim,
    get_shown,
    get_timeline,
)
from onrecord.records import Claim, Position, Stance, Statement, Status, StatusChange


@pytest.fixture
def claims(ledger: Ledger) -> tuple[Claim, ...]:
    """What the three pages come to: a disputed claim, one of a single source, one taken back."""
    quotes = {(q.content, q.page.address): q for q in find_statements(ledger).items}
    asked = quotes["Eastland had asked for equipment", "asked.txt"]
    echo = quotes["Eastland had asked for equipment", "denied.txt"]
    denied = quotes["Eastland had not asked for equipment", "denied.txt"]
    harvest = quotes["Farmers expect a good harvest", "other.txt"]
    letter = quotes["We have seen the letter", "asked.txt"]

    def position(claim: str, root: str, stance: Stance, *said: Any, **fields: Any) -> Position:
        days = [q.day for q in said if q.day]
        return Position(
            claim,
            root,
            root[0].isupper(),
            stance,
            tuple(q.statement.id for q in said),
            tuple(dict.fromkeys(q.page.id for q in said)),
            min(days, default=None),
            max(days, default=None),
            **fields,
        )

    officials = "officials in Westmark"
    made = (
        Claim(
            "c-asked",
            "Eastland had asked for equipment",
            Status.DISPUTED,
            (
                position("c-asked", officials, Stance.ASSERTS, asked, echo, via=((), ("The Westmark Courier",))),
                position("c-asked", "Anna Belov", Stance.DENIES, denied),
            ),
            1,
            (asked.page.id, denied.page.id),
            variants=("Eastland requested military aid",),
            history=(
                StatusChange("2022-03-13", Status.SINGLE_SOURCE, (asked.statement.id,)),
                StatusChange("2022-03-14", Status.DISPUTED, (asked.statement.id, denied.statement.id)),
            ),
            echoes=(echo.statement.id,),
        ),
        Claim(
            "c-harvest",
            "Farmers expect a good harvest",
            Status.SINGLE_SOURCE,
            (position("c-harvest", "Farm Ministry", Stance.ASSERTS, harvest),),
            1,
            (harvest.page.id,),
            history=(StatusChange(None, Status.SINGLE_SOURCE, (harvest.statement.id,)),),
        ),
        Claim(
            "c-letter",
            "Officials have seen the letter",
            Status.RETRACTED,
            (position("c-letter", officials, Stance.ASSERTS, letter, withdrawn=True),),
            0,
            (letter.page.id,),
            history=(
                StatusChange("2022-03-13", Status.SINGLE_SOURCE, (letter.statement.id,)),
                StatusChange("2022-03-20", Status.RETRACTED, (letter.statement.id,)),
            ),
        ),
    )
    with ledger.write() as connection:
        write_claims(ledger.dialect, connection, made)
    return made


def test_claims_come_out_as_they_went_in(ledger: Ledger, claims: tuple[Claim, ...]) -> None:
    by_id = {claim.id: claim for claim in claims}
    found = find_claims(ledger).items
    assert [claim.id for claim in found] == ["c-asked", "c-letter", "c-harvest"]
    assert {claim.id: claim for claim in found} == by_id
    with ledger.write() as connection:
        write_claims(ledger.dialect, connection, claims)
    assert {claim.id: claim for claim in find_claims(ledger).items} == by_id
    with ledger.write() as connection:
        delete_claims(connection, by_id)
    assert find_claims(ledger).items == ()


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"text": "Did Eastland ask for equipment?"}, ["c-asked"]),
        ({"text": "military aid requested"}, ["c-asked"]),
        ({"text": "harvest letter"}, ["c-letter", "c-harvest"]),
        ({"text": "submarines"}, []),
        ({"status": Status.RETRACTED}, ["c-letter"]),
        ({"by": "belov"}, ["c-asked"]),
        ({"by": "officials"}, ["c-asked", "c-letter"]),
        ({"outlet": "union press"}, ["c-asked", "c-harvest"]),
        ({"since": "2022-03-14"}, ["c-asked"]),
        ({"until": "2022-03-13"}, ["c-asked", "c-letter"]),
        ({"status": Status.DISPUTED, "text": "letter"}, []),
    ],
)
def test_filters(ledger: Ledger, claims: object, filters: dict[str, Any], expected: list[str]) -> None:
    page = find_claims(ledger, **filters)
    assert [claim.id for claim in page.items] == expected


def test_paging(ledger: Ledger, claims: object) -> None:
    for text in (None, "harvest letter equipment"):
        found, cursor = list[str](), None
        for _ in range(5):
            page = find_claims(ledger, text, limit=1, cursor=cursor)
            found += [claim.id for claim in page.items]
            cursor = page.cursor
            if cursor is None:
                break
        assert sorted(found) == ["c-asked", "c-harvest", "c-letter"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2022-03-12", {}),
        ("2022-03-13", {"c-asked": "single-source", "c-letter": "single-source"}),
        ("2022-03-14", {"c-asked": "disputed", "c-letter": "single-source"}),
        ("2022-03-20", {"c-asked": "disputed", "c-letter": "retracted"}),
    ],
)
def test_as_of(ledger: Ledger, claims: object, day: str, expected: dict[str, str]) -> None:
    for text in (None, "equipment letter harvest"):
        found = find_claims(ledger, text, as_of=day).items
        assert {claim.id: claim.status.value for claim in found} == expected


def test_as_of_knows_nothing_of_later_days(ledger: Ledger, claims: object) -> None:
    [claim] = find_claims(ledger, "equipment", as_of="2022-03-13").items
    assert [(position.root, position.last, len(position.statements)) for position in claim.positions] == [
        ("officials in Westmark", "2022-03-13", 1)
    ]
    assert len(claim.history) == 1
    assert find_claims(ledger, status=Status.DISPUTED, as_of="2022-03-13").items == ()


@pytest.mark.parametrize("text", [None, "equipment"])
def test_brief_claims_name_no_statements(ledger: Ledger, claims: object, text: str | None) -> None:
    whole = find_claims(ledger, text).items
    assert any(position.statements for claim in whole for position in claim.positions)
    bare = [
        replace(claim, positions=tuple(replace(position, statements=()) for position in claim.positions))
        for claim in whole
    ]
    assert list(find_claims(ledger, text, brief=True).items) == bare


def test_a_brief_claim_has_words_and_chains_of_its_statements(ledger: Ledger, claims: tuple[Claim, ...]) -> None:
    for claim in claims:
        whole, brief = (get_claim(ledger, claim.id, brief=brief) for brief in (False, True))
        assert whole.quotes
        bare = {
            one: replace(quote, statement=Statement(one, s.document_id, s.content, s.cue, s.chain))
            for one, quote in whole.quotes.items()
            for s in (quote.statement,)
        }
        assert brief == replace(whole, quotes=bare)


def test_show(ledger: Ledger, claims: tuple[Claim, ...]) -> None:
    shown = get_shown(ledger, "c-ask")
    assert isinstance(shown, ShownClaim)
    assert shown.claim == claims[0]
    assert set(shown.quotes) == {s for position in claims[0].positions for s in position.statements}
    assert {page.address for page in shown.pages.values()} == {"asked.txt", "denied.txt"}


def test_who(ledger: Ledger, claims: object) -> None:
    who = find_who(ledger, "Belov")
    assert who is not None
    assert [(stand.claim_id, stand.position.stance) for stand in who.stands] == [("c-asked", Stance.DENIES)]
    assert who.changes == ()
    assert find_who(ledger, "Nobody Known") is None


def test_what_others_said_in_the_name_of_a_body(ledger: Ledger, claims: tuple[Claim, ...]) -> None:
    asked = claims[0]
    _, denial = asked.positions
    with ledger.write() as connection:
        write_claims(ledger.dialect, connection, [replace(asked, positions=(replace(denial, root="Eastern Bureau"),))])
    who = find_who(ledger, "Eastern Bureau")
    assert who is not None
    assert [(quote.content, quote.statement.root.name) for quote in who.quotes] == [
        ("Eastland had not asked for equipment", "Anna Belov")
    ]


def test_a_claim_as_it_stood(ledger: Ledger, claims: tuple[Claim, ...]) -> None:
    then = get_claim(ledger, "c-asked", as_of="2022-03-13").claim
    assert (then.status, [position.root for position in then.positions]) == (
        Status.SINGLE_SOURCE,
        ["officials in Westmark"],
    )
    assert then.echoes == ()
    assert get_claim(ledger, "c-asked", as_of="2022-03-20").claim == claims[0]
    with pytest.raises(NotFoundError, match="not on record on 2022-03-12"):
        get_claim(ledger, "c-asked", as_of="2022-03-12")


def test_change_of_line(ledger: Ledger, claims: tuple[Claim, ...]) -> None:
    asked = claims[0]
    [officials, _] = asked.positions
    denial = Position(
        "c-asked", officials.root, False, Stance.DENIES, officials.statements[1:], officials.documents, "2022-03-14"
    )
    changed = Claim(asked.id, asked.text, asked.status, (officials, denial), 1, asked.documents)
    with ledger.write() as connection:
        write_claims(ledger.dialect, connection, [changed])
    who = find_who(ledger, "officials in Westmark")
    assert who is not None
    [change] = who.changes
    assert (change.before, change.after, change.day) == (Stance.ASSERTS, Stance.DENIES, "2022-03-14")


def test_timeline(ledger: Ledger, claims: object) -> None:
    events = get_timeline(ledger, "c-asked")
    assert [(event.day, event.kind, event.status) for event in events] == [
        ("2022-03-13", "said", None),
        ("2022-03-13", "status", Status.SINGLE_SOURCE),
        ("2022-03-14", "said", None),
        ("2022-03-14", "said", None),
        ("2022-03-14", "status", Status.DISPUTED),
    ]
    assert [event.claim_id for event in get_timeline(ledger, "Anna Belov")] == ["c-asked"]
    assert get_timeline(ledger, "Eastland asked for some equipment") == events


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2022-03-12", "2022-03-13", [("c-asked", None, "single-source"), ("c-letter", None, "single-source")]),
        ("2022-03-12", "2022-03-14", [("c-asked", None, "disputed"), ("c-letter", None, "single-source")]),
        ("2022-03-13", "2022-03-14", [("c-asked", "single-source", "disputed")]),
        ("2022-03-14", "2022-03-31", [("c-letter", "single-source", "retracted")]),
        ("2022-04-01", "2022-04-30", []),
    ],
)
def test_diff(ledger: Ledger, claims: object, since: str, until: str, expected: list[Any]) -> None:
    found = find_diff(ledger, since, until).items
    assert [(d.claim_id, d.before.value if d.before else None, d.after.value) for d in found] == expected
