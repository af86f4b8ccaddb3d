"""Whether the evidence holds: every span of every statement, verbatim in the raw page that it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from sqlalchemy import select

from onrecord.ids import hash_bytes
from onrecord.ledger import Ledger, rows, schema
from onrecord.query.statements import get_quotes_of
from onrecord.records import Document, Span


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
            .join(raws, raws.c.document_id == documents.c.id)
            .where(documents.c.number > number)
            .order_by(documents.c.number)
            .limit(1)
        )
        with ledger.read() as connection:
            row = connection.execute(query).mappings().first()
            if row is None:
                return
            document = rows.row_to_document(dict(row), rows.unpack_origin(row["origin"]))
            statements = [quote.statement for quote in get_quotes_of(connection, document.id)]
        number = row["number"]
        content = rows.decompress(row["content"])
        faults = [] if hash_bytes(content) == document.raw_hash else [_page_fault(document, "the raw page has changed")]
        raw_text = content.decode(document.encoding, "replace")
        spans = 0
        for statement in statements:
            evidence = [*statement.content, *statement.cue, *(link.span for link in statement.chain if link.span)]
            spans += len(evidence)
            faults += [
                Fault(document.id, statement.id, f"not in the raw page: {span.of(document.text)!r}")
                for span in evidence
                if not _is_verbatim(document, span, raw_text)
            ]
        yield Checked(document.id, spans, tuple(faults))


def _page_fault(document: Document, what: str) -> Fault:
    return Fault(document.id, None, what)


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
