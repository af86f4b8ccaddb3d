"""`onrecord documents`: the pages in the ledger."""

from __future__ import annotations

import click

from onrecord.cli.options import json_option, ledger_option, limit_options, since_until
from onrecord.cli.output import count, make_console, styled, write_json
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
    if as_json:
        from onrecord.forms import page_to_dict

        write_json(page_to_dict(head) for head in page.items)
    else:
        console = make_console()
        for head in page.items:
            day = (f"{head.published or 'no date':<10}  ", "cyan")
            console.print(styled(day, (head.title or head.address, "bold")))
            parts = [head.outlet, count(head.statements or 0, "statement"), head.address, head.id]
            console.print(styled("            ", ("  ".join(part for part in parts if part), "dim")))
    if page.cursor:
        click.echo(f"more: --cursor {page.cursor}", err=True)
    if not page.items:
        click.echo("no documents", err=True)
    return 0
