"""Whether the evidence holds: every span of every statement, verbatim in the raw page that it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from sqlalchemy import select
from zstandard import ZstdError

from onrecord.ids import hash_bytes
from onrecord.ledger import Ledger, rows, schema
from onrecord.query.statements import get_quotes_of
from onrecord.records import Document, Span, Statement

# what reading a row raises that was not written so
_DAMAGED = (ZstdError, ValueError, TypeError, LookupError)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a page that does not hold. `statement_id` is None where it is the page itself."""

    document_id: str
    statement_id: str | None
    what: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A page that was looked at, with how many spans and what is wrong."""

    document_id: str
    spans: int
    faults: tuple[Fault, ...]


def iter_checked(ledger: Ledger) -> Iterator[Checked]:
    """Check one page after the other, in order of arrival. Lazy; holds one page in memory."""
    documents, raws = schema.documents, schema.raws
    number = 0
    while True:
        query = (
            select(documents, raws.c.content, raws.c.origin)
            .outerjoin(raws, raws.c.document_id == documents.c.id)
            .where(documents.c.number > number)
            .order_by(documents.c.number)
            .limit(1)
        )
        with ledger.read() as connection:
            row = connection.execute(query).mappings().first()
            if row is None:
                return
            number = row["number"]
            try:
                content = rows.decompress(row["content"] or b"")
                document = rows.row_to_document(dict(row), rows.unpack_origin(row["origin"] or b""))
                raw_text = content.decode(document.encoding, "replace")
                quotes = get_quotes_of(connection, document.id)
            except _DAMAGED as error:
                yield Checked(row["id"], 0, (Fault(row["id"], None, f"damaged: {type(error).__name__}: {error}"),))
                continue
        faults = []
        if hash_bytes(content) != document.raw_hash:
            faults.append(Fault(document.id, None, "the raw page has changed"))
        spans = 0
        for quote in quotes:
            statement = quote.statement
            evidence = list(_iter_evidence(statement))
            spans += len(evidence)
            faults += [
                Fault(document.id, statement.id, f"not in the raw page: {span.of(document.text)!r}")
                for span in evidence
                if not _is_verbatim(document, span, raw_text)
            ]
            if quote.content != rows.words_of(document.text, statement.content):
                faults.append(Fault(document.id, statement.id, f"not what its spans cover: {quote.content!r}"))
        yield Checked(document.id, spans, tuple(faults))


def _iter_evidence(statement: Statement) -> Iterator[Span]:
    """Every span that a statement rests on, once."""
    spans = [*statement.content, *statement.cue, *statement.stands_for, statement.venue]
    spans += [link.span for link in (*statement.chain, statement.addressee) if link is not None]
    spans += [time.span for time in (statement.said, *statement.speaks_of) if time is not None]
    spans += [reason.span for reason in statement.because]
    yield from dict.fromkeys(span for span in spans if span is not None)


def _is_verbatim(document: Document, span: Span, raw_text: str) -> bool:
    """Whether the words are in the raw text where `origin` says, white space, tags and entities aside."""
    if not 0 <= span.begin < span.end <= len(document.text):
        return False
    text = document.text
    pieces = []
    for run in document.origin:
        begin, end = max(run.text.begin, span.begin), min(run.text.end, span.end)
        if begin >= end:
            continue
        if len(run.text) == len(run.raw):
            shift = run.raw.begin - run.text.begin
            pieces.append((text[begin:end], raw_text[begin + shift : end + shift]))
        else:
            pieces.append((run.text.of(text), run.raw.of(raw_text)))
    # white space of the text may stand for tags, line ends or leftovers of the raw text
    pieces = [("".join(mine.split()), "".join(raw.split())) for mine, raw in pieces if mine.strip()]
    covered = "".join(mine for mine, _ in pieces)
    return "".join(span.of(text).split()) in covered and all(mine in {raw, unescape(raw)} for mine, raw in pieces)
