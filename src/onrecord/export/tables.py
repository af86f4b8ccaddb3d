"""The five tables of CSV and Parquet: documents, statements, links, claims, positions. Their keys are the ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from onrecord.export.records import Records
from onrecord.ledger import rows
from onrecord.query import Quote, ShownDocument
from onrecord.records import Claim

Kind = Literal["text", "integer", "number", "flag", "texts", "spans"]
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `texts` are tuples of words; `spans` are tuples of (begin, end), offsets into the document's text."""

    name: str
    kind: Kind = "text"


TABLES: dict[str, tuple[Column, ...]] = {
    "documents": (
        *map(Column, ("id", "address", "outlet", "title", "published", "published_known_by", "author", "agency")),
        *map(Column, ("language", "canonical", "based_on", "first_seen", "raw_hash", "encoding")),
        Column("raw_bytes", "integer"),
        Column("statements", "integer"),
        Column("text"),
    ),
    "statements": (
        *map(Column, ("id", "document_id")),
        Column("place", "integer"),
        *map(Column, ("day", "root")),
        Column("root_named", "flag"),
        *map(Column, ("via", "content", "cue", "act", "polarity", "certainty", "kind")),
        Column("confidence", "number"),
        *map(Column, ("said", "addressee", "outer")),
        Column("content_spans", "spans"),
        Column("cue_spans", "spans"),
        Column("made_by"),
    ),
    "links": (
        Column("statement_id"),
        Column("place", "integer"),
        Column("name"),
        Column("named", "flag"),
        Column("role"),
        Column("name_id"),
        Column("is_root", "flag"),
        Column("begin", "integer"),
        Column("end", "integer"),
    ),
    "claims": (
        *map(Column, ("id", "text", "status")),
        Column("independent_roots", "integer"),
        *map(Column, ("first", "last")),
        Column("documents", "texts"),
        Column("copies", "texts"),
        Column("echoes", "texts"),
        Column("variants", "texts"),
    ),
    "positions": (
        Column("claim_id"),
        Column("place", "integer"),
        Column("root"),
        Column("named", "flag"),
        *map(Column, ("stance", "first", "last")),
        Column("withdrawn", "flag"),
        Column("via", "texts"),
        Column("statements", "texts"),
        Column("documents", "texts"),
    ),
}


def iter_rows(records: Records) -> Iterator[tuple[str, Row]]:
    """Every row of every table with the table's name, in one pass; values in the order of the columns."""
    for shown in records.documents():
        yield "documents", _document(shown)
        for place, quote in enumerate(shown.quotes):
            yield "statements", _statement(quote, place)
            yield from (("links", row) for row in _links(quote))
    for claim in records.claims():
        yield "claims", _claim(claim)
        yield from (("positions", row) for row in _positions(claim))


def _document(shown: ShownDocument) -> Row:
    document = shown.document
    published = document.published
    return (
        document.id,
        document.address,
        document.outlet,
        document.title,
        published.value if published else None,
        published.known_by if published else None,
        document.author,
        document.agency,
        document.language,
        document.canonical,
        document.based_on,
        document.first_seen,
        document.raw_hash,
        document.encoding,
        shown.raw_size,
        len(shown.quotes),
        document.text,
    )


def _statement(quote: Quote, place: int) -> Row:
    statement = quote.statement
    return (
        statement.id,
        statement.document_id,
        place,
        quote.day,
        statement.root.name,
        statement.root.named,
        rows.ARROW.join(link.name for link in statement.chain[:-1]) or None,
        quote.content,
        quote.cue,
        statement.act.value,
        statement.polarity.value,
        statement.certainty.value,
        statement.kind.value,
        statement.confidence,
        statement.said.date if statement.said else None,
        statement.addressee.name if statement.addressee else None,
        statement.outer,
        tuple((span.begin, span.end) for span in statement.content),
        tuple((span.begin, span.end) for span in statement.cue),
        statement.made_by,
    )


def _links(quote: Quote) -> Iterator[Row]:
    chain = quote.statement.chain
    for place, link in enumerate(chain):
        begin, end = (link.span.begin, link.span.end) if link.span else (None, None)
        is_root = place == len(chain) - 1
        yield quote.statement.id, place, link.name, link.named, link.role, link.name_id, is_root, begin, end


def _claim(claim: Claim) -> Row:
    days = [day for position in claim.positions for day in (position.first, position.last) if day]
    return (
        claim.id,
        claim.text,
        claim.status.value,
        claim.independent_roots,
        min(days, default=None),
        max(days, default=None),
        claim.documents,
        claim.copies,
        claim.echoes,
        claim.variants,
    )


def _positions(claim: Claim) -> Iterator[Row]:
    for place, position in enumerate(claim.positions):
        yield (
            position.claim_id,
            place,
            position.root,
            position.named,
            position.stance.value,
            position.first,
            position.last,
            position.withdrawn,
            tuple(rows.ARROW.join(chain) for chain in position.via),
            position.statements,
            position.documents,
        )
