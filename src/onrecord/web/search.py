"""Search as you type over names, claims, statements and documents; a page of its own without JavaScript."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from onrecord.query import find_all
from onrecord.web.asking import read_text
from onrecord.web.site import Site

AS_YOU_TYPE, ON_THE_PAGE = 4, 12  # of each kind


def show_found(site: Site, request: Request) -> Response:
    """What fits the words so far."""
    text = read_text(request, "q")
    is_panel = request.headers.get("hx-target") == "found"
    found = find_all(site.ledger, text or "", limit=AS_YOU_TYPE if is_panel else ON_THE_PAGE)
    template = "_found.html" if is_panel else "search.html"
    return site.render(request, template, text=text, found=found)
