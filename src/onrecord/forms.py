"""Records as plain dicts: the JSON of the command line, the API, the tools and the exports."""

from __future__ import annotations

from typing import Any

from onrecord.records import Claim, Document, Skipped, Span, Statement


def statement_to_dict(statement: Statement, document: Document) -> dict[str, Any]:
    """A statement in words and spans."""
    text = document.text
    said = statement.said
    return {
        "id": statement.id,
        "document": statement.document_id,
        "content": [span.of(text) for span in statement.content],
        "cue": [span.of(text) for span in statement.cue],
        "chain": [
            {"text": link.span.of(text) if link.span else None, "name": link.name, "named": link.named}
            for link in statement.chain
        ],
        "polarity": statement.polarity.value,
        "certainty": statement.certainty.value,
        "act": statement.act.value,
        "said": {"text": said.span.of(text) if said.span else None, "date": said.date} if said else None,
        "kind": statement.kind.value,
        "confidence": round(statement.confidence, 4),
        "outer": statement.outer,
        "spans": {
            "content": spans_to_list(statement.content),
            "cue": spans_to_list(statement.cue),
            "chain": [span_to_list(link.span) for link in statement.chain],
        },
    }


def statement_to_scored(statement: Statement) -> dict[str, Any]:
    """A statement in spans alone, the form that scorers read."""
    said = statement.said
    return {
        "content": spans_to_list(statement.content),
        "cue": spans_to_list(statement.cue),
        "chain": [
            {"span": span_to_list(link.span), "name": link.name, "named": link.named} for link in statement.chain
        ],
        "polarity": statement.polarity.value,
        "certainty": statement.certainty.value,
        "act": statement.act.value,
        "said": {"span": span_to_list(said.span), "date": said.date} if said else None,
    }


def claim_to_dict(claim: Claim) -> dict[str, Any]:
    """A claim with everybody's position on it."""
    return {
        "id": claim.id,
        "text": claim.text,
        "status": claim.status.value,
        "independent_roots": claim.independent_roots,
        "documents": list(claim.documents),
        "positions": [
            {
                "root": position.root,
                "named": position.named,
                "stance": position.stance.value,
                "first": position.first,
                "last": position.last,
                "statements": list(position.statements),
                "documents": list(position.documents),
                "via": [list(chain) for chain in position.via],
            }
            for position in claim.positions
        ],
    }


def claim_in_full(claim: Claim) -> dict[str, Any]:
    """The same with variants, history, copies, echoes and who took it back."""
    form = claim_to_dict(claim)
    for position, made in zip(claim.positions, form["positions"], strict=True):
        made["withdrawn"] = position.withdrawn
    return form | {
        "variants": list(claim.variants),
        "history": [
            {"day": change.day, "status": change.status.value, "statements": list(change.statements)}
            for change in claim.history
        ],
        "copies": list(claim.copies),
        "echoes": list(claim.echoes),
    }


def document_to_dict(document: Document) -> dict[str, Any]:
    """A document as it was read."""
    published = document.published
    return {
        "id": document.id,
        "address": document.address,
        "title": document.title,
        "published": published.value if published else None,
        "published_known_by": published.known_by if published else None,
        "outlet": document.outlet,
        "author": document.author,
        "agency": document.agency,
        "language": document.language,
        "canonical": document.canonical,
        "text": document.text,
        "headings": [
            {"text": heading.span.of(document.text), "level": heading.level, "span": span_to_list(heading.span)}
            for heading in document.headings
        ],
        "leftovers": [
            {"span": span_to_list(leftover.span), "reason": leftover.reason} for leftover in document.leftovers
        ],
    }


def skipped_to_dict(skipped: Skipped) -> dict[str, Any]:
    """What was left out, and why."""
    return {"source": skipped.source, "step": skipped.step, "reason": skipped.reason}


def span_to_list(span: Span | None) -> list[int] | None:
    """[begin, end), or None."""
    return None if span is None else [span.begin, span.end]


def spans_to_list(spans: tuple[Span, ...]) -> list[list[int]]:
    """Each as [begin, end)."""
    return [[span.begin, span.end] for span in spans]
