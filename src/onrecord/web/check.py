"""Check a claim: what the ledger has on a sentence, evidence first."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from onrecord.query import find_claims, get_claim
from onrecord.web.asking import read_text
from onrecord.web.site import Site

NEAREST = 5


def show_check(site: Site, request: Request) -> Response:
    """The form and, with a sentence, the claims that come nearest to it."""
    text = read_text(request, "q")
    claims = find_claims(site.ledger, text, limit=NEAREST).items if text else ()
    best = get_claim(site.ledger, claims[0].id) if claims else None
    return site.render(request, "check.html", text=text, claims=claims, best=best)
