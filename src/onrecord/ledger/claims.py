"""Writing what was decided: edges, and the claims that follow from them; all can be thrown away and made again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, select

from onrecord.ledger import rows, schema
from onrecord.ledger.dialects import Dialect
from onrecord.ledger.store import batches, make_version
from onrecord.records import Claim

PARTS = (schema.position_statements, schema.positions, schema.claim_documents, schema.status_changes)


def write_claims(dialect: Dialect, connection: Connection, claims: Sequence[Claim]) -> None:
    """Put claims in, each in place of what the ledger held under its id."""
    version = make_version()
    heads = [rows.claim_to_row(claim) | {"version": version} for claim in claims]
    dialect.upsert(connection, schema.claims, heads, key=["id"])
    for ids in batches([claim.id for claim in claims]):
        for table in PARTS:
            connection.execute(delete(table).where(table.c.claim_id.in_(ids)))
    for table, make in (
        (schema.claim_documents, _documents),
        (schema.positions, _positions),
        (schema.position_statements, _statements),
        (schema.status_changes, _changes),
    ):
        made = [row for claim in claims for row in make(claim)]
        if made:
            connection.execute(table.insert(), made)


def delete_claims(connection: Connection, ids: Iterable[str]) -> None:
    """Take claims out, with their positions and history."""
    for some in batches(list(ids)):
        connection.execute(delete(schema.claims).where(schema.claims.c.id.in_(some)))


def find_claims_of(connection: Connection, statements: Iterable[str]) -> set[str]:
    """The ids of the claims that these statements are part of."""
    table = schema.position_statements
    found: set[str] = set()
    for some in batches(list(statements)):
        found.update(connection.scalars(select(table.c.claim_id).where(table.c.statement_id.in_(some))))
    return found


def _documents(claim: Claim) -> list[dict[str, Any]]:
    copies = set(claim.copies)
    ids = dict.fromkeys([*claim.documents, *claim.copies])
    return [
        {"claim_id": claim.id, "document_id": document, "place": place, "is_copy": document in copies}
        for place, document in enumerate(ids)
    ]


def _positions(claim: Claim) -> list[dict[str, Any]]:
    return [rows.position_to_row(position, place) for place, position in enumerate(claim.positions)]


def _statements(claim: Claim) -> list[dict[str, Any]]:
    return [
        {"claim_id": claim.id, "place": place, "statement_id": statement, "nth": nth}
        for place, position in enumerate(claim.positions)
        for nth, statement in enumerate(dict.fromkeys(position.statements))
    ]


def _changes(claim: Claim) -> list[dict[str, Any]]:
    return [
        {
            "claim_id": claim.id,
            "place": place,
            "day": change.day,
            "status": change.status.value,
            "statements": list(change.statements),
        }
        for place, change in enumerate(claim.history)
    ]
