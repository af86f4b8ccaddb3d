"""Pages for what went wrong: what it was, and where to go from here."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord.errors import OnrecordError, RunError
from onrecord.query import CursorError, NotFoundError
from onrecord.web.site import Site

TITLES = {
    400: "That cannot be asked like this",
    403: "That is not allowed",
    404: "There is nothing here",
    405: "That cannot be done here",
    413: "That is too large",
    500: "Something broke",
    503: "The ledger does not answer",
}


def show_fault(site: Site, request: Request, error: Exception) -> Response:
    """The page for an error that a route raised."""
    status, detail = _explain(error)
    response = site.render(
        request, "fault.html", status_code=status, title=TITLES.get(status, "That did not work"), detail=detail
    )
    if isinstance(error, HTTPException) and error.headers:
        response.headers.update(error.headers)
    return response


def _explain(error: Exception) -> tuple[int, str]:
    if isinstance(error, HTTPException):
        known = error.status_code != 404 or error.detail != "Not Found"
        return error.status_code, error.detail if known else "No page has this address."
    if isinstance(error, NotFoundError):
        return 404, f"{_sentence(error)} It may have been removed, or the address may be cut short."
    if isinstance(error, CursorError):
        return 400, "This place in the list is gone. Begin the list again."
    if isinstance(error, RunError):
        return 503, _sentence(error)
    if isinstance(error, OnrecordError):
        return 400, _sentence(error)
    return 500, "The server's log says what it was. Nothing in the ledger was changed."


def _sentence(error: Exception) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."
