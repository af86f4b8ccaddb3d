"""Records that go into rows and come out are equal to themselves."""

from __future__ import annotations

import json
from dataclasses import fields, replace

from onrecord.ledger import rows
from onrecord.records import (
    Act,
    Certainty,
    Claim,
    Edge,
    Heading,
    Kind,
    Leftover,
    Moment,
    Part,
    Polarity,
    Position,
    Reason,
    Relation,
    Source,
    Span,
    Stance,
    Statement,
    Status,
    StatusChange,
    Timex,
)
from tests.factories import make_document, make_statement


def through_json(row: dict[str, object]) -> dict[str, object]:
    """As a database gives it back: tuples have become lists."""
    packed = {name: value for name, value in row.items() if not isinstance(value, bytes)}
    return row | json.loads(json.dumps(packed))


def test_document() -> None:
    document = make_document(
        author="A. Writer",
        agency="AP",
        canonical="https://example.org/a",
        based_on="https://example.org/b",
        headings=(Heading(Span(0, 12), 1),),
        leftovers=(Leftover(Span(3, 9), "read more"),),
    )
    row = through_json(rows.document_to_row(document))
    assert rows.row_to_document(row, rows.unpack_origin(rows.pack_origin(document.origin))) == document
    assert rows.row_to_document(through_json(rows.document_to_row(replace(document, published=None)))).published is None


def test_statement_with_every_field() -> None:
    document = make_document()
    statement = make_statement(
        document,
        ("Eastland had asked", "for equipment"),
        chain=(Source(Span(14, 23), "Officials", False, "officials"), Source(None, "Westmark", True, "state", "n1")),
        cue="said",
        said="2022-03-14",
        polarity=Polarity.NEGATIVE,
        certainty=Certainty.POSSIBLE,
        act=Act.DENY,
        kind=Kind.MIXED,
        confidence=0.25,
        outer="s1",
        speaks_of=(Timex(Span(41, 47), "2022-03", "month"), Timex(None, "2021", "year")),
        addressee=Source(Span(3, 5), "reporters", False, None, None),
        venue=Span(7, 9),
        because=(Reason("act", "cue lexicon", Span(36, 40)), Reason("root", "nearest name")),
        stands_for=(Span(0, 4),),
    )
    defaults = Statement("s", "d", (), (), ())
    same = [f.name for f in fields(Statement) if getattr(statement, f.name) == getattr(defaults, f.name, None)]
    assert same == [], "the test must set every field"
    row = through_json(rows.statement_to_row(statement, document, 3))
    assert rows.row_to_statement(row) == statement
    assert row["content"] == "Eastland had asked … for equipment"
    assert row["via"] == "Officials"
    assert row["root"] == "Westmark"


def test_claim() -> None:
    position = Position(
        "c1", "Westmark", True, Stance.ASSERTS, ("s1", "s2"), ("d1",), "2022-03-13", "2022-03-14", True, (("CNN",), ())
    )
    claim = Claim(
        id="c1",
        text="Eastland asked for equipment",
        status=Status.RETRACTED,
        positions=(position,),
        independent_roots=0,
        documents=("d1", "d2"),
        variants=("Eastland made a request",),
        history=(StatusChange(None, Status.SINGLE_SOURCE, ("s1",)), StatusChange("2022-03-14", Status.RETRACTED, ())),
        copies=("d2",),
        echoes=("s2",),
    )
    back = rows.row_to_claim(
        through_json(rows.claim_to_row(claim)),
        documents=["d1", "d2"],
        copies=["d2"],
        positions=[rows.row_to_position(through_json(rows.position_to_row(position, 0)), ["s1", "s2"])],
        history=[
            {"day": change.day, "status": change.status.value, "statements": list(change.statements)}
            for change in claim.history
        ],
    )
    assert back == claim
    assert rows.claim_to_row(claim)["first"] == "2022-03-13"
    assert rows.claim_to_row(claim)["last"] == "2022-03-14"


def test_edge() -> None:
    edge = Edge("s1", "s2", Relation.CONTRADICTS, 0.5, (Part("cosine", 0.9, "alike"),), "rules 1", "2022-03-14", None)
    assert rows.row_to_edge(through_json(rows.edge_to_row(edge))) == edge


def test_day_is_when_it_was_said_if_the_text_says_so() -> None:
    document = make_document(published=Moment("2022-03-14T10:00:00+00:00", "meta"))
    assert rows.find_day(make_statement(document, said="2022-03-12"), document) == "2022-03-12"
    assert rows.find_day(make_statement(document, said="2022-03"), document) == "2022-03-14"
    assert rows.find_day(make_statement(document), document) == "2022-03-14"
    undated = make_document(published=None)
    assert rows.find_day(make_statement(undated, said="2022"), undated) == "2022"
    assert rows.find_day(make_statement(undated), undated) is None


def test_disputed_claims_come_before_all_others() -> None:
    def claim(status: Status, documents: int) -> Claim:
        return Claim("c", "text", status, (), 1, tuple(f"d{n}" for n in range(documents)))

    few, many = claim(Status.DISPUTED, 2), claim(Status.SINGLE_SOURCE, 2_000)
    assert rows.find_prominence(few) > rows.find_prominence(many)
    assert rows.find_prominence(claim(Status.DISPUTED, 3)) > rows.find_prominence(few)
