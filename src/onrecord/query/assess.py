"""How documents stand to a claim that the reader words: those of a ledger that come near it, or any at hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from onrecord.ledger import Ledger, rows, schema
from onrecord.ledger.dialects import Terms
from onrecord.ledger.store import batches
from onrecord.query.documents import get_heads
from onrecord.query.show import make_head, make_quote
from onrecord.query.statements import get_quotes_of
from onrecord.query.views import PageHead, Quote
from onrecord.records import Document, Statement
from onrecord.resolve.assess import Assessment, Assessor, make_assessor
from onrecord.resolve.base import Vector
from onrecord.resolve.stance import Bearing
from onrecord.resolve.stance_clues import STOP

CANDIDATES = 100  # of documents, and of statements, that full-text search hands on
WORDS = 12  # of the claim that are searched for, the longest: short ones are in every page
ORDER = (Bearing.DISAGREE, Bearing.AGREE, Bearing.DISCUSS, Bearing.UNRELATED)


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """A sentence of the document, word for word, with the statements that stand in it: who says it, on whose word."""

    words: str
    begin: int
    end: int
    fit: float
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Assessed:
    """How one document stands to the claim, and the sentences that show it."""

    page: PageHead
    assessment: Assessment
    evidence: tuple[ShownEvidence, ...]


def assess_claim(
    ledger: Ledger, claim: str, *, limit: int = 10, unrelated: bool = False, assessor: Assessor | None = None
) -> tuple[Assessed, ...]:
    """How the `limit` documents that come nearest to `claim` stand to it: those that dispute it first, then support.

    Documents that turn out unrelated are left out unless asked for. A program that stays up passes the `assessor`
    that it has loaded (`make_assessor`). Takes about a tenth of a second for a document.
    """
    assessor = assessor or make_assessor()
    with ledger.read() as connection:
        nearest = _find_nearest(connection, ledger, claim, assessor.embed(claim))[:limit]
        pages = get_heads(connection, nearest)
        found = _read_documents(connection, nearest)
        quotes = {document_id: get_quotes_of(connection, document_id) for document_id in nearest}
    counted = {i: replace(pages[i], statements=len(quotes[i])) for i in nearest}
    assessed = [_assess(found[i], quotes[i], claim, assessor, counted[i]) for i in nearest]
    kept = [one for one in assessed if unrelated or one.assessment.bearing is not Bearing.UNRELATED]
    return tuple(sorted(kept, key=lambda one: (ORDER.index(one.assessment.bearing), -one.assessment.chance)))


def assess_document(document: Document, statements: Sequence[Statement], claim: str, *, assessor: Assessor) -> Assessed:
    """The same for one document that need not be in a ledger, with its statements where they are known."""
    quotes = [make_quote(statement, document) for statement in statements]
    return _assess(document, quotes, claim, assessor, make_head(document))


def _assess(document: Document, quotes: Sequence[Quote], claim: str, assessor: Assessor, page: PageHead) -> Assessed:
    by_id = {quote.statement.id: quote for quote in quotes}
    (assessment,) = assessor.assess(document.text, [claim], statements=[quote.statement for quote in quotes])
    evidence = tuple(
        ShownEvidence(
            one.span.of(document.text), one.span.begin, one.span.end, one.fit, tuple(by_id[s] for s in one.statements)
        )
        for one in assessment.evidence
    )
    return Assessed(page, assessment, evidence)


def _find_nearest(connection: Connection, ledger: Ledger, claim: str, vector: Vector) -> list[str]:
    """Documents that share words with the claim, those whose lead or a statement is nearest in meaning first."""
    words = [word for word in Terms.of(claim).words if word not in STOP] or list(Terms.of(claim).words)
    if not words:
        return []
    terms = Terms(tuple(sorted(words, key=len, reverse=True)[:WORDS]), any=True)
    documents, statements = schema.documents, schema.statements
    ranks: Counter[str] = Counter()
    for table, column in ((documents, documents.c.id), (statements, statements.c.document_id)):
        hits = ledger.dialect.search(table, terms)
        query = select(column).join(hits, hits.c.number == table.c.number).order_by(hits.c.rank).limit(CANDIDATES)
        for place, document_id in enumerate(connection.scalars(query)):
            ranks[document_id] = max(ranks[document_id], CANDIDATES - place)
    closeness = _find_closeness(connection, list(ranks), vector)
    # a page that nobody has resolved yet has no vector: its rank alone speaks for it
    return sorted(ranks, key=lambda i: (-(closeness.get(i, 0.0) + ranks[i] / CANDIDATES / 2), i))


def _find_closeness(connection: Connection, document_ids: Sequence[str], vector: Vector) -> dict[str, float]:
    """For each document the best cosine of the claim with the vector of its lead or of one of its statements."""
    items = {document_id: document_id for document_id in document_ids}
    statements = schema.statements
    for some in batches(document_ids):
        query = select(statements.c.id, statements.c.document_id).where(statements.c.document_id.in_(some))
        items.update((statement, document_id) for statement, document_id in connection.execute(query))
    best: dict[str, float] = {}
    table = schema.vectors
    for some in batches(list(items)):
        found = connection.execute(select(table.c.item, table.c.vector).where(table.c.item.in_(some))).all()
        for (item, _), own in zip(found, rows.unpack_vectors([packed for _, packed in found]), strict=True):
            best[items[item]] = max(best.get(items[item], 0.0), float(own @ vector))
    return best


def _read_documents(connection: Connection, ids: Sequence[str]) -> dict[str, Document]:
    table = schema.documents
    found: dict[str, Document] = {}
    for some in batches(ids):
        query = select(table).where(table.c.id.in_(some))
        found.update((row["id"], rows.row_to_document(dict(row))) for row in connection.execute(query).mappings())
    return found
