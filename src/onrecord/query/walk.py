"""A whole ledger, or a cut of it, in order of arrival: what exports read. Lazy, a few pages at a time.

These take a connection, so that whoever walks over documents and then over claims sees one state of the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from onrecord.ledger import rows, schema
from onrecord.query.claims import get_claims
from onrecord.query.statements import get_quotes_of
from onrecord.query.views import ShownDocument
from onrecord.records import Claim

DOCUMENTS_A_QUERY = 32
CLAIMS_A_QUERY = 200


@dataclass(frozen=True, slots=True)
class Cut:
    """Documents published between two days, both included, by one outlet; and the claims that stand in them."""

    since: str | None = None
    until: str | None = None
    outlet: str | None = None


def count_cut(connection: Connection, cut: Cut) -> tuple[int, int]:
    """How many documents and how many claims there are in it."""
    of_documents = select(func.count()).select_from(schema.documents).where(*_within(cut))
    of_claims = _of_cut(select(func.count()).select_from(schema.claims), cut)
    return connection.scalar(of_documents) or 0, connection.scalar(of_claims) or 0


def iter_documents(connection: Connection, cut: Cut) -> Iterator[ShownDocument]:
    """Each document with its `origin` and its statements."""
    documents, raws = schema.documents, schema.raws
    query = (
        select(documents, raws.c.origin, raws.c.size)
        .join(raws, raws.c.document_id == documents.c.id)
        .where(*_within(cut))
        .order_by(documents.c.number)
        .limit(DOCUMENTS_A_QUERY)
    )
    number = 0
    while True:
        found = connection.execute(query.where(documents.c.number > number)).mappings().all()
        for row in found:
            number = row["number"]
            document = rows.row_to_document(dict(row), rows.unpack_origin(row["origin"]))
            yield ShownDocument(document, get_quotes_of(connection, document.id), row["size"], row["made_by"])
        if len(found) < DOCUMENTS_A_QUERY:
            return


def iter_claims(connection: Connection, cut: Cut) -> Iterator[Claim]:
    """Each claim, whole: with the positions that were taken outside of the cut, too."""
    claims = schema.claims
    query = _of_cut(select(claims.c.number, claims.c.id), cut).order_by(claims.c.number).limit(CLAIMS_A_QUERY)
    number = 0
    while True:
        found = connection.execute(query.where(claims.c.number > number)).all()
        yield from get_claims(connection, [row.id for row in found]).values()
        if len(found) < CLAIMS_A_QUERY:
            return
        number = found[-1].number


def _within(cut: Cut) -> list[ColumnElement[bool]]:
    documents = schema.documents
    conditions: list[ColumnElement[bool]] = []
    if cut.since:
        conditions.append(documents.c.day >= cut.since)
    if cut.until:
        conditions += [documents.c.day <= cut.until, documents.c.day > ""]
    if cut.outlet:
        conditions.append(func.lower(documents.c.outlet) == cut.outlet.lower())
    return conditions


def _of_cut(query: Select[Any], cut: Cut) -> Select[Any]:
    if cut == Cut():
        return query
    documents, of_claims = schema.documents, schema.claim_documents
    within = (
        select(of_claims.c.claim_id).join(documents, documents.c.id == of_claims.c.document_id).where(*_within(cut))
    )
    return query.where(schema.claims.c.id.in_(within))
