"""Article bodies that a page carries only as a JSON string (schema.org articleBody), for pages drawn by scripts."""

from __future__ import annotations

import json
import re

from onrecord.read.blocks import Tag, iter_tags
from onrecord.read.origin import Mapped, join_mapped, make_mapped
from onrecord.records import Run, Span

_BODY = re.compile(r'"articleBody"\s*:\s*"')
_PIECE = re.compile(r'(?P<escape>(?:\\u[0-9a-fA-F]{4})+|\\[^u])|(?P<line>[\r\n]+)|(?P<plain>[^"\\\r\n]+)')


def find_embedded_body(source: str) -> list[Mapped]:
    """The paragraphs of the longest articleBody in the page's JSON-LD, with their places in the source; or none."""
    bodies = [
        _read_string(source, match.end(), tag.content.end)
        for tag in iter_tags(source)
        if isinstance(tag, Tag) and tag.content is not None and tag.name == "script" and "ld+json" in tag.attributes
        for match in _BODY.finditer(source, tag.content.begin, tag.content.end)
    ]
    return max(bodies, key=lambda paragraphs: sum(len(one.text) for one in paragraphs), default=[])


def _read_string(source: str, begin: int, end: int) -> list[Mapped]:
    """The JSON string from `begin` to its closing quotation mark, cut at line breaks."""
    paragraphs: list[list[Mapped]] = [[]]
    position = begin
    while match := _PIECE.match(source, position, end):
        position = match.end()
        if match["plain"]:
            paragraphs[-1].append(make_mapped(match[0], match.start()))
            continue
        text = "\n" if match["line"] else _unescape(match[0])
        if text in ("\n", "\r"):
            paragraphs.append([])
        elif text:
            paragraphs[-1].append(Mapped(text, (Run(Span(0, len(text)), Span(match.start(), match.end())),)))
    joined = [join_mapped((piece, "") for piece in pieces).strip() for pieces in paragraphs if pieces]
    return [paragraph for paragraph in joined if paragraph.text]


def _unescape(escape: str) -> str:
    try:
        text = str(json.loads(f'"{escape}"'))
    except ValueError:  # \' and the like, which JSON does not have but pages do
        text = escape[1:]
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
