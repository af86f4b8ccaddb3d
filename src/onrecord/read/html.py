"""HTML pages: the blocks that are the article, and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache

from onrecord.errors import DocumentError
from onrecord.read.blocks import Block
from onrecord.read.body import judge_blocks, measure_page
from onrecord.read.bylines import find_agency
from onrecord.read.embedded import find_embedded_body
from onrecord.read.metadata import read_metadata
from onrecord.read.origin import join_mapped
from onrecord.read.page import Page
from onrecord.read.trees import Trees, load_trees
from onrecord.records import Heading, Leftover, Raw, Span

_LOOKS_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|article|div|p|meta|span|h1)\b", re.IGNORECASE)
# where the blocks hold less of the article than this, the body embedded as JSON is read instead
_MIN_SHOWN = 0.3
_OUTSIDE = "outside the article"


def looks_like_html(source: str) -> bool:
    """Whether the beginning of a text holds HTML tags."""
    return _LOOKS_HTML.search(source[:5_000]) is not None


def read_html(source: str, raw: Raw, *, now: datetime | None = None) -> Page:
    """The article of a page. Raises DocumentError where there is none."""
    blocks, rows = measure_page(source)
    kept = judge_blocks(blocks, rows, _load_trees()) if blocks else []
    chosen = [blocks[i] for i in kept]
    body = join_mapped(
        (block.mapped, "\n" if block.soft and i - 1 in kept else "\n\n") for i, block in zip(kept, chosen, strict=True)
    )
    embedded = join_mapped((paragraph, "\n\n") for paragraph in find_embedded_body(source))
    if len(body.text) < _MIN_SHOWN * len(embedded.text):
        kept, chosen, body = [], [], embedded
    if not body.text:
        raise DocumentError("no article found in the page")
    said = read_metadata(source, blocks, now=now)
    return Page(
        body=body,
        title=said.title,
        published=said.published,
        outlet=said.outlet,
        author=said.author,
        agency=find_agency(said.author, body.text.split("\n\n"), said.credited),
        language=said.language,
        canonical=said.canonical,
        based_on=said.based_on,
        headings=_find_headings(chosen, body.text),
        leftovers=_find_leftovers(blocks, set(kept)),
    )


@cache
def _load_trees() -> Trees:
    return load_trees("page")


def _find_headings(chosen: Sequence[Block], text: str) -> tuple[Heading, ...]:
    headings = []
    position = 0
    for block in chosen:
        begin = text.index(block.text, position)
        position = begin + len(block.text)
        if block.level:
            headings.append(Heading(Span(begin, position), max(2, block.level)))
    return tuple(headings)


def _find_leftovers(blocks: Sequence[Block], kept: set[int]) -> tuple[Leftover, ...]:
    """What was left out between the first and the last block of the article; the rest of the page is not listed."""
    inside = range(min(kept), max(kept) + 1) if kept else range(0)
    return tuple(Leftover(blocks[i].mapped.raw, _OUTSIDE) for i in inside if i not in kept)
