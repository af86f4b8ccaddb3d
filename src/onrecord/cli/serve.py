"""`onrecord serve`: the pages and the API of a ledger in one process."""

from __future__ import annotations

import gc
import ipaddress
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import ledger_option
from onrecord.errors import RunError
from onrecord.settings import Settings

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.types import ASGIApp, Receive, Scope, Send

    from onrecord.desk import Desk

PORT = 8040
THREADS = 8  # that read the ledger at once: below the 15 connections that a pool gives out
GRACE_SECONDS = 3  # for answers that are under way when the server is told to stop


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0 takes any free one.")
@ledger_option
def command(host: str, port: int, settings: Settings) -> int:
    """Show the ledger in a browser, and answer programs under /api.

    \b
    Example:
      onrecord serve --ledger build/demo.sqlite
    """
    try:
        import uvicorn

        app = make_app(settings, host=host)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "onrecord":
            raise
        raise RunError(f'the pages need {error.name}: pip install "onrecord[web]"') from error
    with listen(host, port) as listening:
        click.echo(f"onrecord is at {name_address(listening)}  (Ctrl-C stops it)", err=True)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, timeout_graceful_shutdown=GRACE_SECONDS, server_header=False
        )
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])
    return 0


def make_app(settings: Settings, *, host: str = "127.0.0.1") -> ASGIApp:
    """Pages and API over the ledger of `settings`, which is made where there is none."""
    from starlette.applications import Starlette

    from onrecord.api import Guard, make_api
    from onrecord.desk import Desk
    from onrecord.ledger import open_ledger
    from onrecord.web import make_pages

    desk = Desk(open_ledger(settings.ledger_url), settings)
    pages, api = make_pages(desk), make_api(desk)

    async def part(scope: Scope, receive: Receive, send: Send) -> None:
        of_api = scope["path"].startswith("/api/") or scope["path"] == "/openapi.json"
        await (api if of_api else pages)(scope, receive, send)

    guarded, lifetime = Guard(part, desk.ledger, loopback=is_loopback(host)), Starlette(lifespan=_alive(desk))

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await (lifetime if scope["type"] == "lifespan" else guarded)(scope, receive, send)

    return app


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _alive(desk: Desk) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    from anyio.to_thread import current_default_thread_limiter

    @asynccontextmanager
    async def alive(_app: Starlette) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = THREADS
        # what is loaded by now stays: the collector need not look at it again and again
        gc.collect()
        gc.freeze()
        yield
        desk.close()
        desk.ledger.close()

    return alive


def listen(host: str, port: int) -> socket.socket:
    """A socket that is bound, so that a port that is taken is known before anything starts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host.strip("[]"), port), family=family, backlog=256)
    except OSError as error:
        reason = error.strerror or str(error)
        raise RunError(f"cannot listen on {host}:{port} ({reason}): name another with --port or --host") from error
    # asyncio does this only for sockets that name their protocol; a body would wait 40 ms for its head to be confirmed
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
    return listening


def name_address(listening: socket.socket) -> str:
    """The URL that leads to it."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
