"""`onrecord export`: the ledger in the formats of other programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from onrecord.cli.options import ledger_option, since_until
from onrecord.cli.output import count
from onrecord.export import FORMATS, STANDARD_OUTPUT
from onrecord.settings import Settings


@click.command("export")
@click.option("--format", "name", type=click.Choice(list(FORMATS)), required=True, help="What to write.")
@click.option("--output", metavar="PATH", required=True, help="A file, or a folder for csv, parquet and brat.")
@click.option("--outlet", metavar="NAME", help="Only documents of this outlet.")
@since_until
@click.option("--force", is_flag=True, help="Replace an export that is there already.")
@click.option("--quiet", is_flag=True, help="Only say what went wrong.")
@ledger_option
def command(
    name: str,
    output: str,
    outlet: str | None,
    since: str | None,
    until: str | None,
    force: bool,
    quiet: bool,
    settings: Settings,
) -> int:
    """Write documents, statements and claims for another program.

    \b
    csv            five tables for spreadsheets             a folder
    parquet        the same, typed, for DuckDB and others   a folder
    jsonl          every record, complete, one a line       a file
    webannotation  W3C Web Annotation                       a file
    jsonld         schema.org Quotation and Claim           a file
    ftm            FollowTheMoney entities, one a line      a file
    brat           brat standoff                            a folder

    --since, --until and --outlet choose documents; the claims that stand in them come whole. PATH may be - for a
    format that is one file. Nothing is replaced without --force.

    \b
    Example:
      onrecord export --format csv --output tables
      onrecord export --format ftm --output - --since 2022-03-13 | ftm validate
    """
    from onrecord.export import export_ledger
    from onrecord.ledger import open_ledger
    from onrecord.query.walk import Cut

    ledger = open_ledger(settings.ledger_url, read_only=True)
    with _progress(hidden=quiet) as progress:
        documents, claims = export_ledger(
            ledger, name, output, cut=Cut(since, until, outlet), force=force, progress=progress
        )
    if not quiet and output != STANDARD_OUTPUT:
        of_claims = f" and {count(claims, 'claim')}" if FORMATS[name].claims else ""
        click.echo(f"{count(documents, 'document')}{of_claims} written to {output}")
    return 0


@contextmanager
def _progress(*, hidden: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal; nothing in a pipe."""
    if hidden or not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("writing", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
