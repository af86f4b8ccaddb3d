"""Bounds around the API: no body larger than a page may be, and headers that keep a browser from rendering answers."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.api.problems import make_problem

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class _TooLargeError(Exception):
    """More was sent than may be."""


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
        begun = False

        async def receive_bounded() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.max_bytes:
                raise _TooLargeError
            return message

        async def send_bounded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = make_problem(413, f"A request may have {self.max_bytes:,} bytes (settings: max_page_bytes).")
        length = Headers(scope=scope).get("content-length", "")
        if length.isdigit() and int(length) > self.max_bytes:
            await refusal(scope, receive, send_bounded)
            return
        try:
            await self.app(scope, receive_bounded, send_bounded)
        except _TooLargeError:
            if begun:
                raise
            await refusal(scope, receive, send_bounded)
