"""`onrecord check`: does all evidence stand, word for word, in the raw pages?"""

from __future__ import annotations

from dataclasses import asdict

import click

from onrecord.cli.options import json_option, ledger_option
from onrecord.cli.output import clean_line, count, write_json
from onrecord.settings import Settings


@click.command("check")
@json_option
@ledger_option
def command(as_json: bool, settings: Settings) -> int:
    """Compare every span of every statement with the raw page that it was read from. Exit code 1 where one differs.

    \b
    Example:
      onrecord check
    """
    from onrecord.ledger import open_ledger
    from onrecord.query import iter_checked

    pages = spans = faults = 0
    for checked in iter_checked(open_ledger(settings.ledger_url, read_only=True)):
        pages, spans, faults = pages + 1, spans + checked.spans, faults + len(checked.faults)
        if as_json:
            write_json(asdict(fault) for fault in checked.faults)
        else:
            for fault in checked.faults:
                click.echo(f"{fault.document_id} {fault.statement_id or ''}: {clean_line(fault.what)}")
    if as_json:
        write_json([{"documents": pages, "spans": spans, "faults": faults}])
    else:
        click.echo(f"{count(pages, 'document')}, {count(spans, 'span')} of evidence, {count(faults, 'fault')}")
    return 1 if faults else 0
