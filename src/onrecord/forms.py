"""Records as plain dicts: the JSON of the command line, the API, the tools and the exports."""

from __future__ import annotations

from typing import Any

from onrecord import shapes
from onrecord.ledger.rows import words_of
from onrecord.query import (
    Assessed,
    Event,
    LineChange,
    Name,
    PageHead,
    Quote,
    ShownClaim,
    ShownDocument,
    ShownStatement,
    StatusDiff,
    Who,
)
from onrecord.records import Claim, Document, Position, Span, Statement
from onrecord.resolve.stance import BEARINGS


def statement_to_dict(statement: Statement, document: Document) -> shapes.BareStatement:
    """A statement with its words and spans, as `extract` writes it."""
    text = document.text
    return _statement(statement, words_of(text, statement.content), words_of(text, statement.cue))


def quote_to_dict(quote: Quote) -> shapes.Statement:
    """The same with its day and the head of its page."""
    page = quote.page
    return {
        **_statement(quote.statement, quote.content, quote.cue),
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
        "polarity": statement.polarity,
        "certainty": statement.certainty,
        "act": statement.act,
        "said": {"span": span_to_list(said.span), "date": said.date} if said else None,
    }


def claim_to_dict(claim: Claim) -> shapes.BareClaim:
    """A claim with everybody's position on it."""
    return {
        "id": claim.id,
        "text": claim.text,
        "status": claim.status,
        "independent_roots": claim.independent_roots,
        "documents": list(claim.documents),
        "positions": [_position(position) for position in claim.positions],
    }


def claim_in_full(claim: Claim) -> shapes.Claim:
    """The same with variants, history, copies, echoes and who took it back."""
    return {
        **claim_to_dict(claim),
        "positions": [{**_position(position), "withdrawn": position.withdrawn} for position in claim.positions],
        "variants": list(claim.variants),
        "history": [
            {"day": change.day, "status": change.status, "statements": list(change.statements)}
            for change in claim.history
        ],
        "copies": list(claim.copies),
        "echoes": list(claim.echoes),
    }


def document_to_dict(document: Document) -> shapes.Document:
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
            {
                "text": heading.span.of(document.text),
                "level": heading.level,
                "span": [heading.span.begin, heading.span.end],
            }
            for heading in document.headings
        ],
        "leftovers": [
            {"span": [leftover.span.begin, leftover.span.end], "reason": leftover.reason}
            for leftover in document.leftovers
        ],
    }


def page_to_dict(page: PageHead) -> shapes.Page:
    """The head of a document."""
    return {
        "id": page.id,
        "address": page.address,
        "title": page.title,
        "outlet": page.outlet,
        "published": page.published,
        "author": page.author,
        "language": page.language,
        "first_seen": page.first_seen,
        "statements": page.statements,
    }


def shown_to_dict(
    shown: ShownStatement | ShownClaim | ShownDocument,
) -> shapes.ShownStatement | shapes.ShownClaim | shapes.ShownDocument:
    """One thing with its evidence; `type` says what it is."""
    if isinstance(shown, ShownClaim):
        return shown_claim_to_dict(shown)
    if isinstance(shown, ShownDocument):
        return shown_document_to_dict(shown)
    return shown_statement_to_dict(shown)


def shown_claim_to_dict(shown: ShownClaim) -> shapes.ShownClaim:
    """A claim with its evidence."""
    return {
        "type": "claim",
        **claim_in_full(shown.claim),
        "evidence": [quote_to_dict(quote) for quote in shown.quotes.values()],
        "pages": [page_to_dict(page) for page in shown.pages.values()],
    }


def shown_document_to_dict(shown: ShownDocument) -> shapes.ShownDocument:
    """A document with its statements."""
    return {
        "type": "document",
        **document_to_dict(shown.document),
        "made_by": shown.made_by,
        "statements": [quote_to_dict(quote) for quote in shown.quotes],
    }


def shown_statement_to_dict(shown: ShownStatement) -> shapes.ShownStatement:
    """A statement with its passage and why it was read so."""
    statement, passage = shown.quote.statement, shown.passage
    raw_span = [shown.raw_begin, shown.raw_end] if shown.raw_begin is not None and shown.raw_end is not None else None
    return {
        "type": "statement",
        **quote_to_dict(shown.quote),
        "passage": {"before": passage.before, "words": passage.words, "after": passage.after},
        "raw_span": raw_span,
        "claims": list(shown.claims),
        "because": [
            {"field": reason.field, "by": reason.by, "span": span_to_list(reason.span)} for reason in statement.because
        ],
        "made_by": statement.made_by,
    }


def event_to_dict(event: Event) -> shapes.Event:
    """Something that happened on a day."""
    return {
        "day": event.day,
        "kind": event.kind,
        "claim": event.claim_id,
        "text": event.text,
        "statement": quote_to_dict(event.quote) if event.quote else None,
    }


def diff_to_dict(diff: StatusDiff) -> shapes.StatusDiff:
    """How a claim changed its status."""
    return {
        "claim": diff.claim_id,
        "text": diff.text,
        "day": diff.day,
        "before": diff.before,
        "after": diff.after,
        "statements": list(diff.statements),
    }


def name_to_dict(name: Name) -> shapes.Name:
    """A name and how often it is borne."""
    return {"name": name.name, "named": name.named, "statements": name.statements}


def who_to_dict(who: Who) -> shapes.Who:
    """What a person or body is on record for."""
    return {
        "name": who.name,
        "names": [name_to_dict(name) for name in who.names],
        "stands": [
            {
                "claim": stand.claim_id,
                "text": stand.claim,
                "status": stand.status,
                "root": stand.position.root,
                "stance": stand.position.stance,
                "first": stand.position.first,
                "last": stand.position.last,
                "withdrawn": stand.position.withdrawn,
                "statements": list(stand.position.statements),
            }
            for stand in who.stands
        ],
        "changes": [line_change_to_dict(change) for change in who.changes],
        "statements": [quote_to_dict(quote) for quote in who.quotes],
    }


def line_change_to_dict(change: LineChange) -> shapes.LineChange:
    """Where a root took one side and later the other."""
    return {
        "claim": change.claim_id,
        "text": change.claim,
        "root": change.root,
        "before": change.before,
        "after": change.after,
        "day": change.day,
    }


def assessed_to_dict(assessed: Assessed) -> shapes.Assessed:
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


def _position(position: Position) -> shapes.BarePosition:
    return {
        "root": position.root,
        "named": position.named,
        "stance": position.stance,
        "first": position.first,
        "last": position.last,
        "statements": list(position.statements),
        "documents": list(position.documents),
        "via": [list(chain) for chain in position.via],
    }


def _statement(statement: Statement, content: str, cue: str) -> shapes.BareStatement:
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
        "polarity": statement.polarity,
        "certainty": statement.certainty,
        "act": statement.act,
        "said": {"date": said.date, "span": span_to_list(said.span)} if said else None,
        "kind": statement.kind,
        "confidence": round(statement.confidence, 4),
        "outer": statement.outer,
        "content_spans": spans_to_list(statement.content),
        "cue_spans": spans_to_list(statement.cue),
    }
