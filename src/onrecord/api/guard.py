"""Who gets in: on loopback only our own names for it; on any other address only bearers of a token."""

from __future__ import annotations

import base64
import binascii

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from onrecord.api.problems import make_problem
from onrecord.ledger import Ledger
from onrecord.ledger.tokens import find_token

LOOPBACK_NAMES = {"localhost", "127.0.0.1", "[::1]"}
SAFE = {"GET", "HEAD", "OPTIONS"}
TOOLS = "/mcp"  # asked by POST, but there is nothing that they could change
# programs send the token as it is, a browser asks its user for it as the password of any name
CHALLENGE = 'Basic realm="onrecord", charset="UTF-8"'


class Guard:
    """ASGI middleware around pages, API and tools. `loopback` says that only this machine can reach them.

    Away from loopback everything needs a token, in `Authorization: Bearer` or as the password of `Basic`, and changes
    need one that may write. The API's own changes take none but a Bearer, which no foreign page can make a browser
    send.
    """

    def __init__(self, app: ASGIApp, ledger: Ledger, *, loopback: bool) -> None:
        self.app = app
        self.ledger = ledger
        self.loopback = loopback

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or refuse."""
        refusal = None
        if scope["type"] == "websocket":
            return
        if scope["type"] == "http":
            refusal = self._check_name(scope) if self.loopback else await self._check_token(scope)
        await (refusal or self.app)(scope, receive, send)

    def _check_name(self, scope: Scope) -> Response | None:
        # another site can give its own name our address, and would read the ledger as if it were its own
        host = Headers(scope=scope).get("host", "")
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        if name.lower() in LOOPBACK_NAMES:
            return None
        return _refuse(scope, 421, "This server is localhost, by no other name.")

    async def _check_token(self, scope: Scope) -> Response | None:
        given = read_token(Headers(scope=scope).get("authorization", ""))
        token = await run_in_threadpool(find_token, self.ledger, given) if given else None
        if token is None:
            detail = "This needs a token: onrecord token add NAME"
            return _refuse(scope, 401, detail, {"WWW-Authenticate": CHALLENGE})
        changes = scope["method"] not in SAFE and not _is_api(scope) and scope["path"] != TOOLS
        if changes and not token.can_write:
            return _refuse(scope, 403, f"The token {token.name!r} may only read.")
        return None


def read_token(authorization: str) -> str:
    """The token in the header, empty where there is none."""
    scheme, _, rest = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(rest, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _is_api(scope: Scope) -> bool:
    path: str = scope["path"]
    return path.startswith("/api/") or path == "/openapi.json"


def _refuse(scope: Scope, status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    if _is_api(scope):
        return make_problem(status, detail, headers=headers)
    return PlainTextResponse(detail + "\n", status, {"X-Content-Type-Options": "nosniff", **(headers or {})})
