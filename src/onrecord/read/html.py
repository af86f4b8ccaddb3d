"""HTML pages: which blocks are the article, with trafilatura as the first judge."""

from __future__ import annotations

import re
from datetime import datetime

import trafilatura

from onrecord.errors import DocumentError
from onrecord.read.blocks import Block, find_blocks
from onrecord.read.dates import find_moment
from onrecord.read.origin import Mapped, join_mapped
from onrecord.read.page import Page
from onrecord.records import Heading, Leftover, Raw, Span

_WORDS = re.compile(r"\w+")
_RUN = 4
_LOOKS_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|article|div|p|meta|span|h1)\b", re.IGNORECASE)


def looks_like_html(source: str) -> bool:
    """Whether the beginning of a text holds HTML tags."""
    return _LOOKS_HTML.search(source[:5_000]) is not None


def read_html(source: str, raw: Raw, *, now: datetime | None = None) -> Page:
    """The article of a page. Raises DocumentError where there is none."""
    extracted = trafilatura.bare_extraction(source, include_comments=False, with_metadata=True)
    if not isinstance(extracted, trafilatura.settings.Document) or not extracted.text:
        raise DocumentError("no article found in the page")
    judged = _Judge(str(extracted.text))
    kept: list[Block] = []
    leftovers: list[Leftover] = []
    for block in find_blocks(source):
        if judged.is_body(block.text):
            kept.append(block)
        else:
            leftovers.append(Leftover(block.mapped.raw, "outside the article"))
    body = join_mapped((block.mapped, "\n" if block.soft else "\n\n") for block in kept)
    published = find_moment(extracted.date, known_by="htmldate", now=now) if extracted.date else None
    return Page(
        body=body,
        title=extracted.title,
        published=published,
        outlet=extracted.sitename,
        author=extracted.author,
        language=extracted.language,
        headings=_find_headings(kept, body),
        leftovers=tuple(leftovers),
    )


def _find_headings(kept: list[Block], body: Mapped) -> tuple[Heading, ...]:
    headings = []
    position = 0
    for block in kept:
        begin = body.text.index(block.text, position)
        position = begin + len(block.text)
        if block.level:
            headings.append(Heading(Span(begin, position), max(2, block.level)))
    return tuple(headings)


class _Judge:
    def __init__(self, text: str) -> None:
        words = _WORDS.findall(text.lower())
        self._runs = {tuple(words[i : i + _RUN]) for i in range(len(words))}
        self._lines = {tuple(_WORDS.findall(line.lower())) for line in text.splitlines()}

    def is_body(self, text: str) -> bool:
        words = _WORDS.findall(text.lower())
        if tuple(words) in self._lines:
            return bool(words)
        runs = [tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)]
        return len(runs) > 0 and sum(run in self._runs for run in runs) >= 0.5 * len(runs)
