"""`onrecord who`: what a person or body is on record for, and where they changed their line."""

from __future__ import annotations

import click

from onrecord.cli.options import json_option, ledger_option
from onrecord.cli.output import STANCE_STYLES, STATUS_STYLES, describe_quote, make_console, styled, write_json
from onrecord.errors import OnrecordError
from onrecord.settings import Settings


@click.command("who")
@click.argument("name")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many at most.")
@json_option
@ledger_option
def command(name: str, limit: int, as_json: bool, settings: Settings) -> int:
    """Show the positions of NAME, changes of line, and what NAME said.

    \b
    Example:
      onrecord who "Dmitry Peskov"
    """
    from onrecord.ledger import open_ledger
    from onrecord.query import find_who

    who = find_who(open_ledger(settings.ledger_url, read_only=True), name, limit=limit)
    if who is None:
        raise OnrecordError(f"nobody called {name} is on record")
    if as_json:
        from onrecord.forms import who_to_dict

        write_json([who_to_dict(who)])
        return 0
    console = make_console()
    console.print(styled(("  ".join(f"{known.name} ({known.statements})" for known in who.names), "bold")))
    for stand in who.stands:
        position = stand.position
        days = " – ".join(dict.fromkeys(day for day in (position.first, position.last) if day)) or "no date"
        taken_back = ", taken back" if position.withdrawn else ""
        console.print(
            styled(
                (f"{position.stance.value + taken_back:<10}", STANCE_STYLES[position.stance]),
                f" {stand.claim}  ",
                (stand.status.value, STATUS_STYLES[stand.status]),
            )
        )
        console.print(styled("           ", (f"{position.root}, {days}  {stand.claim_id}", "dim")))
    for change in who.changes:
        line = f"changed line on {change.day or 'an unknown day'}: {change.before.value} → {change.after.value}"
        console.print(styled((line, "bold magenta"), f"  {change.root}: {change.claim}"))
    console.print()
    for quote in who.quotes:
        for described in describe_quote(quote):
            console.print(described)
    return 0
