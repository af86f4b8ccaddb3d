"""`onrecord read`: a page as the program sees it, before anything is extracted from it."""

from __future__ import annotations

from typing import Any

import click

from onrecord.cli.options import json_option, ledger_option, page_options
from onrecord.cli.output import clean_line, clean_text, make_console, styled, write_json
from onrecord.records import Document, Moment, Raw, Skipped
from onrecord.settings import Settings


@click.command("read")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@page_options
@json_option
@ledger_option
def command(
    files: tuple[str, ...], published: Moment | None, outlet: str | None, as_json: bool, settings: Settings
) -> int:
    """Show the cleaned text, the metadata, and what was left out and why.

    \b
    Example:
      onrecord read article.html
      onrecord read article.html --json
    """
    from onrecord.read import read_documents

    failed = 0
    for item in read_documents(files, published=published, outlet=outlet, settings=settings):
        if isinstance(item, Skipped):
            failed += 1
            click.echo(f"failed: {clean_line(item.source)}: {clean_line(item.reason)}", err=True)
        elif as_json:
            write_json([_to_dict(*item)])
        else:
            _show(*item)
    return 1 if failed else 0


def _to_dict(document: Document, raw: Raw) -> dict[str, Any]:
    from onrecord.forms import document_to_dict

    form: dict[str, Any] = {**document_to_dict(document)}
    raw_text = raw.content.decode(document.encoding, "replace")
    for leftover, made in zip(document.leftovers, form["leftovers"], strict=True):
        made["text"] = leftover.span.of(raw_text)
    return form


def _show(document: Document, raw: Raw) -> None:
    console = make_console()
    published = document.published
    for label, value in (
        ("title", document.title),
        ("published", f"{published.value} (known by {published.known_by or '?'})" if published else None),
        ("outlet", document.outlet),
        ("author", document.author),
        ("agency", document.agency),
        ("language", document.language),
    ):
        console.print(styled((f"{label:<10}", "dim"), value or "–"))
    console.print()
    console.print(clean_text(document.text), markup=False)
    if document.leftovers:
        raw_text = raw.content.decode(document.encoding, "replace")
        console.print()
        console.print(styled(("left out", "dim")))
        for leftover in document.leftovers:
            words = clean_line(leftover.span.of(raw_text))
            shown = words if len(words) <= 100 else words[:99] + "…"
            console.print(styled((f"  {leftover.reason:<18} ", "dim"), (shown, "dim")))
