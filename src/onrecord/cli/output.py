"""What goes to the terminal or into the pipe: JSON lines, or words that a page cannot abuse to steer a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.text import Text

from onrecord.query import Page, Quote
from onrecord.records import Claim, Position, Stance, Statement, Status

Item = TypeVar("Item")

# control characters, and those that turn the direction of writing, can make a terminal show what is not there
_UNSEEN = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_UNSEEN |= {ord("\n"): "\n", ord("\t"): " "}

STATUS_STYLES = {
    Status.DISPUTED: "bold red",
    Status.CONFIRMED: "bold green",
    Status.CORROBORATED: "green",
    Status.SINGLE_SOURCE: "yellow",
    Status.RETRACTED: "magenta",
}
STATUS_WIDTH = max(map(len, Status)) + 2
STANCE_STYLES = {Stance.ASSERTS: "green", Stance.DENIES: "red", Stance.DECLINES: "yellow", Stance.UNKNOWN: "dim"}


def make_console() -> Console:
    """Standard output; in a pipe without colours and with lines as long as they are."""
    terminal = sys.stdout.isatty()
    return Console(highlight=False, soft_wrap=not terminal, width=None if terminal else 10_000)


def clean_line(text: str) -> str:
    """On one line, without characters that a terminal would act on."""
    return " ".join(text.translate(_UNSEEN).split())


def clean_text(text: str) -> str:
    """As it is, without characters that a terminal would act on."""
    return text.translate(_UNSEEN)


def styled(*parts: str | tuple[str, str]) -> Text:
    """A line of plain and (words, style) parts; nothing in the words is read as markup."""
    pairs = [(part, "") if isinstance(part, str) else part for part in parts]
    return Text.assemble(*((words.translate(_UNSEEN).replace("\n", " "), style) for words, style in pairs))


def write_json(items: Iterable[Mapping[str, Any]]) -> None:
    """One object a line, each written as soon as it is there."""
    for item in items:
        click.echo(json.dumps(item, ensure_ascii=False))


def write_found(
    page: Page[Item],
    what: str,
    *,
    to_dict: Callable[[Item], Mapping[str, Any]] | None,
    describe: Callable[[Item], Iterable[Text]],
) -> None:
    """A page of what was found: as JSON lines where `to_dict` is given, else in words; where it goes on, or that
    there is no `what`, goes to standard error."""
    if to_dict is not None:
        write_json(to_dict(item) for item in page.items)
    else:
        console = make_console()
        for item in page.items:
            for line in describe(item):
                console.print(line)
    if page.cursor:
        click.echo(f"more: --cursor {page.cursor}", err=True)
    if not page.items:
        click.echo(f"no {what}", err=True)


def describe_chain(statement: Statement) -> str:
    """The chain in the order of hearing: whom the page cites → … → the root."""
    return " → ".join(link.name for link in statement.chain)


def describe_quote(quote: Quote) -> list[Text]:
    """A statement on three lines: who and when, what, where it stands."""
    statement = quote.statement
    manner = [statement.act.value]
    if statement.polarity.value != "positive":
        manner.append(statement.polarity.value)
    if statement.certainty.value not in {"certain", "unknown"}:
        manner.append(statement.certainty.value)
    where = ", ".join(part for part in (quote.page.outlet, quote.page.published) if part) or quote.page.address
    return [
        styled(
            (quote.day or "no date   ", "cyan"), "  ", (describe_chain(statement), "bold"), f"  ({', '.join(manner)})"
        ),
        styled("            ", quote.content),
        styled("            ", (f"{where}  {statement.id}", "dim")),
    ]


def describe_claim(claim: Claim) -> list[Text]:
    """A claim: how it stands, its words, how many say so, and a line for each position."""
    voices = f"{count(len(claim.documents), 'document')}, {count(claim.independent_roots, 'independent root')}"
    lines = [
        styled((claim.status.value.ljust(STATUS_WIDTH), STATUS_STYLES[claim.status]), (claim.text, "bold")),
        styled(" " * STATUS_WIDTH, (f"{voices}  {claim.id}", "dim")),
    ]
    for position in claim.positions:
        stance = position.stance.value + (", taken back" if position.withdrawn else "")
        parts = [describe_days(position.first, position.last), describe_via(position)]
        more = "  ".join(part for part in parts if part)
        lines.append(
            styled(
                " " * STATUS_WIDTH,
                (f"{stance:<9} ", STANCE_STYLES[position.stance]),
                position.root if position.named else f"{position.root} (unnamed)",
                (f"  {more}" if more else "", "dim"),
            )
        )
    return lines


def describe_days(first: str | None, last: str | None) -> str:
    """One day, or from the first to the last."""
    return " – ".join(dict.fromkeys(day for day in (first, last) if day))


def describe_via(position: Position) -> str:
    """Through whom a position was heard, at most three chains of it."""
    chains = [" → ".join(chain) for chain in position.via if chain]
    if not chains:
        return ""
    more = f" and {len(chains) - 3} more" if len(chains) > 3 else ""
    return f"via {'; '.join(chains[:3])}{more}"


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 page, 2 pages."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
