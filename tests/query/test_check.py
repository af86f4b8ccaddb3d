"""The check finds whatever does not stand in the raw page."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, update

from onrecord.ledger import Ledger, rows, schema
from onrecord.query import iter_checked


def test_all_well(ledger: Ledger) -> None:
    checked = list(iter_checked(ledger))
    assert [page.faults for page in checked] == [(), (), ()]
    assert sum(page.spans for page in checked) == 5 + 3 + 3


def test_a_changed_raw_page(ledger: Ledger) -> None:
    with ledger.write() as connection:
        changed = rows.compress(b"Harvest\n\nFarmers expect a bad  harvest, the Farm Ministry said.\n")
        first = schema.documents.c.id
        other = schema.documents.select().with_only_columns(first).where(schema.documents.c.address == "other.txt")
        connection.execute(
            update(schema.raws).where(schema.raws.c.document_id == other.scalar_subquery()).values(content=changed)
        )
    faults = [fault for page in iter_checked(ledger) for fault in page.faults]
    assert [fault.what for fault in faults] == [
        "the raw page has changed",
        "not in the raw page: 'Farmers expect a good harvest'",
    ]


def test_a_span_outside_the_text(ledger: Ledger) -> None:
    with ledger.write() as connection:
        connection.execute(update(schema.statements).values(content_spans=[[5, 100_000]]))
    assert all(page.faults for page in iter_checked(ledger))


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"content": b"not packed"}, "damaged: ZstdError"),
        ({"content": b""}, "damaged: ZstdError"),
        ({"origin": rows.compress(b"[[1, 2]]")}, "damaged: ValueError"),
        ({"origin": rows.compress(b"[]")}, "not in the raw page"),
    ],
)
def test_a_damaged_page(ledger: Ledger, values: dict[str, bytes], what: str) -> None:
    with ledger.write() as connection:
        connection.execute(update(schema.raws).values(**values))
    assert all(page.faults[0].what.startswith(what) for page in iter_checked(ledger))


def test_a_page_without_its_raw_page(ledger: Ledger) -> None:
    with ledger.write() as connection:
        connection.execute(delete(schema.raws))
    assert [len(page.faults) for page in iter_checked(ledger)] == [1, 1, 1]


def test_an_encoding_that_there_is_not(ledger: Ledger) -> None:
    with ledger.write() as connection:
        connection.execute(update(schema.documents).values(encoding="klingon"))
    assert [page.faults[0].what.partition(":")[0] for page in iter_checked(ledger)] == ["damaged"] * 3


def test_words_that_were_changed(ledger: Ledger) -> None:
    with ledger.write() as connection:
        connection.execute(update(schema.statements).values(content="The moon is made of cheese"))
    faults = [fault.what for page in iter_checked(ledger) for fault in page.faults]
    assert set(faults) == {"not what its spans cover: 'The moon is made of cheese'"}
