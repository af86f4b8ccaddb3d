"""The report for people: what is disputed and by whom, what was taken back, what many repeat and one has said."""

from __future__ import annotations

from datetime import date

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from onrecord.cli.output import STANCE_STYLES, STATUS_STYLES, count, describe_via, styled
from onrecord.ledger import Ledger
from onrecord.query import Quote, ShownClaim, count_all, find_claims, get_claim
from onrecord.records import Claim, Position, Stance, Status

# what a reader on deadline looks for, in that order, and how many of each to show
SECTIONS = (
    (Status.DISPUTED, "Disputed", 5),
    (Status.RETRACTED, "Taken back", 3),
    (Status.CONFIRMED, "Confirmed", 3),
    (Status.CORROBORATED, "Corroborated", 5),
    (Status.SINGLE_SOURCE, "On the word of one", 5),
)
ORDER = (Stance.ASSERTS, Stance.DENIES, Stance.DECLINES, Stance.UNKNOWN)
POSITIONS = 8  # of one claim; those left out are counted


def print_report(ledger: Ledger, console: Console, *, as_of: str | None = None) -> None:
    """Print how the claims of the ledger stand, today or at the end of the day `as_of`."""
    counts = count_all(ledger)
    amounts = (
        count(counts.documents, "document"),
        count(counts.statements, "statement"),
        count(counts.claims, "claim"),
    )
    console.print(styled((", ".join(amounts), "bold"), f", as of {_in_words(as_of)}" if as_of else ""))
    for status, title, most in SECTIONS:
        page = find_claims(ledger, status=status, as_of=as_of, limit=most)
        if not page.items:
            continue
        console.print()
        total = "" if as_of else f"  {counts.by_status[status]:,}"
        console.print(styled((title.upper(), STATUS_STYLES[status]), (total, "dim")))
        for claim in page.items:
            console.print()
            _print_claim(claim, get_claim(ledger, claim.id), console)
        if page.cursor:
            console.print()
            console.print(styled("  ", (f"more: onrecord claims --status {status.value}", "dim")))


def _print_claim(claim: Claim, shown: ShownClaim, console: Console) -> None:
    _print_indented(console, 2, styled((claim.text, "bold")))
    _print_indented(console, 2, styled((_describe_voices(claim), "dim")))
    ordered = sorted(claim.positions, key=lambda p: (ORDER.index(p.stance), p.first or ""))
    width = max((len(_label(position)) for position in ordered), default=0)
    for position in ordered[:POSITIONS]:
        _print_position(position, shown, console, width=width)
    if len(ordered) > POSITIONS:
        _print_indented(console, 4, styled((f"and {count(len(ordered) - POSITIONS, 'position')} more", "dim")))
    _print_indented(console, 2, styled((f"onrecord show {claim.id}", "dim")))


def _print_position(position: Position, shown: ShownClaim, console: Console, *, width: int) -> None:
    name = position.root if position.named else f"{position.root} (unnamed)"
    days = " to ".join(dict.fromkeys(_in_words(day) for day in (position.first, position.last) if day))
    head = styled(
        (f"{_label(position):<{width}}  ", STANCE_STYLES[position.stance]),
        (name, "bold"),
        (f", {days}" if days else "", ""),
    )
    _print_indented(console, 4, head)
    via = describe_via(position)
    if via:
        _print_indented(console, 6 + width, styled((via, "dim")))
    quote = _find_evidence(position, shown)
    if quote:
        outlet = quote.page.outlet or quote.page.address
        _print_indented(
            console,
            6 + width,
            styled(("“", "dim"), (quote.content.strip("“”\"' "), "italic"), (f"” – {outlet}", "dim")),
        )


def _find_evidence(position: Position, shown: ShownClaim) -> Quote | None:
    """The statement to show for a position: one heard at first hand before those passed on, the earliest of them."""
    echoes, copies = set(shown.claim.echoes), set(shown.claim.copies)
    quotes = [shown.quotes[s] for s in position.statements if s in shown.quotes]
    return min(
        quotes,
        key=lambda quote: (
            quote.statement.id in echoes or quote.page.id in copies,
            len(quote.statement.chain),
            quote.day or "9999",
        ),
        default=None,
    )


def _describe_voices(claim: Claim) -> str:
    said = f"{count(len(claim.documents), 'document')}, {count(claim.independent_roots, 'independent voice')}"
    passed_on = [
        count(number, one, many)
        for number, one, many in ((len(claim.copies), "copy", "copies"), (len(claim.echoes), "echo", "echoes"))
        if number
    ]
    return f"{said} ({', '.join(passed_on)})" if passed_on else said


def _label(position: Position) -> str:
    return position.stance.value + (", taken back" if position.withdrawn else "")


def _in_words(day: str | None) -> str:
    """14 March 2022."""
    try:
        when = date.fromisoformat((day or "")[:10])
    except ValueError:
        return day or ""
    return f"{when.day} {when:%B %Y}"


def _print_indented(console: Console, indent: int, line: Text) -> None:
    console.print(Padding(line, (0, 0, 0, indent)) if console.is_terminal else Text(" " * indent) + line)
