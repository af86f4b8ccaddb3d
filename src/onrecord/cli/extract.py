"""`onrecord extract`: statements as JSON lines, no ledger touched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import click

from onrecord.cli.options import ledger_option, page_options
from onrecord.cli.output import clean_line, write_json
from onrecord.records import Document, Moment, Skipped
from onrecord.settings import Settings


@click.command("extract")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--verbatim", is_flag=True, help="FILE is JSONL(.gz) whose texts are taken as they are.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), metavar="P", help="Leave out less certain finds.")
@page_options
@click.option("--json", "_as_json", is_flag=True, help="JSON lines; there is no other form.")
@ledger_option
def command(
    files: tuple[str, ...],
    verbatim: bool,
    min_confidence: float | None,
    published: Moment | None,
    outlet: str | None,
    _as_json: bool,
    settings: Settings,
) -> int:
    """Write one JSON object for each statement of the pages.

    With --verbatim, FILE holds {"id", "text", "published"} a line, offsets refer to that text, and each line gives one
    line {"id", "statements"}, in order; one that cannot be read has an "error" and no statements.

    \b
    Example:
      onrecord extract article.html
      onrecord extract --verbatim articles.jsonl.gz > statements.jsonl
    """
    if min_confidence is not None:
        settings = replace(settings, min_confidence=min_confidence)
    failed = 0
    for line in (
        _iter_verbatim(files, published, settings) if verbatim else _iter_pages(files, published, outlet, settings)
    ):
        if "error" in line:
            failed += 1
            click.echo(f"failed: {clean_line(line.pop('source'))}: {clean_line(line['error'])}", err=True)
            if not verbatim:
                continue
        write_json([line])
    return 1 if failed else 0


def _iter_pages(
    files: tuple[str, ...], published: Moment | None, outlet: str | None, settings: Settings
) -> Iterator[dict[str, Any]]:
    from onrecord.forms import statement_to_dict
    from onrecord.line import extract_pages

    for page in extract_pages(files, settings=settings, published=published, outlet=outlet):
        if isinstance(page, Skipped):
            yield {"source": page.source, "error": page.reason}
            continue
        for statement in page.statements:
            yield {**statement_to_dict(statement, page.document)}


def _iter_verbatim(files: tuple[str, ...], published: Moment | None, settings: Settings) -> Iterator[dict[str, Any]]:
    from onrecord.extract import make_extractor
    from onrecord.forms import statement_to_scored
    from onrecord.line import extract_documents
    from onrecord.read import read_verbatim

    def documents() -> Iterator[Document | Skipped]:
        for file in files:
            try:
                for item in read_verbatim(file):
                    undated = isinstance(item, Document) and item.published is None
                    yield replace(item, published=published) if undated and isinstance(item, Document) else item
            except OSError as error:
                yield Skipped(file, "read", f"cannot be read: {error.strerror or error}")

    for page in extract_documents(documents(), make_extractor(settings)):
        if isinstance(page, Skipped):
            identifier = page.source.partition("#")[2] or None
            yield {"id": identifier, "statements": [], "error": page.reason, "source": page.source}
        else:
            yield {"id": page.document.id, "statements": [statement_to_scored(one) for one in page.statements]}
