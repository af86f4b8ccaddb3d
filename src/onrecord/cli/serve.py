"""`onrecord serve`: the pages and the API of a ledger in one process."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import ledger_option
from onrecord.errors import RunError
from onrecord.settings import Settings

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from onrecord.ledger import Ledger

PORT = 8040
THREADS = 8  # that read the ledger at once: below the 15 connections that a pool gives out
GRACE_SECONDS = 3  # for answers that are under way when the server is told to stop
LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"]


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0 takes any free one.")
@ledger_option
def command(host: str, port: int, settings: Settings) -> int:
    """Show the ledger in a browser, and answer programs under /api.

    \b
    Example:
      onrecord --ledger build/demo.sqlite serve
    """
    try:
        import uvicorn

        app = make_app(settings, host=host)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "onrecord":
            raise
        raise RunError(f'the pages need {error.name}: pip install "onrecord[web]"') from error
    with _listen(host, port) as listening:
        click.echo(f"onrecord is at {_name_address(listening)}  (Ctrl-C stops it)", err=True)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, timeout_graceful_shutdown=GRACE_SECONDS, server_header=False
        )
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])
    return 0


def make_app(settings: Settings, *, host: str = "127.0.0.1") -> Starlette:
    """Pages and API over the ledger of `settings`, which is made where there is none."""
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware
    from starlette.routing import Mount

    from onrecord.desk import Desk
    from onrecord.ledger import open_ledger
    from onrecord.web import make_pages

    desk = Desk(open_ledger(settings.ledger_url), settings)
    is_open = not is_loopback(host)
    # a name of our own address that another site made up must not open the ledger to it (DNS rebinding)
    trusted = [] if is_open else [Middleware(TrustedHostMiddleware, allowed_hosts=LOOPBACK_HOSTS)]
    return Starlette(
        routes=[Mount("/", make_pages(desk, is_gated=is_open))],
        middleware=trusted,
        lifespan=lambda _app: _alive(desk.ledger),
    )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@asynccontextmanager
async def _alive(ledger: Ledger) -> AsyncIterator[None]:
    from anyio.to_thread import current_default_thread_limiter

    current_default_thread_limiter().total_tokens = THREADS
    yield
    ledger.close()


def _listen(host: str, port: int) -> socket.socket:
    """A socket that is bound, so that a port that is taken is known before anything starts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host.strip("[]"), port), family=family, backlog=256)
    except OSError as error:
        reason = error.strerror or str(error)
        raise RunError(f"cannot listen on {host}:{port} ({reason}): name another with --port or --host") from error


def _name_address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
