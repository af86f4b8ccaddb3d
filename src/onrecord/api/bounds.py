"""Bounds around the API: no body larger than a page may be, and headers that keep a browser from rendering answers."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.api.problems import HEADERS, make_problem


class Bounds:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, *, max_bytes: int) -> None:
        self.app = app
        self.max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is small enough; 413 for the rest, whether or not its length was said."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        received = 0
        refused = False
        refusal = f"A request may have {self.max_bytes:,} bytes (settings: max_page_bytes)."

        async def receive_bounded() -> Message:
            nonlocal received, refused
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.max_bytes:
                refused = True
                raise HTTPException(413, refusal)
            return message

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        async def send_bounded(message: Message) -> None:
            # whatever a route makes of half a body, the answer is below
            if not refused:
                await send_with_headers(message)

        length = Headers(scope=scope).get("content-length", "")
        if length.isdigit() and int(length) > self.max_bytes:
            await make_problem(413, refusal)(scope, receive, send_with_headers)
            return
        try:
            await self.app(scope, receive_bounded, send_bounded)
        except HTTPException:
            if not refused:
                raise
        if refused:
            await make_problem(413, refusal)(scope, receive, send_with_headers)
