"""One statement, claim or document with its evidence, by id."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from onrecord.errors import OnrecordError
from onrecord.ledger import Ledger, rows, schema
from onrecord.ledger.prepared import Reader
from onrecord.query.claims import find_as_of, get_claim_rows, make_claims
from onrecord.query.documents import get_heads
from onrecord.query.outlets import find_originals
from onrecord.query.statements import get_quotes, get_quotes_of
from onrecord.query.views import PageHead, Passage, Quote, ShownClaim, ShownDocument, ShownStatement
from onrecord.records import Document, Run, Span, Statement

CONTEXT_CHARACTERS = 240  # before and after a piece of evidence: about two sentences
SHORTEST_ID = 5


class NotFoundError(OnrecordError):
    """There is nothing with this id."""


def get_shown(ledger: Ledger, an_id: str) -> ShownStatement | ShownClaim | ShownDocument:
    """Whatever has the id, or an id that begins so. Raises NotFoundError where nothing does, or several do."""
    with ledger.read() as connection:
        kind, found = _find_id(connection, an_id)
        if kind == "documents":
            return _show_document(connection, found)
        if kind == "claims":
            return _show_claim(connection, found)
        return _show_statement(connection, found)


def get_statement(ledger: Ledger, statement_id: str) -> ShownStatement:
    """The statement with exactly this id. Raises NotFoundError."""
    with ledger.read() as connection:
        return _show_statement(connection, statement_id)


def get_claim(ledger: Ledger, claim_id: str, *, as_of: str | None = None, brief: bool = False) -> ShownClaim:
    """The claim with exactly this id, with `as_of` as it stood at the end of that day. Raises NotFoundError.

    With `brief`, of its statements their words and chains alone are read: see `rows.row_to_brief`.
    """
    with ledger.read_quick() as connection:
        shown = _show_claim(connection, claim_id, brief=brief)
    if as_of is None:
        return shown
    claim = find_as_of(shown.claim, as_of, shown.quotes)
    if claim is None:
        raise NotFoundError(f"the claim {claim_id} was not on record on {as_of}")
    said = {statement for position in claim.positions for statement in position.statements}
    claim = replace(
        claim,
        copies=tuple(copy for copy in claim.copies if copy in claim.documents),
        echoes=tuple(echo for echo in claim.echoes if echo in said),
    )
    return replace(shown, claim=claim)


def get_document(ledger: Ledger, document_id: str) -> ShownDocument:
    """The document with exactly this id, with its `origin`. Raises NotFoundError."""
    with ledger.read() as connection:
        return _show_document(connection, document_id)


def get_raw_text(ledger: Ledger, document_id: str) -> str:
    """The page as it came in, decoded. Raises NotFoundError."""
    document, raw = schema.documents, schema.raws
    query = select(raw.c.content, document.c.encoding).join(document, document.c.id == raw.c.document_id)
    with ledger.read() as connection:
        found = connection.execute(query.where(document.c.id == document_id)).first()
    if found is None:
        raise NotFoundError(f"no document {document_id}")
    return rows.decompress(found.content).decode(found.encoding, "replace")


def make_passage(text: str, begin: int, end: int) -> Passage:
    """The words at [begin, end) with what stands around them, cut at whole words."""
    before = " ".join(text[max(0, begin - CONTEXT_CHARACTERS) : begin].split())
    after = " ".join(text[end : end + CONTEXT_CHARACTERS].split())
    if begin > CONTEXT_CHARACTERS:
        before = "…" + before.partition(" ")[2]
    if end + CONTEXT_CHARACTERS < len(text):
        after = after.rpartition(" ")[0] + "…"
    return Passage(before, " ".join(text[begin:end].split()), after)


def make_head(document: Document) -> PageHead:
    """The head of a document that is in no ledger."""
    published = document.published.value if document.published else None
    return PageHead(document.id, document.address, document.title, document.outlet, published, document.author)


def make_quote(statement: Statement, document: Document) -> Quote:
    """A statement that is in no ledger, with its words and the head of its page, as readers get those that are."""
    content, cue = rows.words_of(document.text, statement.content), rows.words_of(document.text, statement.cue)
    return Quote(statement, content, cue, rows.find_day(statement, document), make_head(document))


def _find_id(connection: Connection, an_id: str) -> tuple[str, str]:
    found: list[tuple[str, str]] = []
    for table in (schema.claims, schema.statements, schema.documents):
        if connection.scalar(select(table.c.id).where(table.c.id == an_id)):
            return table.name, an_id
        if len(an_id) >= SHORTEST_ID:
            # "~" sorts after every digit and letter of an id
            like = select(table.c.id).where(table.c.id >= an_id, table.c.id < an_id + "~").limit(2)
            found += [(table.name, one) for one in connection.scalars(like)]
    if not found:
        raise NotFoundError(f"nothing has the id {an_id}")
    if len(found) > 1:
        raise NotFoundError(f"several ids begin with {an_id}: give more of it")
    return found[0]


def _show_statement(connection: Connection, statement_id: str) -> ShownStatement:
    quote = get_quotes(connection, [statement_id]).get(statement_id)
    if quote is None:
        raise NotFoundError(f"no statement {statement_id}")
    document = _read_document(connection, quote.page.id)
    spans = [*quote.statement.content, *quote.statement.cue]
    spans += [link.span for link in quote.statement.chain if link.span]
    begin, end = min(span.begin for span in spans), max(span.end for span in spans)
    raw = _find_raw(document.origin, Span(begin, end))
    ids = select(schema.position_statements.c.claim_id).where(schema.position_statements.c.statement_id == statement_id)
    claims = tuple(connection.scalars(ids.distinct().order_by(schema.position_statements.c.claim_id)))
    passage = make_passage(document.text, begin, end)
    return ShownStatement(quote, passage, raw[0] if raw else None, raw[1] if raw else None, claims)


def _show_claim(connection: Reader, claim_id: str, *, brief: bool = False) -> ShownClaim:
    found = get_claim_rows(connection, [claim_id])
    if not found:
        raise NotFoundError(f"no claim {claim_id}")
    (claim,) = make_claims(connection, found)
    ids = [s for position in claim.positions for s in position.statements] + list(claim.echoes)
    # of another claim, whose figure cannot be true together with this one's
    ids += [s for change in claim.history for s in change.statements]
    quotes: dict[str, Quote] = get_quotes(connection, ids, brief=brief)
    heads = {quote.page.id: quote.page for quote in quotes.values()}
    heads |= get_heads(connection, [document for document in claim.documents if document not in heads])
    pages = {one: heads[one] for one in (*claim.documents, *heads) if one in heads}
    return ShownClaim(claim, quotes, pages, find_originals(connection, claim.copies), found[0]["version"])


def _show_document(connection: Connection, document_id: str) -> ShownDocument:
    document = _read_document(connection, document_id)
    more = select(schema.raws.c.size, schema.documents.c.made_by).join(
        schema.documents, schema.documents.c.id == schema.raws.c.document_id
    )
    size, made_by = connection.execute(more.where(schema.raws.c.document_id == document_id)).one()
    return ShownDocument(document, get_quotes_of(connection, document_id), size, made_by)


def _read_document(connection: Connection, document_id: str) -> Document:
    joined = schema.documents.join(schema.raws, schema.raws.c.document_id == schema.documents.c.id)
    query = select(schema.documents, schema.raws.c.origin).select_from(joined)
    row: Any = connection.execute(query.where(schema.documents.c.id == document_id)).mappings().first()
    if row is None:
        raise NotFoundError(f"no document {document_id}")
    return rows.row_to_document(row, rows.unpack_origin(row["origin"]))


def _find_raw(origin: tuple[Run, ...], span: Span) -> tuple[int, int] | None:
    from onrecord.read import find_raw_span

    raw = find_raw_span(origin, span)
    return (raw.begin, raw.end) if raw else None
