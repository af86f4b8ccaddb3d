"""Statements by what they say, who said it, through whom, when, where and how."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import BindParameter, Column, Connection, Select, bindparam, func, select, tuple_

from onrecord.ledger import Ledger, rows, schema
from onrecord.ledger.dialects import Terms
from onrecord.ledger.prepared import Prepared, Reader
from onrecord.ledger.store import batches
from onrecord.query.paging import LIMIT, Page, pack_cursor, unpack_cursor
from onrecord.query.views import PageHead, Quote
from onrecord.records import Act, Statement

_PAGE = [
    schema.documents.c[name].label(f"page_{name}")
    for name in ("address", "title", "outlet", "published", "author", "language", "first_seen")
]


def find_statements(
    ledger: Ledger,
    text: str | None = None,
    *,
    by: str | None = None,
    via: str | None = None,
    act: Act | None = None,
    since: str | None = None,
    until: str | None = None,
    outlet: str | None = None,
    document: str | None = None,
    min_confidence: float = 0.0,
    cursor: str | None = None,
    limit: int = LIMIT,
) -> Page[Quote]:
    """Statements, the latest first, whose words hold all of `text`.

    `by` and `via` are names, or parts of names, of the root and of another link; `since` and `until` are days,
    both included.
    """
    table, documents = schema.statements, schema.documents
    query = _select()
    for terms, columns in ((text, ("content",)), (by, ("root",)), (via, ("via",))):
        if terms:
            found = ledger.dialect.search(table, Terms.of(terms), columns=columns)
            query = query.where(table.c.number.in_(select(found.c.number)))
    if act:
        query = query.where(table.c.act == act.value)
    if since:
        query = query.where(table.c.day >= since)
    if until:
        query = query.where(table.c.day <= until, table.c.day > "")
    if outlet:
        query = query.where(
            table.c.document_id.in_(select(documents.c.id).where(func.lower(documents.c.outlet) == func.lower(outlet)))
        )
    if document:
        query = query.where(table.c.document_id == document)
    if min_confidence > 0:
        query = query.where(table.c.confidence >= min_confidence)
    if cursor:
        last_day, last_number = unpack_cursor(cursor, (str, int))
        query = query.where(tuple_(table.c.day, table.c.number) < (last_day, last_number))
    query = query.order_by(table.c.day.desc(), table.c.number.desc()).limit(limit + 1)
    with ledger.read() as connection:
        found_rows = connection.execute(query).mappings().all()
        quotes = _make_quotes(found_rows[:limit])
    more = len(found_rows) > limit
    last = found_rows[limit - 1] if more else None
    return Page(quotes, pack_cursor(last["day"], last["number"]) if last else None)


def get_quotes(connection: Reader, ids: Iterable[str], *, brief: bool = False) -> dict[str, Quote]:
    """The statements with these ids, by id; those that are not there are left out.

    With `brief`, of each its words and its chain alone are read, which takes half the time: see `rows.row_to_brief`.
    """
    wanted = list(dict.fromkeys(ids))
    query, make = (_BRIEF_BY_ID, rows.row_to_brief) if brief else (_BY_ID, rows.row_to_statement)
    found: dict[str, Quote] = {}
    for some in batches(wanted):
        quotes = _make_quotes(query.run(connection, ids=some), make)
        found.update((quote.statement.id, quote) for quote in quotes)
    return found


def get_quotes_of(connection: Connection, document_id: str) -> tuple[Quote, ...]:
    """The statements of a document, in order of its text."""
    table = schema.statements
    query = _select().where(table.c.document_id == document_id).order_by(table.c.place)
    return _make_quotes(connection.execute(query).mappings().all())


def _select(*columns: Column[Any]) -> Select[Any]:
    joined = schema.statements.join(schema.documents, schema.documents.c.id == schema.statements.c.document_id)
    return select(*(columns or schema.statements.c), *_PAGE).select_from(joined)


def _make_quotes(
    found: Sequence[Any], make: Callable[[rows.Row], Statement] = rows.row_to_statement
) -> tuple[Quote, ...]:
    pages: dict[str, PageHead] = {}
    for row in found:
        if row["document_id"] not in pages:
            pages[row["document_id"]] = _make_page(row)
    return tuple(
        Quote(make(row), row["content"], row["cue"], row["day"] or None, pages[row["document_id"]]) for row in found
    )


def _make_page(row: Any) -> PageHead:
    return PageHead(
        row["document_id"],
        row["page_address"],
        row["page_title"],
        row["page_outlet"],
        row["page_published"],
        row["page_author"],
        row["page_language"],
        row["page_first_seen"],
    )


_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_BY_ID = Prepared(_select().where(schema.statements.c.id.in_(_IDS)))
_BRIEF = (schema.statements.c[name] for name in (*rows.BRIEF, "content", "cue", "day"))
_BRIEF_BY_ID = Prepared(_select(*_BRIEF).where(schema.statements.c.id.in_(_IDS)))
