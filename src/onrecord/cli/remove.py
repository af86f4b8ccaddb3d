"""`onrecord remove`: take documents out, with everything that follows from them."""

from __future__ import annotations

import click

from onrecord.cli.options import json_option, ledger_option
from onrecord.cli.output import count, write_json
from onrecord.settings import Settings


@click.command("remove")
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT…")
@json_option
@ledger_option
def command(documents: tuple[str, ...], as_json: bool, settings: Settings) -> int:
    """Remove documents by id; claims stand as if they had never been in.

    \b
    Example:
      onrecord remove d4f1a2b3c4d5e6f7a8b9c
    """
    from onrecord.ledger import open_ledger
    from onrecord.line import remove_page

    ledger = open_ledger(settings.ledger_url)
    removed = {document for document in documents if remove_page(ledger, document)}
    missing = [document for document in documents if document not in removed]
    for document in missing:
        click.echo(f"failed: no document {document}", err=True)
    if as_json:
        write_json({"document": document, "removed": document in removed} for document in documents)
    else:
        click.echo(f"{count(len(removed), 'document')} removed")
    return 1 if missing else 0
