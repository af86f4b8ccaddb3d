"""Check a claim: what the ledger has on a sentence, then how the documents that come near stand to it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from onrecord.query import Assessed, find_claims
from onrecord.resolve.stance import Bearing
from onrecord.web.asking import read_text
from onrecord.web.site import Site

NEAREST = 5  # claims
DOCUMENTS = 8  # about a tenth of a second each
BEARINGS = {
    Bearing.DISAGREE: "Against it",
    Bearing.AGREE: "For it",
    Bearing.DISCUSS: "Report it, take no side",
}


def show_check(site: Site, request: Request) -> Response:
    """The form and, with a sentence, the claims next to it; documents where `documents` asks for them.

    Reading documents takes a second, so a browser with JavaScript asks for them after the claims.
    """
    text = read_text(request, "q")
    claims = find_claims(site.ledger, text, limit=NEAREST).items if text else ()
    assessed: dict[str, list[Assessed]] | None = None
    if text and "documents" in request.query_params:
        found = site.desk.assess(text, limit=DOCUMENTS)
        assessed = {
            label: [one for one in found if one.assessment.bearing is bearing] for bearing, label in BEARINGS.items()
        }
    return site.render(request, "check.html", text=text, claims=claims, assessed=assessed)
