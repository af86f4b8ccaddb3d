"""`onrecord failed`: pages that could not be taken in, and why."""

from __future__ import annotations

from dataclasses import asdict

import click

from onrecord.cli.options import json_option, ledger_option, limit_options
from onrecord.cli.output import clean_line, write_json
from onrecord.settings import Settings


@click.command("failed")
@limit_options
@json_option
@ledger_option
def command(limit: int, cursor: str | None, as_json: bool, settings: Settings) -> int:
    """List failed pages with the step, the reason and the number of tries.

    \b
    Example:
      onrecord failed
    """
    from onrecord.ledger import open_ledger
    from onrecord.query import find_failed

    page = find_failed(open_ledger(settings.ledger_url, read_only=True), cursor=cursor, limit=limit)
    if as_json:
        write_json(asdict(failed) for failed in page.items)
    else:
        for failed in page.items:
            tries = f", {failed.tries} times" if failed.tries > 1 else ""
            click.echo(
                f"{clean_line(failed.source)}: {clean_line(failed.reason)} ({failed.step}, {failed.last_tried}{tries})"
            )
    if page.cursor:
        click.echo(f"more: --cursor {page.cursor}", err=True)
    return 0
