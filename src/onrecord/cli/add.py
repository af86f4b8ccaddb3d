"""`onrecord add`: pages in, claims brought up to date, a summary."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from onrecord.cli.options import json_option, ledger_option, page_options
from onrecord.cli.output import clean_line, count, write_json
from onrecord.records import Moment, Skipped
from onrecord.settings import Settings


@click.command("add")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@page_options
@click.option("--again", is_flag=True, help="Read and extract pages anew that are in already.")
@click.option("--quiet", is_flag=True, help="Only say what failed.")
@json_option
@ledger_option
def command(
    paths: tuple[str, ...],
    published: Moment | None,
    outlet: str | None,
    again: bool,
    quiet: bool,
    as_json: bool,
    settings: Settings,
) -> int:
    """Add pages: files, folders, globs, archives, JSON lines, Parquet, addresses, or - for standard input.

    The address of a feed or a sitemap stands for the pages that it names, an archive for those that it holds.

    A page that is in already changes nothing. Whatever cannot be read is named, kept in the list of `onrecord failed`,
    and makes the exit code 1; all other pages still go in.

    \b
    Example:
      onrecord add articles/ dump.jsonl.gz
      onrecord add note.txt --published 2022-03-14 --outlet "The Capital Ledger"
      onrecord add https://news.example/feed.xml
    """
    from onrecord.ledger import open_ledger
    from onrecord.line import add_pages

    ledger = open_ledger(settings.ledger_url)
    outcomes = add_pages(ledger, paths, settings=settings, published=published, outlet=outlet, again=again)
    return report_pages(ledger, outcomes, settings=settings, quiet=quiet, as_json=as_json)


def report_pages(ledger: Any, outcomes: Iterator[Any], *, settings: Settings, quiet: bool, as_json: bool) -> int:
    """Show what becomes of each page while it goes in, then resolve and sum up. Gives the exit code."""
    from onrecord.line import Present, is_readable, resolve_along, resolve_pages
    from onrecord.query import count_all

    added = present = failed = statements = foreign = 0
    with _progress(hidden=quiet or as_json) as advance:
        for outcome in resolve_along(ledger, outcomes):
            if isinstance(outcome, Skipped):
                failed += 1
                if not as_json:
                    click.echo(f"failed: {clean_line(outcome.source)}: {clean_line(outcome.reason)}", err=True)
            elif isinstance(outcome, Present):
                present += 1
            else:
                added += 1
                statements += len(outcome.statements)
                foreign += not is_readable(outcome.document)
            if as_json:
                write_json([outcome_to_dict(outcome)])
            advance(f"{count(added, 'page')} added, {count(statements, 'statement')}")
    resolved = 0
    with _progress(hidden=quiet or as_json) as advance:
        for taken in resolve_pages(ledger):
            resolved += taken
            advance(f"{count(resolved, 'page')} resolved into claims")
    counts = count_all(ledger)
    if as_json:
        summary = {"added": added, "present": present, "failed": failed, "statements": statements}
        write_json([{"outcome": "summary", **summary, "claims": counts.claims}])
    elif not quiet:
        click.echo(f"{count(added, 'page')} added, {present:,} already there, {failed:,} failed")
        if foreign:
            click.echo(f"{count(foreign, 'page')} not in English, kept without statements")
        click.echo(f"{count(statements, 'new statement')}; {count(counts.claims, 'claim')} in the ledger")
    return 1 if failed else 0


def outcome_to_dict(outcome: Any) -> dict[str, Any]:
    """What became of a page, for --json."""
    from onrecord.line import Present

    if isinstance(outcome, Skipped):
        return {"outcome": "failed", "address": outcome.source, "step": outcome.step, "reason": outcome.reason}
    if isinstance(outcome, Present):
        return {"outcome": "present", "address": outcome.address, "document": outcome.document_id}
    document = outcome.document
    return {
        "outcome": "added",
        "address": document.address,
        "document": document.id,
        "statements": len(outcome.statements),
    }


@contextmanager
def _progress(*, hidden: bool) -> Iterator[Any]:
    """A line on a terminal that says how far we are; nothing in a pipe."""
    if hidden or not sys.stderr.isatty():
        yield lambda _text: None
        return
    from rich.console import Console
    from rich.status import Status

    with Status("reading…", console=Console(stderr=True)) as status:
        yield lambda text: status.update(text)
