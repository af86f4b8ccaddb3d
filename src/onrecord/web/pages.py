"""All pages of a ledger as one ASGI application."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from onrecord.desk import Desk
from onrecord.errors import OnrecordError
from onrecord.ledger.dialects import SQLite
from onrecord.web.add import show_add, take_page
from onrecord.web.assets import serve_asset
from onrecord.web.check import show_check
from onrecord.web.claim import find_claim_version, show_claim
from onrecord.web.document import show_document, show_raw
from onrecord.web.faults import show_fault
from onrecord.web.kept import KeptPages, Version, find_ledger_version
from onrecord.web.ledger import show_changes, show_documents, show_ledger, show_names, show_statements
from onrecord.web.search import show_found
from onrecord.web.shield import Shield
from onrecord.web.site import Site, answer_again
from onrecord.web.statement import show_statement
from onrecord.web.who import show_who

Page = Callable[[Site, Request], Response]

# path → the function that makes the page; a test opens every one of them. Those asked for most are looked for first
PAGES: dict[str, Page] = {
    "/search": show_found,
    "/claims/{id}": show_claim,
    "/": show_ledger,
    "/changes": show_changes,
    "/who": show_who,
    "/names": show_names,
    "/documents": show_documents,
    "/documents/{id}": show_document,
    "/documents/{id}/raw": show_raw,
    "/statements": show_statements,
    "/statements/{id}": show_statement,
    "/check": show_check,
    "/add": show_add,
}


# those that are made of their address and the ledger alone; the others show totals, which may lag behind, or answer a
# key press, which hardly anybody asks for again: to keep such an answer takes a tenth of what it takes to make it
KEPT = {show_claim, show_who, show_names, show_document, show_raw, show_statements, show_statement}

# a few milliseconds each: to hand one to a thread and take it back costs as much again where all share a core
QUICK = {show_claim, show_found}


def make_pages(desk: Desk, *, can_add: bool = True) -> ASGIApp:
    """The pages of a ledger, for whoever reaches them. Without `can_add` they only show."""
    site = Site(desk, can_add)
    kept = KeptPages()

    def fault(request: Request, error: Exception) -> Response:
        return show_fault(site, request, error)

    async def take(request: Request) -> Response:
        return await take_page(site, request)

    app = Starlette(
        routes=[
            *(Route(path, _bind(site, page, kept if page in KEPT else None)) for path, page in PAGES.items()),
            Route("/static/{path:path}", serve_asset),
            Route("/add", take, methods=["POST"]),
        ],
        exception_handlers={HTTPException: fault, OnrecordError: fault, Exception: fault},
    )
    # around everything, the answers to bugs included
    return Shield(app)


def _bind(site: Site, page: Page, kept: KeptPages | None) -> Callable[[Request], Awaitable[Response]]:
    # a server may let us wait, a file does not
    is_quick = page in QUICK and isinstance(site.ledger.dialect, SQLite)

    async def show(request: Request) -> Response:
        if kept is None:
            made = page(site, request) if is_quick else await run_in_threadpool(page, site, request)
            return answer_again(request, made)
        asked = str(request.url)
        # looked up before the page is made: what is written meanwhile makes it stale. A claim has a version of its own
        version = None if page is show_claim and asked not in kept else find_ledger_version(site.ledger)
        found = kept.find(asked, ledger=version)
        if found is None:
            given = request, asked, version, kept
            found = make(*given) if is_quick else await run_in_threadpool(make, *given)
        return answer_again(request, found)

    def make(request: Request, asked: str, version: Version | None, kept: KeptPages) -> Response:
        own = find_claim_version(site, request) if page is show_claim and asked in kept else None
        found = kept.find(asked, ledger=version, own=own)
        if found is None:
            found = page(site, request)
            kept.keep(asked, found, ledger=version, own=getattr(request.state, "version", None))
        return found

    return show
