from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from onrecord.export import export_ledger
from onrecord.ledger import Ledger, open_ledger
from onrecord.ledger.claims import write_claims
from onrecord.records import (
    Act,
    Claim,
    Moment,
    Polarity,
    Position,
    Reason,
    Source,
    Stance,
    Statement,
    Status,
    StatusChange,
    Timex,
)
from tests.examples import make_examples_ledger
from tests.factories import find_span, make_document, make_raw, make_statement

FERRY = (
    "The ferry\n\nThe Island Post reports, citing two deckhands, "
    "that the ferry\twas “overloaded”\nby forty, 😀 people. "
    "“It will,” Anna Belov said on Monday, “not sail.”\u2028Ask me again.\n"
)
FORMULA = '@SUM(1+1) ferry\n\n=HYPERLINK("https://evil.example") was said by +1 Mallory. -2 <script>alert(1)</script>\n'


def make_ferry() -> tuple[object, list[Statement]]:
    document = make_document(
        FERRY, address="https://island.example/ferry", published=Moment("2022-03-14T08:00:00+00:00", "meta")
    )
    overloaded = make_statement(
        document,
        "the ferry\twas “overloaded”\nby forty, 😀 people",
        chain=("The Island Post", Source(find_span(FERRY, "two deckhands"), "two deckhands", False)),
        cue="reports",
        confidence=0.123456789,
        because=(Reason("act", "lexicon", find_span(FERRY, "reports")),),
        speaks_of=(Timex(None, "2022-03", "month"),),
    )
    sail = make_statement(
        document,
        ("It will", "not sail"),
        chain=(Source(find_span(FERRY, "Anna Belov"), "Anna Belov", True, "a spokeswoman of the line", "Q42"),),
        cue="said",
        act=Act.DENY,
        polarity=Polarity.NEGATIVE,
        said="2022-03-14",
        addressee=Source(None, "reporters", False),
        venue=find_span(FERRY, "Monday"),
        stands_for=(find_span(FERRY, "overloaded"),),
    )
    inner = make_statement(
        document, "by forty, 😀 people", chain=(Source(None, "unnamed source", False),), outer=overloaded.id
    )
    return document, [overloaded, sail, inner]


@pytest.fixture
def made_up(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger with all that is awkward: pieces, tabs, line ends, formulas, markup, a claim in dispute."""
    ledger = open_ledger(tmp_path / "made-up.sqlite")
    ferry, statements = make_ferry()
    ledger.write_page(make_raw(FERRY, address=ferry.address), ferry, statements)  # type: ignore[attr-defined, arg-type]
    formula = make_document(FORMULA, address="=cmd|' /C calc'!A0", title="=1+1", outlet="@outlet", published=None)
    mallory = make_statement(formula, '=HYPERLINK("https://evil.example")', chain=("+1 Mallory",), cue="was said")
    ledger.write_page(make_raw(FORMULA, address=formula.address), formula, [mallory])
    ledger.write_page(make_raw("", address="none.txt"), make_document("Nothing", address="none.txt", title=None), [])
    asserts, denies = (
        Position("c1", root, named, stance, (statement.id,), (statement.document_id,), "2022-03-14", "2022-03-14")
        for root, named, stance, statement in (
            ("two deckhands", False, Stance.ASSERTS, statements[0]),
            ("Anna Belov", True, Stance.DENIES, statements[1]),
        )
    )
    claim = Claim(
        "c1",
        "the ferry was overloaded",
        Status.DISPUTED,
        (asserts, denies),
        1,
        (statements[0].document_id, mallory.document_id),
        ("by forty people",),
        (StatusChange("2022-03-14", Status.DISPUTED, (statements[0].id, statements[1].id)),),
        (mallory.document_id,),
        (statements[2].id,),
    )
    with ledger.write() as connection:
        write_claims(ledger.dialect, connection, [claim])
    yield ledger
    ledger.close()


@pytest.fixture(scope="session")
def of_examples() -> Iterator[Ledger]:
    """The ledger of `make demo`."""
    ledger = open_ledger(make_examples_ledger(), read_only=True)
    yield ledger
    ledger.close()


@pytest.fixture(params=["made_up", pytest.param("of_examples", marks=pytest.mark.model)])
def ledger(request: pytest.FixtureRequest) -> Ledger:
    """One after the other."""
    found: Ledger = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def export(ledger: Ledger, tmp_path: Path) -> Callable[[str], Path]:
    """Export in a format; gives where it went."""

    def run(name: str) -> Path:
        path = tmp_path / name
        export_ledger(ledger, name, path)
        return path

    return run
