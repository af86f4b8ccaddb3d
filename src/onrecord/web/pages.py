"""All pages of a ledger as one ASGI application."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from onrecord.errors import OnrecordError
from onrecord.ledger import Ledger
from onrecord.settings import Settings
from onrecord.web.add import show_add, take_page
from onrecord.web.assets import serve_asset
from onrecord.web.check import show_check
from onrecord.web.claim import show_claim
from onrecord.web.document import show_document, show_raw
from onrecord.web.faults import show_fault
from onrecord.web.ledger import show_changes, show_documents, show_ledger, show_names, show_statements
from onrecord.web.search import show_found
from onrecord.web.shield import Shield
from onrecord.web.site import Site
from onrecord.web.statement import show_statement
from onrecord.web.who import show_who

# path → the function that makes the page; a test opens every one of them
PAGES: dict[str, Callable[[Site, Request], Any]] = {
    "/": show_ledger,
    "/changes": show_changes,
    "/claims/{id}": show_claim,
    "/who": show_who,
    "/names": show_names,
    "/documents": show_documents,
    "/documents/{id}": show_document,
    "/documents/{id}/raw": show_raw,
    "/statements": show_statements,
    "/statements/{id}": show_statement,
    "/search": show_found,
    "/check": show_check,
    "/add": show_add,
}


def make_pages(ledger: Ledger, settings: Settings, *, can_add: bool = True) -> ASGIApp:
    """The pages of `ledger`. Without `can_add` they only show."""
    site = Site(ledger, settings, can_add)

    def fault(request: Request, error: Exception) -> Response:
        return show_fault(site, request, error)

    app = Starlette(
        routes=[
            Route("/static/{path:path}", serve_asset),
            *(Route(path, _bind(site, page)) for path, page in PAGES.items()),
            Route("/add", _bind(site, take_page), methods=["POST"]),
        ],
        exception_handlers={HTTPException: fault, OnrecordError: fault, Exception: fault},
    )
    # around everything, the answers to bugs included
    return Shield(app)


def _bind(site: Site, page: Callable[[Site, Request], Any]) -> Callable[[Request], Any]:
    if inspect.iscoroutinefunction(page):

        async def take(request: Request) -> Any:
            return await page(site, request)

        return take

    def show(request: Request) -> Any:
        return page(site, request)

    return show
