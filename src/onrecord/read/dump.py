"""Text dumps of pages: the title, then paragraphs and sub-headings, with leftovers of the page among them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from datetime import datetime

from onrecord.errors import DocumentError
from onrecord.read.bylines import find_agency, find_byline
from onrecord.read.dates import find_moment, find_written_date
from onrecord.read.leftovers import find_leftovers
from onrecord.read.origin import Mapped, join_mapped, make_mapped
from onrecord.read.page import Page
from onrecord.records import Heading, Leftover, Moment, Raw, Span

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_ENDS = re.compile(r"[.!?…。:;,][\"'”’»)\]]*$")
_MAX_TITLE = 250
_MIN_TITLE_WORDS = 3
_MIN_GOES_ON = 2  # times as long as its title an article is; else the first line is the beginning of a short note
_MAX_NOTE_LINES = 3
_MAX_TITLE_WORDS = 20
_HEADLINE_REASONS = ("outside the article", "list of other articles", "link to another article")
_MAX_HEADING_WORDS = 14
_HEAD_LINES = 8  # where a date line or byline may stand
_MAX_DATE_LINE = 80
_MIN_WRAPPED = 4
_WRAP_WIDTHS = range(45, 110)


def read_dump(source: str, raw: Raw, *, now: datetime | None = None) -> Page:
    """The article of a text dump. Raises DocumentError where there is none."""
    lines = _split_lines(source)
    if not lines:
        raise DocumentError("no text")
    reasons = find_leftovers([line.text for line in lines])
    if None not in reasons or len(lines) <= _MAX_NOTE_LINES:
        # a short note, more likely than a page without an article: its sentences stay
        reasons = [None if _is_sentence(line.text) else reason for line, reason in zip(lines, reasons, strict=True)]
    at = _find_title(lines, reasons, raw.title)
    title = raw.title or (lines[at].text if at is not None else None)
    published: Moment | None = None
    author = find_byline(line.text for line in lines[:_HEAD_LINES])
    for i, line in enumerate(lines[:_HEAD_LINES]):
        if i == at:
            reasons[i] = "title"
        elif author and find_byline([line.text]) == author:
            reasons[i] = "byline"
        elif published is None and len(line.text) <= _MAX_DATE_LINE and not _is_sentence(line.text):
            published = find_moment(line.text, known_by="text", now=now) or find_written_date(line.text, now=now)
            reasons[i] = "date line" if published else reasons[i]
    kept = [line for line, reason in zip(lines, reasons, strict=True) if reason is None]
    if not kept:
        raise DocumentError("no article found in the text")
    body = join_mapped((line, "\n\n") for line in kept)
    return Page(
        body=body,
        title=title,
        published=published,
        author=author,
        agency=find_agency(author, [line.text for line in kept]),
        headings=_find_headings(kept, body.text),
        leftovers=tuple(
            Leftover(line.raw, reason)
            for line, reason in zip(lines, reasons, strict=True)
            if reason is not None and reason != "title"
        ),
    )


def _split_lines(source: str) -> list[Mapped]:
    """One entry a line, or a paragraph where the text is wrapped at a fixed width."""
    lines = [make_mapped(match[0], match.start()).strip() for match in _LINE.finditer(source)]
    lines = [line for line in lines if line.text]
    glued = [source.count("\n", left.raw.end, right.raw.begin) == 1 for left, right in itertools.pairwise(lines)]
    widths = [len(line.text) for line, is_glued in zip(lines, glued, strict=False) if is_glued]
    is_wrapped = (
        len(widths) >= _MIN_WRAPPED
        and not all(glued)
        and sum(width in _WRAP_WIDTHS for width in widths) >= 0.7 * len(widths)
    )
    if not is_wrapped:
        return lines
    paragraphs: list[list[Mapped]] = [[lines[0]]]
    for line, is_glued in zip(lines[1:], glued, strict=True):
        if is_glued:
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return [join_mapped((line, " ") for line in paragraph) for paragraph in paragraphs]


def _find_title(lines: Sequence[Mapped], reasons: Sequence[str | None], known: str | None) -> int | None:
    """The line that is the known title; else the first line of the article, where it is short and the text goes on."""
    head = range(min(_HEAD_LINES, len(lines) - 1))
    if known is not None:
        plain = " ".join(known.split()).casefold()
        return next((i for i in head if lines[i].text.casefold() == plain), None)
    is_body = [reason is None and _is_paragraph(line.text) for line, reason in zip(lines, reasons, strict=True)]
    above = range(min(is_body.index(True) if True in is_body else 0, _HEAD_LINES))
    likely = [i for i in above if reasons[i] is None] + [i for i in above if _could_be_title(lines[i].text, reasons[i])]
    following = sum(len(line.text) for line, reason in zip(lines, reasons, strict=True) if reason is None)
    for i in likely:
        length = len(lines[i].text)
        goes_on = following - (length if reasons[i] is None else 0)
        if length <= _MAX_TITLE and goes_on >= _MIN_GOES_ON * length:
            return i
    return None


def _could_be_title(text: str, reason: str | None) -> bool:
    """A headline of another article reads the same: only its place tells which is the title."""
    return reason in _HEADLINE_REASONS and len(text.split()) >= _MIN_TITLE_WORDS and not _is_sentence(text)


def _find_headings(kept: Sequence[Mapped], text: str) -> tuple[Heading, ...]:
    headings = []
    position = 0
    for line, following in zip(kept, [*kept[1:], None], strict=True):
        begin = text.index(line.text, position)
        position = begin + len(line.text)
        is_short = len(line.text.split()) <= _MAX_HEADING_WORDS and not _is_sentence(line.text)
        if is_short and following is not None and len(following.text) > len(line.text):
            headings.append(Heading(Span(begin, position), 2))
    return tuple(headings)


def _is_paragraph(text: str) -> bool:
    """A headline may end with a question mark, but not with a full stop, nor after so many words."""
    return text.rstrip("\"'”’»)]").endswith((".", "。")) or (
        _is_sentence(text) and len(text.split()) > _MAX_TITLE_WORDS
    )


def _is_sentence(text: str) -> bool:
    return _ENDS.search(text) is not None
