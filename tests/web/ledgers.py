"""A small ledger for the pages' tests, with the same words put into every field that a page may show."""

from __future__ import annotations

from pathlib import Path

from onrecord.ledger import Ledger, open_ledger, rows, schema
from onrecord.ledger.claims import write_claims
from onrecord.query import find_statements
from onrecord.records import (
    Act,
    Claim,
    Edge,
    Heading,
    Leftover,
    Moment,
    Polarity,
    Position,
    Raw,
    Reason,
    Relation,
    Run,
    Skipped,
    Source,
    Span,
    Stance,
    Status,
    StatusChange,
)
from tests.factories import find_span, make_document, make_statement

ADVERT = "ADVERT"


def make_ledger(path: Path, salt: str = "salt") -> Ledger:
    """Four pages (a report, its copy, an echo, a denial) and two claims; every free text holds `salt`."""
    ledger = open_ledger(path)
    asked, copied, echoed, denied = (_write_page(ledger, nth, salt) for nth in range(4))
    quotes = {(quote.page.id, quote.content): quote for quote in find_statements(ledger).items}

    def ids(page: str, words: str) -> tuple[str, ...]:
        return tuple(q.statement.id for (of, content), q in quotes.items() if of == page and words in content)

    said = f"Eastland had asked for equipment {salt}"
    reports = [ids(page, said)[0] for page in (asked, copied, echoed, denied)]
    letter = ids(asked, "seen the letter")

    def position(root: str, stance: Stance, day: str, statements: tuple[str, ...], pages: tuple[str, ...]) -> Position:
        back = stance is Stance.ASSERTS and root.startswith("Minister")
        return Position("c-asked", root, root[0].isupper(), stance, statements, pages, day, day, back)

    claims = [
        Claim(
            "c-asked",
            said,
            Status.DISPUTED,
            (
                position(
                    f"officials {salt}", Stance.ASSERTS, "2022-03-13", tuple(reports[:3]), (asked, copied, echoed)
                ),
                position(f"Minister {salt}", Stance.ASSERTS, "2022-03-13", letter, (asked,)),
                position(f"Anna {salt}", Stance.DENIES, "2022-03-16", (reports[3],), (denied,)),
                position(f"Bureau {salt}", Stance.DECLINES, "2022-03-16", letter, (denied,)),
                position(f"Press {salt}", Stance.UNKNOWN, "2022-03-16", letter, (denied,)),
            ),
            1,
            (asked, copied, echoed, denied),
            variants=(f"Eastland had asked for ten planes {salt}",),
            history=(
                StatusChange("2022-03-13", Status.SINGLE_SOURCE, (reports[0],)),
                StatusChange("2022-03-16", Status.DISPUTED, (reports[0], reports[3])),
            ),
            copies=(copied,),
            echoes=(reports[2],),
        ),
        Claim(
            "c-letter",
            f"Officials have seen the letter {salt}",
            Status.SINGLE_SOURCE,
            (Position("c-letter", f"Anna {salt}", True, Stance.ASSERTS, letter, (asked,), "2022-03-17", "2022-03-17"),),
            1,
            (asked,),
            history=(StatusChange("2022-03-17", Status.SINGLE_SOURCE, letter),),
        ),
    ]
    with ledger.write() as connection:
        write_claims(ledger.dialect, connection, claims)
    _write_copy(ledger, copied, asked)
    ledger.write_skipped(Skipped(f"{salt}.html", "read", f"broken {salt}"))
    return ledger


def _write_page(ledger: Ledger, nth: int, salt: str) -> str:
    title, said = f"Talks {nth} {salt}", f"Eastland had asked for equipment {salt}"
    source = f"Officials {salt}" if nth < 3 else f"Anna {salt}"
    lead = f"{source} told the Courier {salt} on Monday that {said}, near the harbour."
    text = f"{title}\n\n{lead}\n\n“We have seen the letter {salt}”, one of them wrote.\n\nNobody else spoke {salt}.\n"
    raw_text = f"{title}\n\n{ADVERT} {salt}\n\n" + text.partition("\n\n")[2]
    address = f"pages/{nth}-{salt.replace('/', '|')}.txt"
    shift = len(raw_text) - len(text)
    head = Span(0, len(title) + 2)
    origin = (Run(head, head), Run(Span(head.end, len(text)), Span(head.end + shift, len(raw_text))))
    document = make_document(
        text,
        address=address,
        title=title,
        outlet=f"Post {nth} {salt}",
        author=f"By {salt}",
        agency=f"Wire {salt}",
        published=Moment(f"2022-03-1{3 + nth}", "given"),
        headings=(Heading(Span(0, len(title)), 1),),
        leftovers=(Leftover(find_span(raw_text, f"{ADVERT} {salt}"), f"advert {salt}"),),
        origin=origin,
    )
    cue = find_span(text, "told")
    statements = [
        make_statement(
            document,
            said,
            chain=(
                *([Source(None, f"The Echo {salt}", True, f"paper {salt}")] if nth == 2 else []),
                Source(find_span(text, source), f"officials {salt}" if nth < 3 else source, nth == 3, f"role {salt}"),
            ),
            cue="told",
            addressee=Source(find_span(text, f"Courier {salt}"), f"Courier {salt}", True),
            because=(Reason("act", f"table {salt}", cue), Reason("polarity", f"rule {salt}")),
            polarity=Polarity.NEGATIVE if nth == 3 else Polarity.POSITIVE,
            act=Act.DENY if nth == 3 else Act.ASSERT,
            made_by=f"test {salt}",
        ),
        make_statement(
            document, f"We have seen the letter {salt}", chain=(Source(None, f"Anna {salt}", True),), cue="wrote"
        ),
    ]
    ledger.write_page(Raw(address, raw_text.encode()), document, statements)
    return document.id


def _write_copy(ledger: Ledger, copy: str, original: str) -> None:
    edge = Edge(copy, original, Relation.COPY_OF, 0.9, decided_by="test")
    with ledger.write() as connection:
        connection.execute(schema.edges.insert(), [rows.edge_to_row(edge)])
