"""`onrecord diff`: what changed between two days."""

from __future__ import annotations

import click

from onrecord.cli.options import check_day, json_option, ledger_option, limit_options
from onrecord.cli.output import STATUS_STYLES, make_console, styled, write_json
from onrecord.settings import Settings


@click.command("diff")
@click.argument("since", callback=check_day)
@click.argument("until", callback=check_day)
@limit_options
@json_option
@ledger_option
def command(since: str, until: str, limit: int, cursor: str | None, as_json: bool, settings: Settings) -> int:
    """List claims that are new or changed their status after the day SINCE, up to the end of UNTIL.

    \b
    Example:
      onrecord diff 2022-03-13 2022-03-14
    """
    from onrecord.ledger import open_ledger
    from onrecord.query import find_diff

    page = find_diff(open_ledger(settings.ledger_url, read_only=True), since, until, cursor=cursor, limit=limit)
    if as_json:
        from onrecord.forms import diff_to_dict

        write_json(diff_to_dict(diff) for diff in page.items)
    else:
        console = make_console()
        for diff in page.items:
            before = (diff.before.value, STATUS_STYLES[diff.before]) if diff.before else ("new", "bold")
            after = (diff.after.value, STATUS_STYLES[diff.after])
            console.print(
                styled((diff.day, "cyan"), "  ", before, " → ", after, f"  {diff.text}  ", (diff.claim_id, "dim"))
            )
    if page.cursor:
        click.echo(f"more: --cursor {page.cursor}", err=True)
    if not page.items:
        click.echo("nothing changed", err=True)
    return 0
