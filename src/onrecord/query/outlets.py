"""Which outlets the documents come from, and which documents are copies of which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from onrecord.ledger import Ledger, schema
from onrecord.ledger.prepared import Prepared, Reader
from onrecord.ledger.store import batches
from onrecord.records import Relation


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet and how many documents of it there are."""

    name: str
    documents: int


def find_outlets(ledger: Ledger, *, limit: int = 500) -> tuple[Outlet, ...]:
    """The outlets, those with most documents first."""
    documents, count = schema.documents, func.count()
    query = select(documents.c.outlet, count).where(documents.c.outlet.is_not(None)).group_by(documents.c.outlet)
    with ledger.read() as connection:
        found = connection.execute(query.order_by(count.desc(), documents.c.outlet).limit(limit))
        return tuple(Outlet(name, number) for name, number in found)


def find_originals(connection: Reader, document_ids: Iterable[str]) -> dict[str, str]:
    """For each of the documents that is a copy, the document that it copies."""
    found: dict[str, str] = {}
    for some in batches(list(document_ids)):
        found.update((row["left"], row["right"]) for row in _ORIGINALS.run(connection, ids=some))
    return found


_ORIGINALS = Prepared(
    select(schema.edges.c.left, schema.edges.c.right).where(
        schema.edges.c.left.in_(bindparam("ids", expanding=True)),
        schema.edges.c.relation == Relation.COPY_OF.value,
        schema.edges.c.withdrawn_at.is_(None),
    )
)
