"""Statements and positions as the tools give them: in the words of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onrecord.mcp.shapes import Evidence, Head, Position
from onrecord.query import PageHead, Quote
from onrecord.records import Position as RecordedPosition


def make_evidence(quote: Quote) -> Evidence:
    """A statement with where it stands."""
    statement, page = quote.statement, quote.page
    return {
        "statement": statement.id,
        "content": quote.content,
        "chain": [link.name for link in statement.chain],
        "act": statement.act,
        "polarity": statement.polarity,
        "day": quote.day,
        "outlet": page.outlet,
        "address": page.address,
        "document": page.id,
    }


def make_position(
    position: RecordedPosition, quotes: Mapping[str, Quote], *, echoes: Iterable[str] = (), most: int
) -> Position:
    """A position with the `most` of its statements in `quotes` that show it best: first hand, then the earliest."""
    passed_on = set(echoes)
    known = [quotes[one] for one in position.statements if one in quotes]
    known.sort(key=lambda quote: (quote.statement.id in passed_on, len(quote.statement.chain), quote.day or "9999"))
    return {
        "root": position.root,
        "named": position.named,
        "stance": position.stance,
        "withdrawn": position.withdrawn,
        "first": position.first,
        "last": position.last,
        "statements": len(position.statements),
        "evidence": [make_evidence(quote) for quote in known[:most]],
    }


def make_head(page: PageHead) -> Head:
    """What is said above an article."""
    return {
        "id": page.id,
        "title": page.title,
        "outlet": page.outlet,
        "published": page.published,
        "author": page.author,
        "address": page.address,
        "statements": page.statements,
    }
