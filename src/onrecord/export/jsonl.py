"""JSON Lines: every record, complete, as one object a line; `read` makes the same records of them again.

`type` is "document", "statement" or "claim". A document comes before its statements, claims come last.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from onrecord.export.json_stream import dump_json
from onrecord.export.records import Records
from onrecord.forms import claim_in_full, document_to_dict, quote_to_dict, span_to_list, spans_to_list
from onrecord.query import Quote
from onrecord.records import (
    Act,
    Certainty,
    Claim,
    Document,
    Heading,
    Kind,
    Leftover,
    Moment,
    Polarity,
    Position,
    Reason,
    Run,
    Source,
    Span,
    Stance,
    Statement,
    Status,
    StatusChange,
    Timex,
)

Form = dict[str, Any]


def write(records: Records, stream: TextIO) -> None:
    """Documents, each followed by its statements, then claims."""
    for shown in records.documents():
        _write_line(stream, {"type": "document"} | document_in_full(shown.document))
        for quote in shown.quotes:
            _write_line(stream, {"type": "statement"} | quote_in_full(quote))
    for claim in records.claims():
        _write_line(stream, {"type": "claim"} | claim_in_full(claim))


def read(lines: Iterable[str]) -> Iterator[Document | Statement | Claim]:
    """The records that were written, equal to what they were. Lazy."""
    for line in lines:
        form = json.loads(line)
        match form["type"]:
            case "document":
                yield _to_document(form)
            case "statement":
                yield _to_statement(form)
            case "claim":
                yield _to_claim(form)


def document_in_full(document: Document) -> Form:
    """A document with all of its fields; `origin` is [begin, end, raw begin, raw end] for each run."""
    return document_to_dict(document) | {
        "based_on": document.based_on,
        "first_seen": document.first_seen,
        "raw_hash": document.raw_hash,
        "encoding": document.encoding,
        "origin": [[run.text.begin, run.text.end, run.raw.begin, run.raw.end] for run in document.origin],
    }


def quote_in_full(quote: Quote) -> Form:
    """A statement with all of its fields, its words and the head of its page."""
    statement = quote.statement
    form: Form = {**quote_to_dict(quote)}
    for link, made in zip(statement.chain, form["chain"], strict=True):
        made["name_id"] = link.name_id
    return form | {
        "said": _timex(statement.said) if statement.said else None,
        "speaks_of": [_timex(timex) for timex in statement.speaks_of],
        "addressee": _source(statement.addressee) if statement.addressee else None,
        "venue": span_to_list(statement.venue),
        "confidence": statement.confidence,
        "stands_for": spans_to_list(statement.stands_for),
        "because": [[reason.field, reason.by, span_to_list(reason.span)] for reason in statement.because],
        "made_by": statement.made_by,
    }


def _write_line(stream: TextIO, form: Form) -> None:
    stream.write(dump_json(form) + "\n")


def _timex(timex: Timex) -> Form:
    return {"date": timex.date, "span": span_to_list(timex.span), "precision": timex.precision}


def _source(source: Source) -> Form:
    span = span_to_list(source.span)
    return {"name": source.name, "named": source.named, "role": source.role, "span": span, "name_id": source.name_id}


def _to_document(form: Form) -> Document:
    published = form["published"]
    return Document(
        id=form["id"],
        address=form["address"],
        raw_hash=form["raw_hash"],
        text=form["text"],
        encoding=form["encoding"],
        title=form["title"],
        published=None if published is None else Moment(published, form["published_known_by"]),
        outlet=form["outlet"],
        author=form["author"],
        agency=form["agency"],
        language=form["language"],
        canonical=form["canonical"],
        based_on=form["based_on"],
        headings=tuple(Heading(Span(*heading["span"]), heading["level"]) for heading in form["headings"]),
        leftovers=tuple(Leftover(Span(*leftover["span"]), leftover["reason"]) for leftover in form["leftovers"]),
        origin=tuple(Run(Span(a, b), Span(c, d)) for a, b, c, d in form["origin"]),
        first_seen=form["first_seen"],
    )


def _to_statement(form: Form) -> Statement:
    return Statement(
        id=form["id"],
        document_id=form["document"],
        content=_to_spans(form["content_spans"]),
        cue=_to_spans(form["cue_spans"]),
        chain=tuple(_to_source(link) for link in form["chain"]),
        polarity=Polarity(form["polarity"]),
        certainty=Certainty(form["certainty"]),
        act=Act(form["act"]),
        said=_to_timex(form["said"]) if form["said"] else None,
        speaks_of=tuple(_to_timex(timex) for timex in form["speaks_of"]),
        addressee=_to_source(form["addressee"]) if form["addressee"] else None,
        venue=_to_span(form["venue"]),
        kind=Kind(form["kind"]),
        confidence=form["confidence"],
        outer=form["outer"],
        because=tuple(Reason(field, by, _to_span(span)) for field, by, span in form["because"]),
        made_by=form["made_by"],
        stands_for=_to_spans(form["stands_for"]),
    )


def _to_claim(form: Form) -> Claim:
    return Claim(
        id=form["id"],
        text=form["text"],
        status=Status(form["status"]),
        positions=tuple(_to_position(form["id"], position) for position in form["positions"]),
        independent_roots=form["independent_roots"],
        documents=tuple(form["documents"]),
        variants=tuple(form["variants"]),
        history=tuple(
            StatusChange(change["day"], Status(change["status"]), tuple(change["statements"]))
            for change in form["history"]
        ),
        copies=tuple(form["copies"]),
        echoes=tuple(form["echoes"]),
    )


def _to_position(claim_id: str, form: Form) -> Position:
    return Position(
        claim_id=claim_id,
        root=form["root"],
        named=form["named"],
        stance=Stance(form["stance"]),
        statements=tuple(form["statements"]),
        documents=tuple(form["documents"]),
        first=form["first"],
        last=form["last"],
        withdrawn=form["withdrawn"],
        via=tuple(tuple(chain) for chain in form["via"]),
    )


def _to_source(form: Form) -> Source:
    return Source(_to_span(form["span"]), form["name"], form["named"], form["role"], form["name_id"])


def _to_timex(form: Form) -> Timex:
    return Timex(_to_span(form["span"]), form["date"], form["precision"])


def _to_span(pair: list[int] | None) -> Span | None:
    return None if pair is None else Span(*pair)


def _to_spans(pairs: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in pairs)
