"""`onrecord timeline`: what happened when, to a claim or by a name."""

from __future__ import annotations

import click

from onrecord.cli.options import json_option, ledger_option
from onrecord.cli.output import STATUS_STYLES, describe_chain, make_console, styled, write_json
from onrecord.settings import Settings


@click.command("timeline")
@click.argument("claim_or_name", metavar="CLAIM|NAME")
@json_option
@ledger_option
def command(claim_or_name: str, as_json: bool, settings: Settings) -> int:
    """List, day by day, what was said of a claim (by its id) and how it came to stand; or what NAME said.

    \b
    Example:
      onrecord timeline "Dmitry Peskov"
    """
    from onrecord.ledger import open_ledger
    from onrecord.query import get_timeline

    events = get_timeline(open_ledger(settings.ledger_url, read_only=True), claim_or_name)
    if as_json:
        from onrecord.forms import event_to_dict

        write_json(event_to_dict(event) for event in events)
        return 0
    console = make_console()
    for event in events:
        day = (f"{event.day or 'no date':<10}  ", "cyan")
        if event.status:
            console.print(styled(day, ("now " + event.status.value, STATUS_STYLES[event.status])))
        elif event.quote:
            who, act = describe_chain(event.quote.statement), event.quote.statement.act.value
            console.print(
                styled(day, (who, "bold"), f" ({act}): {event.text}  ", (event.quote.page.outlet or "", "dim"))
            )
    return 0
