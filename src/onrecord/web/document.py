"""A document as it was read, every statement marked; and the raw page, at the same place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from onrecord.query import ShownDocument, get_document, get_raw_text
from onrecord.read import find_raw_span
from onrecord.records import Span
from onrecord.web.asking import read_offset
from onrecord.web.marking import mark_document
from onrecord.web.site import Site

WINDOW = 20_000  # characters of the raw page at once
LEAD = 1_500  # of them before the place that was asked for


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of the raw page: before, at and after the place that was asked for; offsets of its ends."""

    before: str
    words: str
    after: str
    begin: int
    end: int
    total: int


def show_document(site: Site, request: Request) -> Response:
    """The article with its statements."""
    shown = get_document(site.ledger, request.path_params["id"])
    raw_text = get_raw_text(site.ledger, shown.document.id)
    return render_document(site, request, shown, raw_text, is_kept=True)


def render_document(
    site: Site, request: Request, shown: ShownDocument, raw_text: str, *, is_kept: bool, pasted: Mapping[str, str] = {}
) -> Response:
    """The page of a document, in the ledger (`is_kept`) or only read; `pasted` is the form that adds it after all."""
    blocks = mark_document(shown.document, shown.quotes, raw_text)
    return site.render(
        request,
        "document.html",
        shown=shown,
        document=shown.document,
        quotes=shown.quotes,
        blocks=blocks,
        is_kept=is_kept,
        pasted=pasted,
        is_new="new" in request.query_params,
    )


def show_raw(site: Site, request: Request) -> Response:
    """The page as it came in; `from` and `to` are offsets of the article's text, `at` one of the raw text."""
    shown = get_document(site.ledger, request.path_params["id"])
    raw_text = get_raw_text(site.ledger, shown.document.id)
    place = Span(read_offset(request, "from"), read_offset(request, "to"))
    found = find_raw_span(shown.document.origin, place) if len(place) > 0 else None
    at = read_offset(request, "at")
    if found is None and "at" in request.query_params:
        found = Span(at, max(at, read_offset(request, "until")))
    window = _open_window(raw_text, found or Span(0, 0))
    return site.render(request, "raw.html", document=shown.document, size=shown.raw_size, window=window)


def _open_window(raw_text: str, place: Span) -> Window:
    total = len(raw_text)
    at = min(place.begin, total)
    until = min(max(at, place.end), total, at + WINDOW)
    begin = max(0, at - LEAD)
    end = min(total, max(begin + WINDOW, until))
    return Window(raw_text[begin:at], raw_text[at:until], raw_text[until:end], begin, end, total)
