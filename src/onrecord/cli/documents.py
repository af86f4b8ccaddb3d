"""`onrecord documents`: the pages in the ledger."""

from __future__ import annotations

import click
from rich.text import Text

from onrecord.cli.options import json_option, ledger_option, limit_options, since_until
from onrecord.cli.output import count, styled, write_found
from onrecord.query import PageHead
from onrecord.settings import Settings


@click.command("documents")
@click.argument("text", required=False)
@click.option("--outlet", metavar="NAME", help="Only of this outlet.")
@since_until
@limit_options
@json_option
@ledger_option
def command(
    text: str | None,
    outlet: str | None,
    since: str | None,
    until: str | None,
    limit: int,
    cursor: str | None,
    as_json: bool,
    settings: Settings,
) -> int:
    """List documents that hold all words of TEXT, the latest first.

    \b
    Example:
      onrecord documents Rostov --outlet "Union Press"
    """
    from onrecord.ledger import open_ledger
    from onrecord.query import find_documents

    ledger = open_ledger(settings.ledger_url, read_only=True)
    page = find_documents(ledger, text, outlet=outlet, since=since, until=until, cursor=cursor, limit=limit)
    from onrecord.forms import page_to_dict

    write_found(page, "documents", to_dict=page_to_dict if as_json else None, describe=_describe)
    return 0


def _describe(head: PageHead) -> list[Text]:
    """A document on two lines: day and title, where it stands."""
    day = (f"{head.published or 'no date':<10}  ", "cyan")
    parts = [head.outlet, count(head.statements or 0, "statement"), head.address, head.id]
    return [
        styled(day, (head.title or head.address, "bold")),
        styled("            ", ("  ".join(part for part in parts if part), "dim")),
    ]
