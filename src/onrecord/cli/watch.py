"""`onrecord watch`: follow feeds and sitemaps, and add what they name."""

from __future__ import annotations

from typing import Any

import click

from onrecord.cli.add import outcome_to_dict
from onrecord.cli.options import json_option, ledger_option
from onrecord.cli.output import clean_line, count, write_json
from onrecord.errors import RunError
from onrecord.settings import Settings


@click.command("watch")
@click.argument("feeds", nargs=-1, required=True, metavar="FEED…")
@click.option("--once", is_flag=True, help="Look once, add what is new, and end.")
@click.option(
    "--every",
    type=click.FloatRange(min=1),
    default=900,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait before looking again.",
)
@json_option
@ledger_option
def command(feeds: tuple[str, ...], once: bool, every: float, as_json: bool, settings: Settings) -> int:
    """Add the pages that feeds (RSS, Atom) and sitemaps name, now and whenever new ones appear, until stopped.

    Stop it at any time and start it again: what it knows of the feeds is in the ledger.

    \b
    Example:
      onrecord watch https://news.example/feed.xml
      onrecord watch https://news.example/sitemap.xml --once
    """
    from onrecord.ledger import open_ledger

    try:
        from onrecord.watch import watch_feeds
    except ModuleNotFoundError as error:
        raise RunError(f'watching feeds needs {error.name}: pip install "onrecord[crawl]"') from error

    failed = 0
    for event in watch_feeds(open_ledger(settings.ledger_url), feeds, settings=settings, every=every, once=once):
        form = _event_to_dict(event)
        failed += form["outcome"] == "failed"
        if as_json:
            write_json([form])
        else:
            click.echo(_describe(form), err=form["outcome"] == "failed")
    return 1 if failed else 0


def _event_to_dict(event: Any) -> dict[str, Any]:
    from onrecord.watch import Polled

    if not isinstance(event, Polled):
        return outcome_to_dict(event)
    if event.reason is not None:
        return {"outcome": "failed", "address": event.feed, "step": "poll", "reason": event.reason}
    return {"outcome": "polled", "address": event.feed, "new": event.new}


def _describe(form: dict[str, Any]) -> str:
    address = clean_line(form["address"])
    if form["outcome"] == "polled":
        return f"polled: {address}: {count(form['new'], 'new page')}"
    if form["outcome"] == "added":
        return f"added: {address}: {count(form['statements'], 'statement')}"
    return f"failed: {address}: {clean_line(form['reason'])}" if form["outcome"] == "failed" else f"present: {address}"
