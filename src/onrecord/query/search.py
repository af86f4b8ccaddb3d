"""Search as you type: a few names, claims, statements and documents at once, by as little work as a key press is worth.

Only the latest CANDIDATES rows that match are looked at: a word that half the ledger holds is then as quick as a rare
one. Whoever wants them all goes on to `find_claims`, `find_statements` or `find_documents`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from onrecord.ledger import Ledger, schema
from onrecord.ledger.dialects import Terms
from onrecord.query.views import Name, PageHead
from onrecord.records import Status

CANDIDATES = 100
SHORTEST = 2  # characters; one letter fits everything
SHORTEST_PREFIX = 3
SHORTEST_STEM, LONGEST_ENDING = 4, 6  # characters: equip-ment, organ-ization


@dataclass(frozen=True, slots=True)
class ClaimHead:
    """A claim in a line: its wording, where it stands, and how many documents and voices it has."""

    id: str
    text: str
    status: Status
    independent_roots: int
    documents: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class QuoteHead:
    """A statement in a line: who said what, when, and where it stands."""

    id: str
    root: str
    named: bool
    content: str
    act: str
    day: str | None
    document_id: str
    outlet: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """What fits a search, the best of each kind first."""

    names: tuple[Name, ...] = ()
    claims: tuple[ClaimHead, ...] = ()
    statements: tuple[QuoteHead, ...] = ()
    documents: tuple[PageHead, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.names or self.claims or self.statements or self.documents)


def find_all(ledger: Ledger, text: str, *, limit: int = 5) -> Found:
    """Up to `limit` of each kind that hold every word of `text`; the last word may be cut short."""
    terms = Terms.of(text, prefix=True)
    if len("".join(terms.words)) < SHORTEST:
        return Found()
    with ledger.read() as connection:
        for guess in _iter_guesses(_settle(terms)):
            found = Found(
                _find_names(connection, ledger, terms, limit),
                _find_claims(connection, ledger, guess, limit),
                _find_statements(connection, ledger, guess, limit),
                _find_documents(connection, ledger, guess, limit),
            )
            if found:
                return found
    return Found()


def _settle(terms: Terms) -> Terms:
    """Without a last word of which only a letter or two are there: those begin half the words of the ledger."""
    *before, last = terms.words
    if len(last) >= SHORTEST_PREFIX:
        return terms
    return Terms(tuple(before) or terms.words)


def _iter_guesses(terms: Terms) -> Iterator[Terms]:
    yield terms
    # words are kept as their stems, which one half typed may have outrun: "equipm", where "equip" is kept
    *before, last = terms.words
    for length in range(len(last) - 1, max(SHORTEST_STEM, len(last) - LONGEST_ENDING) - 1, -1):
        yield Terms((*before, last[:length]))


def _latest(ledger: Ledger, table: Any, terms: Terms) -> Select[Any]:
    # by number, not by rank: full-text search then stops at CANDIDATES instead of scoring every match
    found = ledger.dialect.search(table, terms)
    return select(found.c.number).order_by(found.c.number.desc()).limit(CANDIDATES)


def _find_names(connection: Connection, ledger: Ledger, terms: Terms, limit: int) -> tuple[Name, ...]:
    table = schema.names
    query = select(table.c.name, table.c.named, table.c.statements).where(
        table.c.number.in_(_latest(ledger, table, terms)), table.c.named
    )
    found = connection.execute(query.order_by(table.c.statements.desc(), table.c.name).limit(limit))
    return tuple(Name(name, named, statements) for name, named, statements in found)


def _find_claims(connection: Connection, ledger: Ledger, terms: Terms, limit: int) -> tuple[ClaimHead, ...]:
    claims, of_claims = schema.claims, schema.claim_documents
    count = select(func.count()).where(of_claims.c.claim_id == claims.c.id).scalar_subquery().label("documents")
    names = ("id", "text", "status", "independent_roots", "first", "last")
    query = (
        select(*(claims.c[name] for name in names), count)
        .where(claims.c.number.in_(_latest(ledger, claims, terms)))
        .order_by(claims.c.prominence.desc(), claims.c.number.desc())
        .limit(limit)
    )
    return tuple(
        ClaimHead(**dict(row) | {"status": Status(row["status"])}) for row in connection.execute(query).mappings()
    )


def _find_statements(connection: Connection, ledger: Ledger, terms: Terms, limit: int) -> tuple[QuoteHead, ...]:
    table, documents = schema.statements, schema.documents
    names = ("id", "root", "content", "act", "day", "document_id")
    query = (
        select(*(table.c[name] for name in names), table.c.root_named.label("named"), documents.c.outlet)
        .join(documents, documents.c.id == table.c.document_id)
        .where(table.c.number.in_(_latest(ledger, table, terms)))
        .order_by(table.c.day.desc(), table.c.number.desc())
        .limit(limit)
    )
    return tuple(QuoteHead(**dict(row) | {"day": row["day"] or None}) for row in connection.execute(query).mappings())


def _find_documents(connection: Connection, ledger: Ledger, terms: Terms, limit: int) -> tuple[PageHead, ...]:
    table = schema.documents
    columns = [table.c[name] for name in ("id", "address", "title", "outlet", "published")]
    query = (
        select(*columns)
        .where(table.c.number.in_(_latest(ledger, table, terms)))
        .order_by(table.c.day.desc(), table.c.number.desc())
        .limit(limit)
    )
    return tuple(PageHead(**row) for row in connection.execute(query).mappings())
