"""`onrecord mcp`: the ledger as tools for an assistant."""

from __future__ import annotations

from contextlib import suppress

import click

from onrecord.cli.options import ledger_option
from onrecord.errors import RunError
from onrecord.settings import Settings

PORT = 8041


@click.command("mcp")
@click.option("--http", is_flag=True, help="Listen on an address, instead of on standard input.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address, with --http.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0 takes any free one.")
@ledger_option
def command(http: bool, host: str, port: int, settings: Settings) -> int:
    """Let an assistant ask the ledger, with evidence in each answer. Nothing is written.

    An assistant starts this by itself (Model Context Protocol over standard input and output). With --http it answers
    at /mcp; on another address than this machine's own it then needs a token: onrecord token add NAME.

    \b
    Example:
      onrecord mcp --ledger march.sqlite
    """
    try:
        if http:
            _serve(settings, host, port)
        else:
            _speak(settings)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "onrecord":
            raise
        extras = "mcp,web" if http else "mcp"
        raise RunError(f'the tools need {error.name}: pip install "onrecord[{extras}]"') from error
    return 0


def _speak(settings: Settings) -> None:
    from onrecord.ledger import open_ledger
    from onrecord.mcp import make_server

    server = make_server(open_ledger(settings.ledger_url, read_only=True), settings)
    with suppress(KeyboardInterrupt):
        server.run("stdio")


def _serve(settings: Settings, host: str, port: int) -> None:
    import uvicorn

    from onrecord.api import Guard
    from onrecord.api.guard import TOOLS
    from onrecord.cli.serve import is_loopback, listen, name_address
    from onrecord.ledger import open_ledger
    from onrecord.mcp import make_server

    ledger = open_ledger(settings.ledger_url, read_only=True)
    # each answer stands for itself, so there is no session to keep
    app = make_server(ledger, settings).streamable_http_app(
        streamable_http_path=TOOLS, json_response=True, stateless_http=True, host=host
    )
    guarded = Guard(app, ledger, loopback=is_loopback(host))
    with listen(host, port) as listening:
        click.echo(f"onrecord's tools are at {name_address(listening)}{TOOLS[1:]}  (Ctrl-C stops it)", err=True)
        config = uvicorn.Config(guarded, log_level="warning", access_log=False, server_header=False)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])
