"""`onrecord retry`: try the failed pages again."""

from __future__ import annotations

import click

from onrecord.cli.add import report_pages
from onrecord.cli.options import json_option, ledger_option
from onrecord.settings import Settings


@click.command("retry")
@click.option("--quiet", is_flag=True, help="Only say what failed.")
@json_option
@ledger_option
def command(quiet: bool, as_json: bool, settings: Settings) -> int:
    """Add the pages that `onrecord failed` lists once more, with the date and outlet given at first.

    \b
    Example:
      onrecord retry
    """
    from onrecord.ledger import open_ledger
    from onrecord.line import retry_pages

    ledger = open_ledger(settings.ledger_url)
    outcomes = retry_pages(ledger, settings=settings)
    return report_pages(ledger, outcomes, settings=settings, quiet=quiet, as_json=as_json)
