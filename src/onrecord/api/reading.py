"""Routes that read: everything that the pages show, as the forms of the command line's --json."""

from __future__ import annotations

from dataclasses import asdict
from importlib.metadata import version
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response
from typing_extensions import TypedDict

from onrecord import forms, query, shapes
from onrecord.api.answers import answer, answer_bytes, answer_page
from onrecord.api.asked import AsOf, Cursor, Id, Limit, Outlet, Since, Text, Until
from onrecord.api.problems import describe
from onrecord.asked import LONGEST, Day
from onrecord.ledger import Ledger
from onrecord.query import NotFoundError, Page
from onrecord.query.paging import LIMIT
from onrecord.records import Act, Status


class Health(TypedDict):
    """That the server answers, and its version."""

    status: Literal["ok"]
    version: str


def make_reading(ledger: Ledger) -> APIRouter:
    """The routes over `ledger`."""
    routes = APIRouter(prefix="/api", tags=["read"], responses=describe(422, 503))
    one, listing = describe(404), describe(400)

    @routes.get("/health", response_model=Health)
    def health(request: Request) -> Response:
        """Whether the server answers and the ledger opens."""
        with ledger.read():
            return answer(request, {"status": "ok", "version": version("onrecord")})

    @routes.get("/counts", response_model=query.Counts)
    def counts(request: Request) -> Response:
        """How many documents, statements, claims (by status) and failed pages there are."""
        return answer(request, asdict(query.count_all(ledger)))

    @routes.get("/claims", response_model=shapes.Listing[shapes.Claim], responses=listing)
    def claims(
        request: Request,
        text: Text = None,
        status: Annotated[Status | None, Query(description="Only claims that stand so.")] = None,
        by: Annotated[str | None, Query(description="Only with a position of this name.", max_length=LONGEST)] = None,
        outlet: Outlet = None,
        since: Since = None,
        until: Until = None,
        as_of: AsOf = None,
        limit: Limit = LIMIT,
        cursor: Cursor = None,
    ) -> Response:
        """Claims: with `text` the best match first, else the disputed ones first."""
        filters: dict[str, Any] = {"status": status, "by": by, "outlet": outlet, "since": since, "until": until}
        found = query.find_claims(ledger, text, **filters, as_of=as_of, cursor=cursor, limit=limit)
        return answer_page(request, found, forms.claim_in_full)

    @routes.get("/claims/{id}", response_model=shapes.ShownClaim, responses=one)
    def claim(request: Request, id: Id, as_of: AsOf = None) -> Response:  # noqa: A002
        """A claim with every statement that it rests on."""
        return answer(request, forms.shown_claim_to_dict(query.get_claim(ledger, id, as_of=as_of)))

    @routes.get("/statements", response_model=shapes.Listing[shapes.Statement], responses=listing)
    def statements(
        request: Request,
        text: Text = None,
        by: Annotated[str | None, Query(description="Name of the root, or part of it.", max_length=LONGEST)] = None,
        via: Annotated[str | None, Query(description="Name of another link.", max_length=LONGEST)] = None,
        act: Act | None = None,
        since: Since = None,
        until: Until = None,
        outlet: Outlet = None,
        document: Annotated[str | None, Query(description="Only of this document, by id.", max_length=100)] = None,
        min_confidence: Annotated[float, Query(ge=0, le=1)] = 0.0,
        limit: Limit = LIMIT,
        cursor: Cursor = None,
    ) -> Response:
        """Statements that hold all words of `text`, the latest first."""
        names: dict[str, Any] = {"by": by, "via": via, "act": act, "outlet": outlet, "document": document}
        days: dict[str, Any] = {"since": since, "until": until}
        found = query.find_statements(
            ledger, text, **names, **days, min_confidence=min_confidence, cursor=cursor, limit=limit
        )
        return answer_page(request, found, forms.quote_to_dict)

    @routes.get("/statements/{id}", response_model=shapes.ShownStatement, responses=one)
    def statement(request: Request, id: Id) -> Response:  # noqa: A002
        """A statement with its passage, its place in the raw page, and why it was read so."""
        return answer(request, forms.shown_statement_to_dict(query.get_statement(ledger, id)))

    @routes.get("/documents", response_model=shapes.Listing[shapes.Page], responses=listing)
    def documents(
        request: Request,
        text: Text = None,
        outlet: Outlet = None,
        language: Annotated[str | None, Query(description="An ISO 639-1 code.", max_length=20)] = None,
        since: Since = None,
        until: Until = None,
        limit: Limit = LIMIT,
        cursor: Cursor = None,
    ) -> Response:
        """Documents that hold all words of `text`, the latest first."""
        filters: dict[str, Any] = {"outlet": outlet, "language": language, "since": since, "until": until}
        found = query.find_documents(ledger, text, **filters, cursor=cursor, limit=limit)
        return answer_page(request, found, forms.page_to_dict)

    @routes.get("/documents/{id}", response_model=shapes.ShownDocument, responses=one)
    def document(request: Request, id: Id) -> Response:  # noqa: A002
        """A document as it was read, with its statements and leftovers."""
        return answer(request, forms.shown_document_to_dict(query.get_document(ledger, id)))

    raw_text: dict[int | str, Any] = {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}}

    @routes.get("/documents/{id}/raw", response_class=Response, responses=raw_text | describe(404))
    def raw(request: Request, id: Id) -> Response:  # noqa: A002
        """The page as it came in, decoded: what `raw_span` and the spans of leftovers point into."""
        content = query.get_raw_text(ledger, id).encode("utf-8", "replace")
        return answer_bytes(request, content, "text/plain")

    @routes.get("/names", response_model=list[shapes.Name])
    def names(
        request: Request,
        text: Text = None,
        named: Annotated[bool, Query(description="False for sources that are described, not named.")] = True,
        limit: Limit = LIMIT,
    ) -> Response:
        """Names that chains bear, the most frequent first; the last word of `text` may be cut short."""
        found = query.find_names(ledger, text, named=named, limit=limit)
        return answer(request, [forms.name_to_dict(name) for name in found])

    @routes.get("/outlets", response_model=list[query.Outlet])
    def outlets(request: Request, limit: Limit = LIMIT) -> Response:
        """The outlets, those with most documents first."""
        return answer(request, [asdict(outlet) for outlet in query.find_outlets(ledger, limit=limit)])

    @routes.get("/who", response_model=shapes.Who, responses=one)
    def who(
        request: Request,
        name: Annotated[str, Query(description="A name, or a part of one.", min_length=1, max_length=LONGEST)],
        limit: Limit = LIMIT,
    ) -> Response:
        """What a person or body is on record for, and where they changed their line."""
        found = query.find_who(ledger, name, limit=limit)
        if found is None:
            raise NotFoundError(f"nobody called {name} is on record")
        return answer(request, forms.who_to_dict(found))

    @routes.get("/timeline", response_model=list[shapes.Event], responses=one)
    def timeline(
        request: Request,
        of: Annotated[str, Query(description="A claim's id, or a name.", min_length=1, max_length=LONGEST)],
        limit: Limit = LIMIT,
    ) -> Response:
        """What happened when: to a claim, or by a name."""
        return answer(request, [forms.event_to_dict(event) for event in query.get_timeline(ledger, of, limit=limit)])

    @routes.get("/diff", response_model=shapes.Listing[shapes.StatusDiff], responses=listing)
    def diff(
        request: Request,
        since: Annotated[Day, Query(description="The first day, not included.")],
        until: Annotated[Day, Query(description="The last day, included.")],
        limit: Limit = LIMIT,
        cursor: Cursor = None,
    ) -> Response:
        """Claims whose status changed after the day `since` and up to the end of `until`."""
        found = query.find_diff(ledger, since, until, cursor=cursor, limit=limit)
        return answer_page(request, found, forms.diff_to_dict)

    @routes.get("/failed", response_model=shapes.Listing[query.Failed], responses=listing)
    def failed(request: Request, limit: Limit = LIMIT, cursor: Cursor = None) -> Response:
        """Pages that could not be taken in."""
        found: Page[query.Failed] = query.find_failed(ledger, cursor=cursor, limit=limit)
        return answer_page(request, found, asdict)

    @routes.get("/search", response_model=query.Found)
    def search(
        request: Request,
        text: Annotated[str, Query(description="Words; the last may be cut short.", max_length=LONGEST)],
        limit: Annotated[int, Query(description="How many of each kind.", ge=1, le=50)] = 5,
    ) -> Response:
        """Names, claims, statements and documents at once, as you type."""
        return answer(request, asdict(query.find_all(ledger, text, limit=limit)))

    return routes
