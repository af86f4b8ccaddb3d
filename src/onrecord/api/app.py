"""The API as one ASGI application, which describes itself at /openapi.json."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import TypeAdapter
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from onrecord.api.bounds import Bounds
from onrecord.api.problems import Problem, answer_fault
from onrecord.api.reading import make_reading
from onrecord.api.writing import make_writing
from onrecord.desk import Desk
from onrecord.errors import OnrecordError

FORM_BYTES = 100_000  # what a request may hold beside its page
DESCRIPTION = """Who is on record for what, on whose word, since when, and who disputes it.

Lists come in pages: `cursor` leads to the next, and so does the `Link` header. Every answer has an `ETag`. What went
wrong is said as RFC 9457 has it."""


def make_api(desk: Desk) -> ASGIApp:
    """The routes under /api over the ledger of `desk`, and /openapi.json.

    Reading is open to whoever reaches it: `onrecord.api.guard` decides who does. Writing needs a token here, too.
    """
    # no pages to try things out on: FastAPI's load their scripts from a server of somebody else
    api = FastAPI(
        title="onrecord",
        version=version("onrecord"),
        description=DESCRIPTION,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    api.include_router(make_reading(desk.ledger))
    api.include_router(make_writing(desk))
    for kind in (HTTPException, RequestValidationError, OnrecordError, Exception):
        api.add_exception_handler(kind, answer_fault)
    described = _describe(api)
    api.add_api_route("/openapi.json", lambda: described, include_in_schema=False)
    # around everything, the answers to bugs included
    return Bounds(api, max_bytes=desk.settings.max_page_bytes + FORM_BYTES)


def _describe(api: FastAPI) -> dict[str, Any]:
    """OpenAPI with the problems' shape, and with objects that hold what they are said to hold and nothing else."""
    described = api.openapi()
    shapes: dict[str, Any] = described["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        shapes.pop(name, None)
    problem = TypeAdapter(Problem).json_schema(ref_template="#/components/schemas/{model}")
    shapes |= problem.pop("$defs", {})
    shapes["Problem"] = problem
    for shape in shapes.values():
        if shape.get("type") == "object" and "additionalProperties" not in shape:
            shape["additionalProperties"] = False
    return described
