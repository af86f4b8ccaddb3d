"""Things are shown with their evidence in context, found by the beginning of their id."""

from __future__ import annotations

import pytest

from onrecord.ledger import Ledger
from onrecord.query import (
    NotFoundError,
    ShownDocument,
    ShownStatement,
    find_statements,
    get_raw_text,
    get_shown,
    make_passage,
)


def test_statement(ledger: Ledger) -> None:
    [quote] = find_statements(ledger, by="Belov").items
    shown = get_shown(ledger, quote.statement.id[:12])
    assert isinstance(shown, ShownStatement)
    assert shown.quote == quote
    assert shown.passage.words == "Eastland had not asked for equipment, Anna Belov said"
    assert shown.passage.after.startswith(". The Westmark Courier")
    raw = get_raw_text(ledger, quote.page.id)
    assert " ".join(raw[shown.raw_begin : shown.raw_end].split()) == shown.passage.words


def test_document(ledger: Ledger) -> None:
    [quote] = find_statements(ledger, by="Farm").items
    shown = get_shown(ledger, quote.page.id)
    assert isinstance(shown, ShownDocument)
    assert [q.content for q in shown.quotes] == ["Farmers expect a good harvest"]
    assert shown.document.origin[0].text.end == len(shown.document.text)
    assert shown.raw_size == len(shown.document.text.encode())


@pytest.mark.parametrize("an_id", ["", "s", "d0000", "c12345678", "s' OR 1=1"])
def test_nothing(ledger: Ledger, an_id: str) -> None:
    with pytest.raises(NotFoundError, match="nothing has the id"):
        get_shown(ledger, an_id)


def test_passage_is_cut_at_words() -> None:
    text = "word " * 200 + "the evidence itself" + " other" * 200
    begin = text.index("the evidence")
    passage = make_passage(text, begin, begin + len("the evidence itself"))
    assert passage.words == "the evidence itself"
    assert set(passage.before.lstrip("…").split()) == {"word"}
    assert set(passage.after.rstrip("…").split()) == {"other"}
    assert passage.before.startswith("…")
    assert passage.after.endswith("…")
