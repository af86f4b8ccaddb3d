"""Routes that read new pages: add and remove (with a token that may write), extract and assess (nothing is kept)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

import anyio
from fastapi import APIRouter, Depends, Query, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from typing_extensions import TypedDict

from onrecord import forms, shapes
from onrecord.api.answers import answer
from onrecord.api.asked import Id
from onrecord.api.problems import Fault, describe, make_problem
from onrecord.asked import LONGEST, Day
from onrecord.desk import Desk, iter_upload, make_pasted
from onrecord.errors import DocumentError
from onrecord.ledger import Ledger
from onrecord.ledger.tokens import find_token
from onrecord.line import Added, Outcome, Present
from onrecord.query import NotFoundError, make_quote
from onrecord.records import Moment, Raw, Skipped

Result = TypeVar("Result")
WAITING = 16  # that may stand in line for the desk
FILES = 100  # in one request
BEARER = HTTPBearer(auto_error=False, description="`onrecord token add NAME --write` makes one.")
WebAddress = Annotated[str, Field(pattern="^https?://", max_length=2000)]


class Given(BaseModel):
    """What is known of a page beside what it says of itself."""

    model_config = ConfigDict(extra="forbid")

    title: str | None = Field(None, max_length=LONGEST)
    url: WebAddress | None = Field(None, description="Where the page is from.")
    published: Day | None = Field(None, description="The day it was published, where it does not say so.")
    outlet: str | None = Field(None, max_length=LONGEST, description="Its outlet, where it does not name it.")


class Passed(Given):
    """A text or an HTML page to read."""

    text: str = Field(min_length=1, description="The page, as text or as HTML.")


class Extracted(TypedDict):
    """A document as it was read, and its statements in order of the text."""

    document: shapes.Document
    statements: list[shapes.Statement]


class Taken(TypedDict):
    """What became of a page: `reason` says why it failed."""

    outcome: Literal["added", "present", "failed"]
    address: str
    document: str | None
    statements: int | None
    reason: str | None


# the form is read by hand, so that its size is bounded; this is what it may hold
ADDING = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "additionalProperties": False,
                    "anyOf": [{"required": ["text"]}, {"required": ["files"]}],
                    "properties": {
                        "text": {"type": "string", "minLength": 1, "pattern": r"\S"},
                        "files": {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": FILES,
                            "items": {"type": "string", "format": "binary"},
                        },
                        "title": {"type": "string", "maxLength": LONGEST},
                        "url": {"type": "string", "pattern": "^https?://", "maxLength": 2000},
                        "published": {"type": "string", "format": "date"},
                        "outlet": {"type": "string", "maxLength": LONGEST},
                    },
                }
            }
        },
    }
}


def make_writing(desk: Desk) -> APIRouter:
    """The routes over the ledger of `desk`."""
    routes = APIRouter(prefix="/api", tags=["write"], responses=describe(413, 422, 503))
    alone = _make_alone()
    writer = [Depends(make_writer_check(desk.ledger))]
    refused = describe(400, 401, 403)
    known: dict[int | str, dict[str, Any]] = {200: {"description": "All were in already.", "model": list[Taken]}}

    @routes.post(
        "/documents",
        response_model=list[Taken],
        status_code=201,
        responses=refused | known,
        openapi_extra=ADDING,
        dependencies=writer,
    )
    async def add_documents(request: Request) -> Response:
        """Add pages: a text, or files (HTML, text, JSON Lines; gzipped or not). Answers 200 where all were in."""
        limit = desk.settings.max_page_bytes
        async with request.form(max_files=FILES, max_fields=20, max_part_size=limit) as sent:
            texts = [(name, value) for name, value in sent.multi_items() if isinstance(value, str)]
            files = [value for name, value in sent.multi_items() if isinstance(value, UploadFile) and name == "files"]
            if len(texts) + len(files) < len(sent.multi_items()):
                raise HTTPException(422, "Files belong into the field `files`.")
            text, given = _read_fields(texts)
            raws = await run_in_threadpool(_read_raws, text, files, given, desk)
        if not raws:
            raise HTTPException(422, "Give a text, or files.")
        published = Moment(given.published, "given") if given.published else None
        outcomes = await alone(lambda: desk.add(raws, published=published, outlet=given.outlet))
        return _answer_outcomes(request, outcomes)

    @routes.delete(
        "/documents/{id}",
        status_code=204,
        responses=describe(401, 403, 404),
        response_class=Response,
        dependencies=writer,
    )
    async def remove_document(id: Id) -> Response:  # noqa: A002
        """Take a document out, with everything that follows from it."""
        if not await alone(lambda: desk.remove(id)):
            raise NotFoundError(f"no document {id}")
        return Response(status_code=204)

    @routes.post("/extract", response_model=Extracted, responses=describe(400))
    async def extract(request: Request, passed: Passed) -> Response:
        """Read a page and find its statements. Nothing is kept."""
        raw = make_pasted(passed.text, title=passed.title, url=passed.url)
        published = Moment(passed.published, "given") if passed.published else None
        made = await alone(lambda: desk.read(raw, published=published, outlet=passed.outlet))
        if isinstance(made, Skipped):
            raise DocumentError(made.reason)
        quotes = [forms.quote_to_dict(make_quote(statement, made.document)) for statement in made.statements]
        form: Extracted = {"document": forms.document_to_dict(made.document), "statements": quotes}
        return answer(request, form)

    @routes.get("/assess", response_model=list[shapes.Assessed])
    async def assess(
        request: Request,
        claim: Annotated[str, Query(description="A claim, as a sentence.", min_length=1, max_length=LONGEST)],
        limit: Annotated[int, Query(description="How many documents are looked at.", ge=1, le=50)] = 10,
        unrelated: Annotated[bool, Query(description="List those that turn out unrelated, too.")] = False,
    ) -> Response:
        """How the documents that come nearest stand to a claim: those against it first, then those for it."""
        found = await alone(lambda: desk.assess(claim, limit=limit, unrelated=unrelated))
        return answer(request, [forms.assessed_to_dict(one) for one in found])

    return routes


def make_writer_check(ledger: Ledger) -> Callable[..., Any]:
    """A dependency that lets only bearers of a token through that may write."""

    async def check(credentials: Annotated[HTTPAuthorizationCredentials | None, Security(BEARER)]) -> None:
        challenge = {"WWW-Authenticate": "Bearer"}
        if credentials is None:
            raise HTTPException(401, "This needs a token that may write: onrecord token add NAME --write", challenge)
        token = await run_in_threadpool(find_token, ledger, credentials.credentials)
        if token is None:
            raise HTTPException(401, "Nobody has this token, or it was revoked.", challenge)
        if not token.can_write:
            raise HTTPException(403, f"The token {token.name!r} may only read.")

    return check


def _make_alone() -> Callable[[Callable[[], Result]], Any]:
    """Runs one thing after the other in a thread of its own, so that readers keep theirs."""
    limiter = anyio.CapacityLimiter(1)

    async def alone(work: Callable[[], Result]) -> Result:
        if limiter.statistics().tasks_waiting >= WAITING:
            raise HTTPException(503, "Too many pages are waiting to be read.", {"Retry-After": "10"})
        return await anyio.to_thread.run_sync(work, limiter=limiter)

    return alone


def _read_fields(texts: list[tuple[str, str]]) -> tuple[str, Given]:
    from fastapi.exceptions import RequestValidationError
    from pydantic import ValidationError

    fields = dict(texts)
    text = fields.pop("text", "")
    if len(fields) + ("text" in dict(texts)) < len(texts):
        raise HTTPException(422, "A field was sent twice.")
    try:
        return text, Given.model_validate(fields)
    except ValidationError as error:
        faults = [{**one, "loc": ("body", *one["loc"])} for one in error.errors()]
        raise RequestValidationError(faults) from error


def _read_raws(text: str, files: list[UploadFile], given: Given, desk: Desk) -> list[Raw | Skipped]:
    raws: list[Raw | Skipped] = [make_pasted(text, title=given.title, url=given.url)] if text.strip() else []
    for file in files:
        raws += iter_upload(file.filename, file.file.read(), desk.settings)
    return raws


def _answer_outcomes(request: Request, outcomes: list[Outcome]) -> Response:
    taken = [_describe(outcome) for outcome in outcomes]
    if all(one["outcome"] == "failed" for one in taken):
        faults: list[Fault] = [{"at": one["address"], "detail": one["reason"] or ""} for one in taken]
        return make_problem(422, "None of it could be taken in.", errors=faults)
    added = [one["document"] for one in taken if one["outcome"] == "added"]
    headers = {"Location": f"/api/documents/{added[0]}"} if len(added) == 1 else {}
    return answer(request, taken, status=201 if added else 200, headers=headers)


def _describe(outcome: Outcome) -> Taken:
    if isinstance(outcome, Skipped):
        return _make_taken("failed", outcome.source, reason=outcome.reason)
    if isinstance(outcome, Present):
        return _make_taken("present", outcome.address, document=outcome.document_id)
    assert isinstance(outcome, Added)
    document = outcome.document
    return _make_taken("added", document.address, document=document.id, statements=len(outcome.statements))


def _make_taken(
    outcome: Literal["added", "present", "failed"],
    address: str,
    *,
    document: str | None = None,
    statements: int | None = None,
    reason: str | None = None,
) -> Taken:
    return {
        "outcome": outcome,
        "address": address,
        "document": document,
        "statements": statements,
        "reason": reason,
    }
