"""The check finds whatever does not stand in the raw page."""

from __future__ import annotations

from sqlalchemy import update

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
