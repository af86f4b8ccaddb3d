"""A statement at its permanent address: its evidence, why it was read so, and how to cite it."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from onrecord.query import Quote, get_claims, get_document, get_raw_text, get_statement
from onrecord.records import Document, Reason, Span
from onrecord.web.marking import Block, mark_document
from onrecord.web.site import Site
from onrecord.web.words import show_day, show_name, trim_quotes

RAW_AROUND = 160  # characters of the raw page before and after the evidence
RAW_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Because:
    """A decision, what made it, and the words that it rests on."""

    field: str
    by: str
    words: str | None


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of the raw page with what stands around it."""

    before: str
    words: str
    after: str


def show_statement(site: Site, request: Request) -> Response:
    """One statement."""
    shown = get_statement(site.ledger, request.path_params["id"])
    quote = shown.quote
    document = get_document(site.ledger, quote.page.id).document
    with site.ledger.read() as connection:
        claims = get_claims(connection, shown.claims)
    raw = None
    if shown.raw_begin is not None and shown.raw_end is not None:
        raw = _cut_raw(get_raw_text(site.ledger, quote.page.id), shown.raw_begin, shown.raw_end)
    return site.render(
        request,
        "statement.html",
        shown=shown,
        quote=quote,
        statement=quote.statement,
        document=document,
        blocks=_find_blocks(document, quote),
        reasons=[_make_because(reason, document) for reason in quote.statement.because],
        claims=tuple(claims.values()),
        raw=raw,
        cite=_cite(quote, str(request.url.replace(query="", fragment=""))),
    )


def _find_blocks(document: Document, quote: Quote) -> list[Block]:
    """The paragraphs that the statement stands in, with this statement marked."""
    statement = quote.statement
    spans = [*statement.content, *statement.cue, *(link.span for link in statement.chain if link.span)]
    whole = Span(min(span.begin for span in spans), max(span.end for span in spans))
    blocks = [block for block in mark_document(document, [quote], "") if isinstance(block, Block)]
    return [block for block in blocks if Span(block.begin, block.end).overlaps(whole)]


def _make_because(reason: Reason, document: Document) -> Because:
    return Because(reason.field, reason.by, reason.span.of(document.text) if reason.span else None)


def _cut_raw(raw_text: str, begin: int, end: int) -> Cut:
    end = min(end, begin + RAW_LONGEST)
    return Cut(raw_text[max(0, begin - RAW_AROUND) : begin], raw_text[begin:end], raw_text[end : end + RAW_AROUND])


def _cite(quote: Quote, address: str) -> str:
    """The statement in one line: who, what, on whose word, where and when, and where to look it up."""
    *passed_on, root = [link.name for link in quote.statement.chain]
    said = f" ({show_day(quote.day)})" if quote.day else ""
    page = quote.page
    where = ", ".join(part for part in (page.outlet, f"“{page.title}”" if page.title else None) if part)
    via = "".join(f", as passed on by {name}" for name in reversed(passed_on))
    published = f", {show_day(page.published)}" if page.published else ""
    place = where or show_name(page.address)
    return f"{root}{said}: “{trim_quotes(quote.content)}”{via}, in {place}{published}. onrecord, {address}"
