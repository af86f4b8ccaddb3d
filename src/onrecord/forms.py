"""Records as plain dicts: the JSON of the command line, the API, the tools and the exports."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from onrecord.ledger.rows import words_of
from onrecord.query import (
    Assessed,
    Event,
    PageHead,
    Quote,
    ShownClaim,
    ShownDocument,
    ShownStatement,
    StatusDiff,
    Who,
)
from onrecord.records import Claim, Document, Span, Statement
from onrecord.resolve.stance import BEARINGS


def statement_to_dict(statement: Statement, document: Document) -> dict[str, Any]:
    """A statement with its words and spans, as `extract` writes it."""
    text = document.text
    return _statement(statement, words_of(text, statement.content), words_of(text, statement.cue))


def quote_to_dict(quote: Quote) -> dict[str, Any]:
    """The same with its day and the head of its page."""
    page = quote.page
    return _statement(quote.statement, quote.content, quote.cue) | {
        "day": quote.day,
        "outlet": page.outlet,
        "published": page.published,
        "title": page.title,
        "address": page.address,
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


def page_to_dict(page: PageHead) -> dict[str, Any]:
    """The head of a document."""
    return asdict(page)


def shown_to_dict(shown: ShownStatement | ShownClaim | ShownDocument) -> dict[str, Any]:
    """One thing with its evidence; `type` says what it is."""
    if isinstance(shown, ShownClaim):
        statements = [quote_to_dict(quote) for quote in shown.quotes.values()]
        pages = [page_to_dict(page) for page in shown.pages.values()]
        return {"type": "claim"} | claim_in_full(shown.claim) | {"evidence": statements, "pages": pages}
    if isinstance(shown, ShownDocument):
        form = {"type": "document"} | document_to_dict(shown.document)
        return form | {"made_by": shown.made_by, "statements": [quote_to_dict(quote) for quote in shown.quotes]}
    statement = shown.quote.statement
    return {
        "type": "statement",
        **quote_to_dict(shown.quote),
        "passage": asdict(shown.passage),
        "raw_span": None if shown.raw_begin is None else [shown.raw_begin, shown.raw_end],
        "claims": list(shown.claims),
        "because": [
            {"field": reason.field, "by": reason.by, "span": span_to_list(reason.span)} for reason in statement.because
        ],
        "made_by": statement.made_by,
    }


def event_to_dict(event: Event) -> dict[str, Any]:
    """Something that happened on a day."""
    form: dict[str, Any] = {"day": event.day, "kind": event.kind, "claim": event.claim_id, "text": event.text}
    return form | {"statement": quote_to_dict(event.quote) if event.quote else None}


def diff_to_dict(diff: StatusDiff) -> dict[str, Any]:
    """How a claim changed its status."""
    return {
        "claim": diff.claim_id,
        "text": diff.text,
        "day": diff.day,
        "before": diff.before.value if diff.before else None,
        "after": diff.after.value,
        "statements": list(diff.statements),
    }


def who_to_dict(who: Who) -> dict[str, Any]:
    """What a person or body is on record for."""
    return {
        "name": who.name,
        "names": [{"name": name.name, "named": name.named, "statements": name.statements} for name in who.names],
        "stands": [
            {
                "claim": stand.claim_id,
                "text": stand.claim,
                "status": stand.status.value,
                "root": stand.position.root,
                "stance": stand.position.stance.value,
                "first": stand.position.first,
                "last": stand.position.last,
                "withdrawn": stand.position.withdrawn,
                "statements": list(stand.position.statements),
            }
            for stand in who.stands
        ],
        "changes": [
            {
                "claim": change.claim_id,
                "text": change.claim,
                "root": change.root,
                "before": change.before.value,
                "after": change.after.value,
                "day": change.day,
            }
            for change in who.changes
        ],
        "statements": [quote_to_dict(quote) for quote in who.quotes],
    }


def assessed_to_dict(assessed: Assessed) -> dict[str, Any]:
    """How a document stands to a claim, with the sentences that show it; `chances` are of each stance."""
    assessment = assessed.assessment
    return {
        "claim": assessment.claim,
        "stance": assessment.bearing.value,
        "chances": {bearing.value: chance for bearing, chance in zip(BEARINGS, assessment.chances, strict=True)},
        "page": page_to_dict(assessed.page),
        "evidence": [
            {
                "words": one.words,
                "span": [one.begin, one.end],
                "fit": one.fit,
                "statements": [quote_to_dict(quote) for quote in one.quotes],
            }
            for one in assessed.evidence
        ],
    }


def span_to_list(span: Span | None) -> list[int] | None:
    """[begin, end), or None."""
    return None if span is None else [span.begin, span.end]


def spans_to_list(spans: tuple[Span, ...]) -> list[list[int]]:
    """Each as [begin, end)."""
    return [[span.begin, span.end] for span in spans]


def _statement(statement: Statement, content: str, cue: str) -> dict[str, Any]:
    said = statement.said
    return {
        "id": statement.id,
        "document": statement.document_id,
        "content": content,
        "cue": cue,
        "chain": [
            {"name": link.name, "named": link.named, "role": link.role, "span": span_to_list(link.span)}
            for link in statement.chain
        ],
        "polarity": statement.polarity.value,
        "certainty": statement.certainty.value,
        "act": statement.act.value,
        "said": {"date": said.date, "span": span_to_list(said.span)} if said else None,
        "kind": statement.kind.value,
        "confidence": round(statement.confidence, 4),
        "outer": statement.outer,
        "content_spans": spans_to_list(statement.content),
        "cue_spans": spans_to_list(statement.cue),
    }
