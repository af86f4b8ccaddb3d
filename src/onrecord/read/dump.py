"""Text dumps of pages: one paragraph a line or between blank lines, title first."""

from __future__ import annotations

import re

from onrecord.errors import DocumentError
from onrecord.read.origin import join_mapped, make_mapped
from onrecord.read.page import Page
from onrecord.records import Raw

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")


def read_dump(source: str, raw: Raw) -> Page:
    """The article of a text dump. Raises DocumentError where there is none."""
    lines = [make_mapped(match[0], match.start()).strip() for match in _LINE.finditer(source)]
    lines = [line for line in lines if line.text]
    if not lines:
        raise DocumentError("no text")
    title = raw.title
    if title is None and len(lines) > 1 and len(lines[0].text) < 200 and lines[0].text[-1] not in ".,;":
        title = lines.pop(0).text
    return Page(body=join_mapped((line, "\n\n") for line in lines), title=title)
