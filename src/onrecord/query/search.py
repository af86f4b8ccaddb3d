"""Search as you type: a few names, claims, statements and documents at once, by as little work as a key press is worth.

Only the latest CANDIDATES rows that match are looked at: a word that half the ledger holds is then as quick as a rare
one. Whoever wants them all goes on to `find_claims`, `find_statements` or `find_documents`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, bindparam, func, select

from onrecord.ledger import Ledger, schema
from onrecord.ledger.dialects import Dialect, Terms
from onrecord.ledger.prepared import Prepared
from onrecord.query.views import Name, PageHead
from onrecord.records import Status

CANDIDATES = 40  # of each kind, from the latest back
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
    queries, write_match = _prepare(ledger.dialect), ledger.dialect.write_match
    with ledger.read_quick() as connection:
        for guess in _iter_guesses(_settle(terms)):
            asked = {"match": write_match(guess), "most": limit}
            found = Found(
                _make_names(queries["names"].run(connection, match=write_match(terms), most=limit)),
                _make_claims(queries["claims"].run(connection, **asked)),
                _make_quotes(queries["statements"].run(connection, **asked)),
                tuple(PageHead(**row) for row in queries["documents"].run(connection, **asked)),
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


@lru_cache(maxsize=8)
def _prepare(dialect: Dialect) -> dict[str, Prepared]:
    """What is asked for at each key press, by table; the parameters are `match` and `most`."""
    names, claims, statements, documents = schema.names, schema.claims, schema.statements, schema.documents
    of_claims = schema.claim_documents
    count = select(func.count()).where(of_claims.c.claim_id == claims.c.id).scalar_subquery().label("documents")
    head = [claims.c[name] for name in ("id", "text", "status", "independent_roots")]
    said = [statements.c[name] for name in ("id", "root", "root_named", "content", "act", "day", "document_id")]
    page = [documents.c[name] for name in ("id", "address", "title", "outlet", "published")]
    by_page = statements.join(documents, documents.c.id == statements.c.document_id)
    queries = {
        names: (select(names.c.name, names.c.named, names.c.statements), (names.c.statements.desc(), names.c.name)),
        claims: (
            select(*head, count, claims.c.first, claims.c.last),
            (claims.c.prominence.desc(), claims.c.number.desc()),
        ),
        statements: (
            select(*said, documents.c.outlet).select_from(by_page),
            (statements.c.day.desc(), statements.c.number.desc()),
        ),
        documents: (select(*page), (documents.c.day.desc(), documents.c.number.desc())),
    }
    prepared = {}
    for table, (query, order) in queries.items():
        found = dialect.prepare_search(table)
        # by number, not by rank: full-text search then stops at CANDIDATES instead of scoring every match
        latest = select(found.c.number).order_by(found.c.number.desc()).limit(CANDIDATES)
        best = select(table.c.number).where(table.c.number.in_(latest)).order_by(*order)
        if table is names:
            best = best.where(names.c.named)
        # what is shown is read of the best alone
        best = best.limit(bindparam("most", type_=Integer))
        prepared[table.name] = Prepared(query.where(table.c.number.in_(best)).order_by(*order))
    return prepared


def _make_names(rows: Iterable[dict[str, Any]]) -> tuple[Name, ...]:
    return tuple(Name(**row) for row in rows)


def _make_claims(rows: Iterable[dict[str, Any]]) -> tuple[ClaimHead, ...]:
    return tuple(ClaimHead(**(row | {"status": Status(row["status"])})) for row in rows)


def _make_quotes(rows: Iterable[dict[str, Any]]) -> tuple[QuoteHead, ...]:
    return tuple(
        QuoteHead(
            row["id"],
            row["root"],
            row["root_named"],
            row["content"],
            row["act"],
            row["day"] or None,
            row["document_id"],
            row["outlet"],
        )
        for row in rows
    )
