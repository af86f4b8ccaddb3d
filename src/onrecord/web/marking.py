"""A document's text cut into blocks and pieces, so that each piece is plain or belongs to the same statements.

Statements overlap and nest; a piece knows the roles that its words play and the statements that it plays them in.
What was left out of the article stands between the blocks, where it stood in the raw page.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.query import Quote
from onrecord.records import Document, Leftover, Span, Statement

BREAK = re.compile(r"\s*\n\s*")
TAG = re.compile(r"<[^>]{0,2000}>")
LONGEST_LEFTOVER = 4_000  # characters shown; the raw page has them all
ROLES = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with their roles. `opens` is the statement that begins here, `link` the innermost one that says them."""

    text: str
    roles: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    link: str | None = None
    tells: Quote | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a heading where `level` is above 0; `begin` and `end` are its place in the text."""

    begin: int
    end: int
    level: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What stood here in the raw page and is no part of the article."""

    begin: int
    end: int
    reason: str
    text: str
    cut: bool


def mark_document(document: Document, quotes: Sequence[Quote], raw_text: str) -> list[Block | LeftOut]:
    """Blocks in order of the text, with what was left out between them."""
    levels = {heading.span.begin: heading.level for heading in document.headings}
    cuts, opens = _find_cuts(quotes)
    by_id = {quote.statement.id: quote for quote in quotes}
    told: set[str] = set()
    blocks: list[Block | LeftOut] = []
    left_out = _place_leftovers(document)
    for span in _iter_paragraphs(document.text):
        while left_out and left_out[0][0] <= span.begin:
            blocks.append(_show_leftover(left_out.pop(0)[1], raw_text))
        pieces = tuple(_iter_pieces(document.text, span, cuts, opens, by_id, told))
        blocks.append(Block(span.begin, span.end, levels.get(span.begin, 0), pieces))
    blocks += [_show_leftover(leftover, raw_text) for _, leftover in left_out]
    return blocks


Cuts = tuple[list[int], list[dict[str, set[str]]]]


def _find_cuts(quotes: Sequence[Quote]) -> tuple[Cuts, dict[int, list[str]]]:
    """Where roles begin or end, and the roles from each such place on: role → statement ids."""
    begins: dict[int, list[tuple[str, str]]] = defaultdict(list)
    ends: dict[int, list[tuple[str, str]]] = defaultdict(list)
    opens: dict[int, list[str]] = defaultdict(list)
    for quote in quotes:
        spans = list(_iter_roles(quote.statement))
        for role, span in spans:
            begins[span.begin].append((role, quote.statement.id))
            ends[span.end].append((role, quote.statement.id))
        opens[min(span.begin for _, span in spans)].append(quote.statement.id)
    places = sorted({*begins, *ends})
    # counted, since two spans of one statement may overlap
    active: dict[str, Counter[str]] = {role: Counter() for role in ROLES}
    states = []
    for place in places:
        for role, statement_id in ends[place]:
            active[role][statement_id] -= 1
        for role, statement_id in begins[place]:
            active[role][statement_id] += 1
        states.append({role: set(now) for role, ids in active.items() if (now := +ids)})
    return (places, states), opens


def _iter_roles(statement: Statement) -> Iterator[tuple[str, Span]]:
    for role, spans in (
        ("source", [link.span for link in statement.chain if link.span]),
        ("cue", statement.cue),
        ("content", statement.content),
    ):
        yield from ((role, span) for span in spans if len(span))


def _iter_paragraphs(text: str) -> Iterator[Span]:
    begin = 0
    for match in BREAK.finditer(text):
        if match.start() > begin:
            yield Span(begin, match.start())
        begin = match.end()
    if begin < len(text):
        yield Span(begin, len(text))


def _iter_pieces(
    text: str, span: Span, cuts: Cuts, opens: dict[int, list[str]], by_id: dict[str, Quote], told: set[str]
) -> Iterator[Piece]:
    places, states = cuts
    nth = bisect_right(places, span.begin)
    begin = span.begin
    while begin < span.end:
        end = min(places[nth] if nth < len(places) else span.end, span.end)
        roles = states[nth - 1] if nth else {}
        yield _make_piece(text[begin:end], roles, opens.get(begin, []), by_id, told)
        begin, nth = end, nth + 1


def _make_piece(
    words: str, roles: dict[str, set[str]], opens: list[str], by_id: dict[str, Quote], told: set[str]
) -> Piece:
    if not roles:
        return Piece(words)
    ids = sorted(set().union(*roles.values()))
    said = sorted(roles.get("content", ()), key=lambda one: (len(by_id[one].content), one))
    link = said[0] if said else None
    # the chain is told once, at the first words of what was said
    untold = next((one for one in said if one not in told), None)
    if untold:
        told.add(untold)
        link = untold
    tells = by_id[untold] if untold else None
    return Piece(words, tuple(role for role in ROLES if role in roles), tuple(ids), tuple(opens), link, tells)


def _place_leftovers(document: Document) -> list[tuple[int, Leftover]]:
    """Each with the offset of the text that it stands before."""
    raw_begins = [run.raw.begin for run in document.origin]
    placed = []
    for leftover in document.leftovers:
        nth = bisect_left(raw_begins, leftover.span.begin)
        placed.append((document.origin[nth - 1].text.end if nth else 0, leftover))
    return sorted(placed, key=lambda one: (one[0], one[1].span))


def _show_leftover(leftover: Leftover, raw_text: str) -> LeftOut:
    span = leftover.span
    words = raw_text[span.begin : min(span.end, span.begin + 4 * LONGEST_LEFTOVER)]
    readable = " ".join(TAG.sub(" ", words).split()) or words.strip()
    cut = len(readable) > LONGEST_LEFTOVER
    return LeftOut(span.begin, span.end, leftover.reason, readable[:LONGEST_LEFTOVER], cut)
