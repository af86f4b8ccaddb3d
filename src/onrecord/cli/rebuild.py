"""`onrecord rebuild`: decide all claims anew."""

from __future__ import annotations

import click

from onrecord.cli.options import json_option, ledger_option
from onrecord.cli.output import count, write_json
from onrecord.settings import Settings


@click.command("rebuild")
@json_option
@ledger_option
def command(as_json: bool, settings: Settings) -> int:
    """Throw away edges and claims, and make them again from the statements.

    \b
    Example:
      onrecord rebuild
    """
    from onrecord.ledger import open_ledger
    from onrecord.line import rebuild_claims
    from onrecord.query import count_all

    ledger = open_ledger(settings.ledger_url)
    for _ in rebuild_claims(ledger):
        pass
    counts = count_all(ledger)
    if as_json:
        write_json([{"documents": counts.documents, "statements": counts.statements, "claims": counts.claims}])
    else:
        click.echo(f"{count(counts.claims, 'claim')} from {count(counts.statements, 'statement')}")
    return 0
