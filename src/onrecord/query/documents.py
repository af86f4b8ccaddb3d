"""Documents by their words, outlet and day; pages that could not be taken in; how much there is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Label, bindparam, func, select, tuple_

from onrecord.ledger import Ledger, schema
from onrecord.ledger.dialects import Terms
from onrecord.ledger.prepared import Prepared, Reader
from onrecord.ledger.store import batches
from onrecord.query.paging import LIMIT, Page, pack_cursor, unpack_cursor
from onrecord.query.views import Counts, Failed, PageHead
from onrecord.records import Status


def find_documents(
    ledger: Ledger,
    text: str | None = None,
    *,
    outlet: str | None = None,
    language: str | None = None,
    since: str | None = None,
    until: str | None = None,
    cursor: str | None = None,
    limit: int = LIMIT,
) -> Page[PageHead]:
    """Documents that hold all words of `text`, the latest published first; days are both included."""
    documents = schema.documents
    query = select(*_HEAD, _count_statements())
    if text:
        found = ledger.dialect.search(documents, Terms.of(text))
        query = query.where(documents.c.number.in_(select(found.c.number)))
    if outlet:
        query = query.where(func.lower(documents.c.outlet) == func.lower(outlet))
    if language:
        query = query.where(documents.c.language == language)
    if since:
        query = query.where(documents.c.day >= since)
    if until:
        query = query.where(documents.c.day <= until, documents.c.day > "")
    if cursor:
        last_day, last_number = unpack_cursor(cursor, (str, int))
        query = query.where(tuple_(documents.c.day, documents.c.number) < (last_day, last_number))
    query = query.order_by(documents.c.day.desc(), documents.c.number.desc()).limit(limit + 1)
    with ledger.read() as connection:
        found_rows = connection.execute(query).mappings().all()
    last = found_rows[limit - 1] if len(found_rows) > limit else None
    heads = tuple(_make_head(row) for row in found_rows[:limit])
    return Page(heads, pack_cursor(last["day"], last["number"]) if last else None)


def get_heads(connection: Reader, ids: Iterable[str]) -> dict[str, PageHead]:
    """The heads of the documents with these ids, by id, in the order given, without counting their statements."""
    wanted = list(dict.fromkeys(ids))
    found: dict[str, PageHead] = {}
    for some in batches(wanted):
        found.update((row["id"], _make_head(row)) for row in _BY_ID.run(connection, ids=some))
    return {document_id: found[document_id] for document_id in wanted if document_id in found}


def find_failed(ledger: Ledger, *, cursor: str | None = None, limit: int = LIMIT) -> Page[Failed]:
    """What could not be taken in, by source."""
    table = schema.skipped
    query = select(table).order_by(table.c.source).limit(limit + 1)
    if cursor:
        query = query.where(table.c.source > unpack_cursor(cursor, (str,))[0])
    with ledger.read() as connection:
        failed = [Failed(**row) for row in connection.execute(query).mappings()]
    return Page(tuple(failed[:limit]), pack_cursor(failed[limit - 1].source) if len(failed) > limit else None)


def count_all(ledger: Ledger) -> Counts:
    """How many documents, statements, claims (by status) and failed pages there are."""
    by_status = select(schema.claims.c.status, func.count()).group_by(schema.claims.c.status)
    with ledger.read() as connection:
        documents, statements, claims, failed = (
            connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (schema.documents, schema.statements, schema.claims, schema.skipped)
        )
        found = {Status(status): count for status, count in connection.execute(by_status)}
    return Counts(documents, statements, claims, failed, {status: found.get(status, 0) for status in Status})


def _count_statements() -> Label[int]:
    documents, statements = schema.documents, schema.statements
    return (
        select(func.count())
        .select_from(statements)
        .where(statements.c.document_id == documents.c.id)
        .correlate(documents)
        .scalar_subquery()
        .label("statements")
    )


def _make_head(row: Any) -> PageHead:
    return PageHead(**{name: value for name, value in row.items() if name not in {"number", "day"}})


_HEAD = [
    schema.documents.c[name]
    for name in ("number", "day", "id", "address", "title", "outlet", "published", "author", "language", "first_seen")
]
_BY_ID = Prepared(select(*_HEAD).where(schema.documents.c.id.in_(bindparam("ids", expanding=True))))
