"""Records to HTTP answers: JSON with an ETag, 304 for whoever has it already, a Link to the next page of a list."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from onrecord.query import Page

Item = TypeVar("Item")
CACHING = "private, no-cache"  # may be kept, but is asked for again


def answer(request: Request, form: object, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """`form` as JSON."""
    # half of a surrogate pair, which UTF-8 lacks, becomes its JSON escape
    content = json.dumps(form, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
    return answer_bytes(request, content, "application/json", status=status, headers=headers)


def answer_page(request: Request, page: Page[Item], to_form: Callable[[Item], Any]) -> Response:
    """A page of a list with the cursor of the next, in the body and as a Link header (RFC 8288)."""
    headers = {}
    if page.cursor:
        after = request.url.include_query_params(cursor=page.cursor)
        headers["Link"] = f'<{after.path}?{after.query}>; rel="next"'
    form = {"items": [to_form(item) for item in page.items], "cursor": page.cursor}
    return answer(request, form, headers=headers)


def answer_bytes(
    request: Request,
    content: bytes,
    media_type: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Bytes with their ETag; 304 where `If-None-Match` names it."""
    if status != 200:
        return Response(content, status, headers, media_type)
    tag = f'"{blake2b(content, digest_size=12).hexdigest()}"'
    tagged = {"ETag": tag, "Cache-Control": CACHING, **(headers or {})}
    if _is_known(tag, request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=tagged)
    return Response(content, status, tagged, media_type)


def _is_known(tag: str, known: str) -> bool:
    return known.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in known.split(","))
