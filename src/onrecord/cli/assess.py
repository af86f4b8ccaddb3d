"""`onrecord assess`: how documents stand to a claim that the user words."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from onrecord.cli.options import check_moment, json_option, ledger_option
from onrecord.cli.output import clean_line, describe_chain, make_console, styled, write_json
from onrecord.errors import DocumentError
from onrecord.records import Moment, Skipped
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.query import Assessed

WORDS = {"agree": "supports", "disagree": "disputes", "discuss": "reports", "unrelated": "unrelated"}
STYLES = {"agree": "bold green", "disagree": "bold red", "discuss": "yellow", "unrelated": "dim"}


@click.command("assess")
@click.argument("claim")
@click.argument("files", nargs=-1, metavar="[FILE…]")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="Documents of the ledger.")
@click.option("--all", "unrelated", is_flag=True, help="List documents of the ledger that are unrelated too.")
@click.option("--published", callback=check_moment, metavar="DATE", help="When FILEs were published that do not say.")
@json_option
@ledger_option
def command(
    claim: str,
    files: tuple[str, ...],
    limit: int,
    unrelated: bool,
    published: Moment | None,
    as_json: bool,
    settings: Settings,
) -> int:
    """Say of each FILE, or of the documents in the ledger that come nearest, whether it supports CLAIM, disputes it,
    reports it without taking a side, or is unrelated, with the sentences that show it and who says so in them.

    In place of CLAIM and FILE one JSONL(.gz) file may stand whose lines hold {"id", "text", "claims": [{"claim"}…]}:
    each line is written again with a "stance" (agree, disagree, discuss, unrelated) in each claim.

    \b
    Example:
      onrecord assess "Russia asked China for military equipment"
      onrecord assess "Russia asked China for military equipment" article.html --json
      onrecord assess pairs.jsonl.gz > stances.jsonl
    """
    if not files and os.path.isfile(claim):
        return _write_stances(claim, settings)
    assessed = (
        _iter_files(claim, files, published, settings) if files else _iter_ledger(claim, limit, unrelated, settings)
    )
    console, failed, found = make_console(), 0, 0
    for one in assessed:
        if isinstance(one, Skipped):
            failed += 1
            click.echo(f"failed: {clean_line(one.source)}: {clean_line(one.reason)}", err=True)
            continue
        found += 1
        if as_json:
            from onrecord.forms import assessed_to_dict

            write_json([assessed_to_dict(one)])
        else:
            for line in _describe(one):
                console.print(line)
    if not found and not files:
        click.echo("no document in the ledger speaks of it", err=True)
    return 1 if failed else 0


def _iter_files(
    claim: str, files: tuple[str, ...], published: Moment | None, settings: Settings
) -> Iterator[Assessed | Skipped]:
    from onrecord.line import assess_pages

    return assess_pages(claim, files, settings=settings, published=published)


def _iter_ledger(claim: str, limit: int, unrelated: bool, settings: Settings) -> Iterable[Assessed]:
    from onrecord.ledger import open_ledger
    from onrecord.query import assess_claim
    from onrecord.resolve.assess import make_assessor

    ledger = open_ledger(settings.ledger_url, read_only=True)
    assessor = make_assessor(threads=settings.threads)
    return assess_claim(ledger, claim, limit=limit, unrelated=unrelated, assessor=assessor)


def _describe(assessed: Assessed) -> Iterator[Text]:
    """How it stands and which document; each sentence word for word; who says what in it."""
    assessment, page = assessed.assessment, assessed.page
    stance = assessment.bearing.value
    where = ", ".join(part for part in (page.outlet, page.published) if part)
    head = f"{page.title or page.address}"
    share = f"  {assessment.chance:.0%}"
    yield styled((f"{WORDS[stance]:<10}", STYLES[stance]), (head, "bold"), (f"  {where}{share}  {page.id}", "dim"))
    for evidence in assessed.evidence:
        yield styled("          ", f"“{' '.join(evidence.words.split())}”")
        for quote in evidence.quotes:
            manner = quote.statement.act.value
            yield styled("            ", (f"{describe_chain(quote.statement)} ({manner}): {quote.content}", "dim"))


def _write_stances(file: str, settings: Settings) -> int:
    from onrecord.resolve.assess import make_assessor

    assessor = make_assessor(threads=settings.threads)
    failed = 0
    for number, line in enumerate(_iter_lines(file), 1):
        if not line.strip():
            continue
        try:
            row, text, claims = _read_row(line)
        except DocumentError as error:
            failed += 1
            click.echo(f"failed: {clean_line(file)}#{number}: {error}", err=True)
            write_json([{"id": None, "claims": [], "error": str(error)}])
            continue
        stances = [assessment.bearing.value for assessment in assessor.assess(text, claims)]
        made = [pair | {"stance": stance} for pair, stance in zip(row["claims"], stances, strict=True)]
        write_json([row | {"claims": made}])
    return 1 if failed else 0


def _iter_lines(file: str) -> Iterator[bytes]:
    try:
        with open(file, "rb") as raw:
            packed = raw.peek(2)[:2] == b"\x1f\x8b"
            yield from gzip.GzipFile(fileobj=raw) if packed else raw
    except (OSError, EOFError) as error:
        raise DocumentError(f"{file} cannot be read: {error}") from error


def _read_row(line: bytes) -> tuple[dict[str, Any], str, list[str]]:
    """The row, its text and the words of its claims. Raises DocumentError."""
    try:
        row = json.loads(line)
    except ValueError as error:
        raise DocumentError(f"no JSON: {error}") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise DocumentError('lacks a "text"; if FILE is an article, put the claim before it')
    claims = row.get("claims")
    if not isinstance(claims, list):
        raise DocumentError('lacks "claims": [{"claim": …}, …]')
    words = [pair.get("claim") if isinstance(pair, dict) else None for pair in claims]
    if not all(isinstance(word, str) for word in words):
        raise DocumentError('a claim lacks its "claim"')
    return row, row["text"], [word for word in words if isinstance(word, str)]
