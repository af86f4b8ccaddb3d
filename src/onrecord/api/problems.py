"""What went wrong, as RFC 9457 says it: application/problem+json with title, status and detail."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, NotRequired

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from typing_extensions import TypedDict

from onrecord.errors import DocumentError, OnrecordError, RunError
from onrecord.query import CursorError, NotFoundError

MEDIA_TYPE = "application/problem+json"

# what keeps a browser from rendering answers
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Fault(TypedDict):
    """One thing that is wrong with what was sent; `at` is a JSON pointer or the name of a parameter."""

    at: str
    detail: str


class Problem(TypedDict):
    """Why there is no answer (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: NotRequired[list[Fault]]


def describe(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a route answers with, for its description."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}


def make_problem(
    status: int, detail: str, *, errors: Sequence[Fault] = (), headers: Mapping[str, str] | None = None
) -> Response:
    """The answer that says so."""
    problem: Problem = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    if errors:
        problem["errors"] = list(errors)
    # half of a surrogate pair, which UTF-8 lacks, becomes its JSON escape
    content = json.dumps(problem, ensure_ascii=False).encode("utf-8", "backslashreplace")
    return Response(content, status, headers, MEDIA_TYPE)


async def answer_fault(_request: Request, error: Exception) -> Response:
    """The problem that an exception comes to."""
    if isinstance(error, RequestValidationError):
        faults: list[Fault] = [{"at": _find_place(one["loc"]), "detail": one["msg"]} for one in error.errors()]
        return make_problem(422, "What was sent cannot be understood.", errors=faults[:20])
    if isinstance(error, HTTPException):
        return make_problem(error.status_code, error.detail, headers=error.headers)
    if isinstance(error, NotFoundError):
        return make_problem(404, str(error))
    if isinstance(error, CursorError):
        return make_problem(400, str(error))
    if isinstance(error, DocumentError):
        return make_problem(422, f"the page cannot be taken in: {error}")
    if isinstance(error, RunError):
        return make_problem(503, str(error), headers={"Retry-After": "5"})
    if isinstance(error, OnrecordError):
        return make_problem(400, str(error))
    # Starlette answers this outside of every middleware
    return make_problem(500, "The server's log says what it was.", headers=HEADERS)


def _find_place(location: Sequence[int | str]) -> str:
    where, *path = location
    return "/" + "/".join(map(str, path)) if where == "body" else ".".join(map(str, path or [where]))
