"""`onrecord show`: one statement, claim or document with its evidence in context."""

from __future__ import annotations

import click
from rich.console import Console

from onrecord.cli.options import json_option, ledger_option
from onrecord.cli.output import (
    STATUS_STYLES,
    clean_text,
    describe_chain,
    describe_claim,
    describe_quote,
    make_console,
    styled,
    write_json,
)
from onrecord.query import ShownClaim, ShownDocument, ShownStatement
from onrecord.settings import Settings


@click.command("show")
@click.argument("an_id", metavar="ID")
@json_option
@ledger_option
def command(an_id: str, as_json: bool, settings: Settings) -> int:
    """Show what has this id; the first characters of an id are enough where they fit one thing only.

    \b
    Example:
      onrecord show c4f1a2
    """
    from onrecord.ledger import open_ledger
    from onrecord.query import get_shown

    shown = get_shown(open_ledger(settings.ledger_url, read_only=True), an_id)
    if as_json:
        from onrecord.forms import shown_to_dict

        write_json([shown_to_dict(shown)])
        return 0
    console = make_console()
    if isinstance(shown, ShownClaim):
        _print_claim(shown, console)
    elif isinstance(shown, ShownDocument):
        _print_document(shown, console)
    else:
        _print_statement(shown, console)
    return 0


def _print_claim(shown: ShownClaim, console: Console) -> None:
    claim = shown.claim
    for line in describe_claim(claim):
        console.print(line)
    if len(claim.variants) > 1:
        console.print(styled(("also worded", "dim")))
        for variant in claim.variants:
            console.print(styled("  ", variant))
    console.print(styled(("history", "dim")))
    for change in claim.history:
        console.print(
            styled("  ", (change.day or "no date", "cyan"), "  ", (change.status.value, STATUS_STYLES[change.status]))
        )
    copies, echoes = set(claim.copies), set(claim.echoes)
    for position in claim.positions:
        console.print(styled((f"{position.stance.value}: {position.root}", "bold")))
        for statement_id in position.statements:
            quote = shown.quotes.get(statement_id)
            if quote is None:
                continue
            for line in describe_quote(quote):
                console.print(styled("  ") + line)
            if quote.page.id in copies:
                console.print(styled("              ", ("a copy of another document", "dim italic")))
            elif statement_id in echoes:
                console.print(styled("              ", ("an echo of another report", "dim italic")))


def _print_document(shown: ShownDocument, console: Console) -> None:
    document = shown.document
    console.print(styled((document.title or document.address, "bold")))
    published = document.published.value if document.published else None
    parts = [document.outlet, published, document.author, document.address, document.id]
    console.print(styled(("  ".join(part for part in parts if part), "dim")))
    console.print()
    console.print(clean_text(document.text), markup=False)
    console.print()
    for quote in shown.quotes:
        for line in describe_quote(quote):
            console.print(line)


def _print_statement(shown: ShownStatement, console: Console) -> None:
    quote, passage = shown.quote, shown.passage
    for line in describe_quote(quote):
        console.print(line)
    console.print()
    console.print(styled((passage.before + " ", "dim"), (passage.words, "bold"), (" " + passage.after, "dim")))
    console.print()
    statement = quote.statement
    said = statement.said.date if statement.said else "not in the text"
    for label, value in (
        ("chain", describe_chain(statement)),
        ("cue", quote.cue or "–"),
        ("said", said),
        ("kind", statement.kind.value),
        ("confidence", f"{statement.confidence:.2f}"),
        ("page", quote.page.title or quote.page.address),
        ("raw", f"characters {shown.raw_begin}–{shown.raw_end}" if shown.raw_begin is not None else "–"),
        ("claims", ", ".join(shown.claims) or "–"),
        ("made by", statement.made_by),
    ):
        console.print(styled((f"{label:<11}", "dim"), value))
    for reason in statement.because:
        console.print(styled((f"{reason.field:<11}", "dim"), ("because of ", "dim"), reason.by))
