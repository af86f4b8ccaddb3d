"""Statements are found by each of their sides, and listed page by page without a gap or a double."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.ledger import Ledger
from onrecord.query import CursorError, find_statements
from onrecord.records import Act

ASKED, LETTER = "Eastland had asked for equipment", "We have seen the letter"
DENIED, HARVEST = "Eastland had not asked for equipment", "Farmers expect a good harvest"


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, [ASKED, DENIED, LETTER, ASKED, HARVEST]),
        ({"text": "equipment asked"}, [ASKED, DENIED, ASKED]),
        ({"text": "asking"}, [ASKED, DENIED, ASKED]),
        ({"text": "equipment tanks"}, []),
        ({"text": "\"'*():^ AND"}, []),
        ({"by": "belov"}, [DENIED]),
        ({"by": "westmark"}, [ASKED, LETTER, ASKED]),
        ({"by": "officials", "via": "Courier"}, [ASKED]),
        ({"via": "Belov"}, []),
        ({"act": Act.THINK}, [HARVEST]),
        ({"since": "2022-03-14"}, [ASKED, DENIED]),
        ({"until": "2022-03-13"}, [LETTER, ASKED]),
        ({"since": "2022-03-13", "until": "2022-03-13"}, [LETTER, ASKED]),
        ({"outlet": "union press"}, [ASKED, DENIED, HARVEST]),
        ({"min_confidence": 0.5, "text": "asked"}, [DENIED, ASKED]),
    ],
)
def test_filters(ledger: Ledger, filters: dict[str, Any], expected: list[str]) -> None:
    page = find_statements(ledger, **filters)
    assert [quote.content for quote in page.items] == expected
    assert page.cursor is None


@pytest.mark.parametrize("limit", [1, 2, 3, 5])
def test_paging(ledger: Ledger, limit: int) -> None:
    whole = find_statements(ledger).items
    found, cursor = list[Any](), None
    for _ in range(10):
        page = find_statements(ledger, limit=limit, cursor=cursor)
        assert len(page.items) <= limit
        found += page.items
        cursor = page.cursor
        if cursor is None:
            break
    assert found == list(whole)


@pytest.mark.parametrize("cursor", ["", "x", "WyJhIl0", "bm8", "é", "W10="])
def test_a_made_up_cursor_is_refused(ledger: Ledger, cursor: str) -> None:
    if cursor:
        with pytest.raises(CursorError):
            find_statements(ledger, cursor=cursor)


def test_a_quote_has_its_chain_and_its_page(ledger: Ledger) -> None:
    quote = find_statements(ledger, via="Courier").items[0]
    assert [(link.name, link.named) for link in quote.statement.chain] == [
        ("The Westmark Courier", True),
        ("officials in Westmark", False),
    ]
    assert (quote.cue, quote.day, quote.page.outlet, quote.page.title) == (
        "reported",
        "2022-03-14",
        "Union Press",
        "Eastland denies",
    )
