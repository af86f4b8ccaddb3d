"""Documents by words, outlet and day; failures; counts."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.ledger import Ledger
from onrecord.query import count_all, find_documents, find_failed, find_names
from onrecord.records import Skipped


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["denied.txt", "asked.txt", "other.txt"]),
        ({"text": "letter seen"}, ["asked.txt"]),
        ({"text": "request"}, ["asked.txt"]),
        ({"outlet": "Union Press"}, ["denied.txt", "other.txt"]),
        ({"since": "2022-03-14"}, ["denied.txt"]),
        ({"until": "2022-03-14"}, ["denied.txt", "asked.txt"]),
        ({"until": "2022-03-13"}, ["asked.txt"]),
        ({"language": "de"}, []),
    ],
)
def test_filters(ledger: Ledger, filters: dict[str, Any], expected: list[str]) -> None:
    page = find_documents(ledger, **filters)
    assert [head.address for head in page.items] == expected


def test_paging(ledger: Ledger) -> None:
    first = find_documents(ledger, limit=2)
    second = find_documents(ledger, limit=2, cursor=first.cursor)
    assert [head.statements for head in first.items + second.items] == [2, 2, 1]
    assert second.cursor is None


def test_counts(ledger: Ledger) -> None:
    counts = count_all(ledger)
    assert (counts.documents, counts.statements, counts.claims, counts.failed) == (3, 5, 0, 0)


def test_failed_in_order_of_source(ledger: Ledger) -> None:
    for name in ("b", "a", "c"):
        ledger.write_skipped(Skipped(name, "read", "empty"))
    first = find_failed(ledger, limit=2)
    assert [failed.source for failed in first.items] == ["a", "b"]
    assert [failed.source for failed in find_failed(ledger, limit=2, cursor=first.cursor).items] == ["c"]


def test_names_as_you_type(ledger: Ledger) -> None:
    assert [name.name for name in find_names(ledger, "bel")] == ["Anna Belov"]
    assert [name.name for name in find_names(ledger, "anna b")] == ["Anna Belov"]
    assert [(name.name, name.statements) for name in find_names(ledger, "westm", named=None)] == [
        ("officials in Westmark", 3),
        ("The Westmark Courier", 1),
    ]
    assert find_names(ledger, "westm", named=False)[0].named is False
