"""`onrecord import`: what a batch has made into a ledger."""

from __future__ import annotations

import click

from onrecord.cli.options import json_option, ledger_option
from onrecord.cli.output import count, write_json
from onrecord.settings import Settings


@click.command("import")
@click.argument("batch", metavar="OUTPUT")
@json_option
@ledger_option
def command(batch: str, as_json: bool, settings: Settings) -> int:
    """Put the pages and claims of a finished batch into a ledger. Doing so again changes nothing.

    A ledger that held nothing takes the claims as they are; else they are decided anew over all its pages.

    \b
    Example:
      onrecord import march/ --ledger postgresql://me@server/news
    """
    from onrecord.batch import import_batch
    from onrecord.ledger import open_ledger
    from onrecord.query import count_all

    ledger = open_ledger(settings.ledger_url)
    added = present = failed = 0
    for imported in import_batch(ledger, batch):
        added, present, failed = added + imported.added, present + imported.present, failed + imported.skipped
    claims = count_all(ledger).claims
    if as_json:
        write_json([{"added": added, "present": present, "failed": failed, "claims": claims}])
    else:
        click.echo(f"{count(added, 'page')} added, {present:,} already there, {failed:,} failed")
        click.echo(f"{count(claims, 'claim')} in the ledger")
    return 1 if failed else 0
