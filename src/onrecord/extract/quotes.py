"""Quotation marks paired over a whole text: straight, curly, doubled and back-ticked ones, also where one is missing.

A quotation that runs over several paragraphs opens each of them and closes only in the last, as newspapers print it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.records import Span

MARK = re.compile(r"[“”„«»\"]|''|``|’’|‘‘")
OPENING = {"“", "„", "«", "``", "‘‘"}
CLOSING = {"”", "»", "’’"}


def find_quotations(text: str) -> tuple[Span, ...]:
    """The outermost quotations, marks included, in order. One that never closes ends with its paragraph."""
    return tuple(span for paragraph in iter_paragraphs(text) for span in _pair(text, paragraph))


def iter_paragraphs(text: str) -> Iterator[Span]:
    """The lines of a text that hold anything but white space, ends trimmed."""
    for match in re.finditer(r"[^\n]+", text):
        line = match.group()
        if line.strip():
            begin = match.start() + len(line) - len(line.lstrip())
            yield Span(begin, match.start() + len(line.rstrip()))


def _pair(text: str, paragraph: Span) -> Iterator[Span]:
    begin: int | None = None
    low = False  # „ as in German, which “ closes
    for mark in MARK.finditer(text, paragraph.begin, paragraph.end):
        if begin is None:
            if _opens(text, mark, paragraph):
                begin, low = mark.start(), mark.group() == "„"
        elif (low and mark.group() == "“") or not _reopens(text, mark):
            yield Span(begin, mark.end())
            begin = None
    if begin is not None and paragraph.end - begin > 1:
        yield Span(begin, paragraph.end)


def _opens(text: str, mark: re.Match[str], paragraph: Span) -> bool:
    if mark.group() in OPENING:
        return True
    if mark.group() in CLOSING:
        return False
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    if before.isdigit() and mark.group() == '"':  # 6" is inches
        return False
    return mark.start() == paragraph.begin or (not after.isspace() and not before.isalnum())


def _reopens(text: str, mark: re.Match[str]) -> bool:
    """An opening mark inside an open quotation: a quotation in a quotation, or one whose closing mark is missing."""
    return mark.group() in OPENING and text[mark.end() : mark.end() + 1].strip() != ""
