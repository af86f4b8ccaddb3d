"""`onrecord token`: who may ask or change the ledger over the network."""

from __future__ import annotations

from dataclasses import asdict

import click

from onrecord.cli.options import json_option, ledger_option
from onrecord.cli.output import clean_line, write_json
from onrecord.errors import OnrecordError
from onrecord.settings import Settings


@click.group("token")
def command() -> None:
    """Let programs in: add, list and revoke tokens."""


@command.command("add")
@click.argument("name")
@click.option("--write", "can_write", is_flag=True, help="Its bearer may add and remove documents, too.")
@json_option
@ledger_option
def add(name: str, can_write: bool, as_json: bool, settings: Settings) -> int:
    """Make a token called NAME, after the program or person that gets it. It is shown this once.

    \b
    Example:
      onrecord token add newsroom --write
    """
    from onrecord.ledger import open_ledger
    from onrecord.ledger.tokens import add_token

    token = add_token(open_ledger(settings.ledger_url), name, can_write=can_write)
    if as_json:
        write_json([{"name": name, "can_write": can_write, "token": token}])
    else:
        click.echo(token)
        click.echo("keep it: it cannot be shown again", err=True)
    return 0


@command.command("list")
@json_option
@ledger_option
def show(as_json: bool, settings: Settings) -> int:
    """List the tokens, which does not tell what they are.

    \b
    Example:
      onrecord token list
    """
    from onrecord.ledger import open_ledger
    from onrecord.ledger.tokens import list_tokens

    tokens = list_tokens(open_ledger(settings.ledger_url, read_only=True))
    if as_json:
        write_json(asdict(token) for token in tokens)
    else:
        for token in tokens:
            click.echo(f"{clean_line(token.name)}  {'writes' if token.can_write else 'reads'}  {token.made_at}")
    if not tokens:
        click.echo("no tokens", err=True)
    return 0


@command.command("revoke")
@click.argument("name")
@json_option
@ledger_option
def revoke(name: str, as_json: bool, settings: Settings) -> int:
    """Let the token called NAME open nothing any more, from the next request on.

    \b
    Example:
      onrecord token revoke newsroom
    """
    from onrecord.ledger import open_ledger
    from onrecord.ledger.tokens import revoke_token

    if not revoke_token(open_ledger(settings.ledger_url), name):
        raise OnrecordError(f"there is no token {name!r}")
    if as_json:
        write_json([{"name": name, "revoked": True}])
    else:
        click.echo(f"{clean_line(name)} is revoked")
    return 0
