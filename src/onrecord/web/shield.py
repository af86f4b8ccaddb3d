"""What stands between a page and hostile text or a hostile site: headers on every answer, same origin for changes."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # not "no-referrer": a browser would then hide from us, too, which site our own forms are sent from
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
RAW_HEADERS = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
SAFE = {"GET", "HEAD", "OPTIONS"}


class Shield:
    """ASGI middleware. A change that another site's page sent is refused: browsers say where a request is from."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse or pass on, with the headers added."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_shielded(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = message.get("headers", ())
                named = {name for name, _ in given}
                message["headers"] = [*given, *(header for header in RAW_HEADERS if header[0] not in named)]
            await send(message)

        if scope["method"] not in SAFE and not is_same_origin(Headers(scope=scope)):
            refused = PlainTextResponse("This form was sent from another site.\n", 403)
            await refused(scope, receive, send_shielded)
            return
        await self.app(scope, receive, send_shielded)


def is_same_origin(headers: Headers) -> bool:
    """Whether a browser sent this from one of our own pages; programs, which say neither, pass."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in {"same-origin", "none"}:
        return False
    return origin is None or origin.partition("://")[2] == headers.get("host", "")
