"""Records to rows and back. A record that goes in and comes out is equal to itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, fields
from typing import Any

import numpy as np
import zstandard

from onrecord.records import (
    Act,
    Certainty,
    Claim,
    Document,
    Edge,
    Heading,
    Kind,
    Leftover,
    Moment,
    Part,
    Polarity,
    Position,
    Reason,
    Relation,
    Run,
    Source,
    Span,
    Stance,
    Statement,
    Status,
    StatusChange,
    Timex,
)
from onrecord.resolve.base import KEPT_AS, Figure, Proposition, Vector

Row = Mapping[str, Any]

KEPT = tuple(field.name for field in fields(Proposition) if field.name != "vector")
BRIEF = ("id", "document_id", "content_spans", "cue_spans", "chain")  # of a statement: see `row_to_brief`
JOINT = " … "  # between the pieces of a content or a cue that stands in several
ARROW = " → "  # between the links of a chain


# from the end of a list of claims to its top
STANDING = (Status.SINGLE_SOURCE, Status.CORROBORATED, Status.CONFIRMED, Status.RETRACTED, Status.DISPUTED)


def compress(content: bytes) -> bytes:
    """Zstandard at its default level: about 3 to 1 on pages, far quicker than reading them."""
    return zstandard.compress(content)


def decompress(content: bytes) -> bytes:
    """The bytes that `compress` was given."""
    return zstandard.decompress(content)


def pack_vector(vector: Vector) -> bytes:
    """A vector, (size,), as exact as `resolve.base.KEPT_AS`."""
    return np.asarray(vector, KEPT_AS).tobytes()


def unpack_vector(packed: bytes) -> Vector:
    """The vector that `pack_vector` was given."""
    vector: Vector = unpack_vectors([packed])[0]
    return vector


def unpack_vectors(packed: Sequence[bytes]) -> Vector:
    """The vectors, (vectors, size), that `pack_vector` was given."""
    size = len(packed[0]) // KEPT_AS.itemsize if packed else 1
    return np.frombuffer(b"".join(packed), KEPT_AS).astype(np.float32).reshape(len(packed), size)


def pack_keys(keys: Sequence[int]) -> bytes:
    """Keys, eight bytes each."""
    return np.asarray(keys, np.int64).tobytes()


def unpack_keys(packed: bytes) -> list[int]:
    """The keys that `pack_keys` was given."""
    found: list[int] = np.frombuffer(packed, np.int64).tolist()
    return found


def pack_origin(origin: Iterable[Run]) -> bytes:
    """The map from text to raw text as compressed JSON."""
    runs = [(run.text.begin, run.text.end, run.raw.begin, run.raw.end) for run in origin]
    return compress(json.dumps(runs, separators=(",", ":")).encode())


def unpack_origin(packed: bytes) -> tuple[Run, ...]:
    """The runs that `pack_origin` was given."""
    return tuple(Run(Span(a, b), Span(c, d)) for a, b, c, d in json.loads(decompress(packed)))


def words_of(text: str, spans: Sequence[Span]) -> str:
    """The words that the spans cover, on one line."""
    return JOINT.join(" ".join(span.of(text).split()) for span in spans)


def document_to_row(document: Document) -> dict[str, Any]:
    """All but `origin`, which stands with the raw page."""
    published = document.published
    return {
        "id": document.id,
        "address": document.address,
        "outlet": document.outlet,
        "title": document.title,
        "day": published.day if published else "",
        "published": published.value if published else None,
        "published_known_by": published.known_by if published else "",
        "author": document.author,
        "agency": document.agency,
        "language": document.language,
        "canonical": document.canonical,
        "based_on": document.based_on,
        "raw_hash": document.raw_hash,
        "encoding": document.encoding,
        "first_seen": document.first_seen,
        "headings": [[h.span.begin, h.span.end, h.level] for h in document.headings],
        "leftovers": [[leftover.span.begin, leftover.span.end, leftover.reason] for leftover in document.leftovers],
        "text": document.text,
    }


def row_to_document(row: Row, origin: tuple[Run, ...] = ()) -> Document:
    """A document; its `origin` is empty unless given."""
    published = Moment(row["published"], row["published_known_by"]) if row["published"] else None
    return Document(
        id=row["id"],
        address=row["address"],
        raw_hash=row["raw_hash"],
        text=row["text"],
        encoding=row["encoding"],
        title=row["title"],
        published=published,
        outlet=row["outlet"],
        author=row["author"],
        agency=row["agency"],
        language=row["language"],
        canonical=row["canonical"],
        based_on=row["based_on"],
        headings=tuple(Heading(Span(begin, end), level) for begin, end, level in row["headings"]),
        leftovers=tuple(Leftover(Span(begin, end), reason) for begin, end, reason in row["leftovers"]),
        origin=origin,
        first_seen=row["first_seen"],
    )


def find_day(statement: Statement, document: Document) -> str | None:
    """The day it was put on record: when it was said where the text gives the day, else when it was published."""
    said = statement.said
    if said and len(said.date) >= len("2022-03-14"):
        return said.date[:10]
    if document.published:
        return document.published.day
    return said.date if said else None


def statement_to_row(statement: Statement, document: Document, place: int) -> dict[str, Any]:
    """A row with the words beside the spans; `place` is where it comes in its document."""
    said = statement.said
    return {
        "id": statement.id,
        "document_id": statement.document_id,
        "place": place,
        "day": find_day(statement, document) or "",
        "root": statement.root.name,
        "root_named": statement.root.named,
        "chain": [_source(link) for link in statement.chain],
        "via": ARROW.join(link.name for link in statement.chain[:-1]),
        "content": words_of(document.text, statement.content),
        "cue": words_of(document.text, statement.cue),
        "act": statement.act.value,
        "polarity": statement.polarity.value,
        "certainty": statement.certainty.value,
        "kind": statement.kind.value,
        "confidence": statement.confidence,
        "content_spans": [_span(span) for span in statement.content],
        "cue_spans": [_span(span) for span in statement.cue],
        "stands_for": [_span(span) for span in statement.stands_for],
        "said_date": said.date if said else None,
        "said_precision": said.precision if said else None,
        "said_span": _span(said.span) if said else None,
        "speaks_of": [[_span(timex.span), timex.date, timex.precision] for timex in statement.speaks_of],
        "addressee": _source(statement.addressee),
        "venue": _span(statement.venue),
        "outer": statement.outer,
        "because": [[reason.field, reason.by, _span(reason.span)] for reason in statement.because],
        "made_by": statement.made_by,
    }


def links_to_rows(statement: Statement) -> list[dict[str, Any]]:
    """One row for each link of the chain, outermost first."""
    last = len(statement.chain) - 1
    return [
        {
            "statement_id": statement.id,
            "place": place,
            "begin": link.span.begin if link.span else None,
            "end": link.span.end if link.span else None,
            "name": link.name,
            "named": link.named,
            "role": link.role,
            "name_id": link.name_id,
            "is_root": place == last,
        }
        for place, link in enumerate(statement.chain)
    ]


def row_to_statement(row: Row) -> Statement:
    """A statement."""
    said = Timex(_to_span(row["said_span"]), row["said_date"], row["said_precision"]) if row["said_date"] else None
    return Statement(
        id=row["id"],
        document_id=row["document_id"],
        content=tuple(Span(*span) for span in row["content_spans"]),
        cue=tuple(Span(*span) for span in row["cue_spans"]),
        chain=tuple(_to_source(link) for link in row["chain"]),
        polarity=Polarity(row["polarity"]),
        certainty=Certainty(row["certainty"]),
        act=Act(row["act"]),
        said=said,
        speaks_of=tuple(Timex(_to_span(span), date, precision) for span, date, precision in row["speaks_of"]),
        addressee=_to_source(row["addressee"]) if row["addressee"] else None,
        venue=_to_span(row["venue"]),
        kind=Kind(row["kind"]),
        confidence=row["confidence"],
        outer=row["outer"],
        because=tuple(Reason(field, by, _to_span(span)) for field, by, span in row["because"]),
        made_by=row["made_by"],
        stands_for=tuple(Span(*span) for span in row["stands_for"]),
    )


def row_to_brief(row: Row) -> Statement:
    """A statement from the columns BRIEF: what they do not tell of it is as where nothing is known."""
    return Statement(
        row["id"],
        row["document_id"],
        tuple(Span(*span) for span in row["content_spans"]),
        tuple(Span(*span) for span in row["cue_spans"]),
        tuple(_to_source(link) for link in row["chain"]),
    )


def edge_to_row(edge: Edge) -> dict[str, Any]:
    """A decision as a row."""
    return {
        "left": edge.left,
        "right": edge.right,
        "relation": edge.relation.value,
        "score": edge.score,
        "parts": [[part.feature, part.value, part.reason] for part in edge.parts],
        "decided_by": edge.decided_by,
        "decided_at": edge.decided_at,
        "withdrawn_at": edge.withdrawn_at,
    }


def row_to_edge(row: Row) -> Edge:
    """A decision."""
    return Edge(
        left=row["left"],
        right=row["right"],
        relation=Relation(row["relation"]),
        score=row["score"],
        parts=tuple(Part(*part) for part in row["parts"]),
        decided_by=row["decided_by"],
        decided_at=row["decided_at"],
        withdrawn_at=row["withdrawn_at"],
    )


def claim_to_row(claim: Claim) -> dict[str, Any]:
    """The claim itself; its documents, positions and history are rows of their own."""
    days = [day for position in claim.positions for day in (position.first, position.last) if day]
    return {
        "id": claim.id,
        "text": claim.text,
        "status": claim.status.value,
        "independent_roots": claim.independent_roots,
        "prominence": find_prominence(claim),
        "first": min(days, default=None),
        "last": max(days, default=None),
        "variants": list(claim.variants),
        "echoes": list(claim.echoes),
    }


def find_prominence(claim: Claim) -> int:
    """What is in dispute comes first, then what somebody confirmed or took back; among equals the more documents."""
    return STANDING.index(claim.status) * 1_000_000 + min(len(claim.documents), 999_999)


def position_to_row(position: Position, place: int) -> dict[str, Any]:
    """A position; its statements are rows of their own."""
    return {
        "claim_id": position.claim_id,
        "place": place,
        "root": position.root,
        "named": position.named,
        "stance": position.stance.value,
        "first": position.first,
        "last": position.last,
        "withdrawn": position.withdrawn,
        "via": [list(chain) for chain in position.via],
        "documents": list(position.documents),
    }


def row_to_position(row: Row, statements: Iterable[str]) -> Position:
    """A position with the ids of its statements, in order."""
    return Position(
        claim_id=row["claim_id"],
        root=row["root"],
        named=row["named"],
        stance=Stance(row["stance"]),
        statements=tuple(statements),
        documents=tuple(row["documents"]),
        first=row["first"],
        last=row["last"],
        withdrawn=row["withdrawn"],
        via=tuple(tuple(chain) for chain in row["via"]),
    )


def row_to_claim(
    row: Row,
    *,
    documents: Iterable[str],
    copies: Iterable[str],
    positions: Iterable[Position],
    history: Iterable[Row],
) -> Claim:
    """A claim from its row, the ids of its documents, of which some are copies, and the rows of its history."""
    return Claim(
        id=row["id"],
        text=row["text"],
        status=Status(row["status"]),
        positions=tuple(positions),
        independent_roots=row["independent_roots"],
        documents=tuple(documents),
        variants=tuple(row["variants"]),
        history=tuple(StatusChange(h["day"], Status(h["status"]), tuple(h["statements"])) for h in history),
        copies=tuple(copies),
        echoes=tuple(row["echoes"]),
    )


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.begin, span.end]


def _to_span(pair: Sequence[int] | None) -> Span | None:
    return None if pair is None else Span(pair[0], pair[1])


def _source(source: Source | None) -> list[Any] | None:
    if source is None:
        return None
    return [_span(source.span), source.name, source.named, source.role, source.name_id]


def _to_source(values: Sequence[Any]) -> Source:
    span, *rest = values
    return Source(_to_span(span), *rest)


def dump_proposition(proposition: Proposition) -> str:
    """As JSON, its values in the order of the fields; the vector is kept apart."""
    values = [_plain(getattr(proposition, name)) for name in KEPT]
    return json.dumps(values, separators=(",", ":"), ensure_ascii=False)


def load_proposition(body: str) -> Proposition:
    """What `dump_proposition` was given, without its vector."""
    values = dict(zip(KEPT, json.loads(body), strict=False))  # one kept by an earlier version has fewer
    for name in ("stems", "agents", "patients", "context"):
        values[name] = frozenset(values[name])
    for name in ("names", "via"):
        values[name] = tuple(values[name])
    values["figures"] = tuple(Figure(*figure) for figure in values["figures"])
    values["stance"] = Stance(values["stance"])
    return Proposition(**values)


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [list(astuple(one)) if isinstance(one, Figure) else one for one in value]
    return value
