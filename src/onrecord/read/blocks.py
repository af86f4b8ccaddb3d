"""Raw HTML to blocks of text with their raw offsets: an own tolerant tokenizer, since no parser at hand keeps offsets.

A block is the text between two block-level tags. The rules for tags, attributes, raw-text elements and character
references follow the tokenization chapter of the HTML standard as far as text is concerned; trees are only guessed,
for the names of the elements around a block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from onrecord.read.origin import Mapped
from onrecord.records import Run, Span

# `="…"` first, so that a ">" inside a quoted value does not end the tag; possessive, so that no page is slow
_TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<!\[CDATA\[(?:.*?\]\]>|.*\Z)"
    r"|<[!?][^>]*(?:>|\Z)"
    r"|<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<attributes>(?:=\s*+\"[^\"]*+\"|=\s*+'[^']*+'|[^>])*+)(?:>|\Z)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s=/\"'>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_PIECE = re.compile(
    r"(?P<space>[\s\u200b]+)|(?P<entity>&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);?)|&"
    r"|[^&\s\u200b]+(?: [^&\s\u200b]+)*"
)
_HIDDEN = frozenset(
    [
        "script",
        "style",
        "textarea",
        "iframe",
        "noembed",
        "noframes",
        "xmp",
        "template",
        "svg",
        "math",
        "select",
        "object",
        "canvas",
    ]
)
_RAW_TEXT = frozenset(["script", "style", "textarea", "iframe", "noembed", "noframes", "xmp", "title"])
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "meta",
        "nobr",
        "q",
        "s",
        "samp",
        "script",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
# a start tag here ends an open element of the second column, up to the boundary
_ENDS = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "option": frozenset({"option"}),
}
_SCOPES = frozenset(["ul", "ol", "dl", "table", "body", "html", "article", "section", "aside", "div", "main"])
MAX_DEPTH = 400
_INVISIBLE = frozenset("\u200b\ufeff\xad\u2060")


@dataclass(frozen=True, slots=True)
class Element:
    """An open element around a block. `marks` are its class, id, role and itemprop, lower-cased."""

    name: str
    marks: str = ""
    serial: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """The text of one block, white space folded. `linked` counts its characters inside links.

    `soft`: only a line break parts it from the block before.
    """

    mapped: Mapped
    path: tuple[Element, ...]
    linked: int = 0
    soft: bool = False

    @property
    def text(self) -> str:
        """The words of the block."""
        return self.mapped.text

    @property
    def level(self) -> int:
        """1 to 6 inside h1 to h6, else 0."""
        for element in reversed(self.path):
            if len(element.name) == 2 and element.name[0] == "h" and element.name[1] in "123456":
                return int(element.name[1])
        return 0


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag, or the raw text of a script-like element in `content`."""

    name: str
    closes: bool
    attributes: str
    raw: Span
    content: Span | None = None


def parse_attributes(text: str) -> dict[str, str]:
    """Attributes of a start tag: lower-cased names, unescaped values; the first of a name counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        name, *values = match.groups()
        found.setdefault(name.lower(), unescape(next((value for value in values if value is not None), "")))
    return found


def iter_tags(source: str) -> Iterator[Tag | Span]:
    """The tags and the stretches of text (as spans) of a page, in order; comments and declarations left out."""
    position = 0
    while (start := source.find("<", position)) >= 0:
        match = _TOKEN.match(source, start)
        if match is None:  # a bare "<" is text
            nearest = source.find("<", start + 1)
            end = nearest if nearest >= 0 else len(source)
            yield Span(position, end)
            position = end
            continue
        if start > position:
            yield Span(position, start)
        position = match.end()
        if match["name"] is None:
            continue
        name = match["name"].lower()
        content = None
        if name in _RAW_TEXT and not match["close"]:
            end_tag = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(source, position)
            content = Span(position, end_tag.start() if end_tag else len(source))
            position = content.end
        yield Tag(name, bool(match["close"]), match["attributes"], Span(start, match.end()), content)
    if position < len(source):
        yield Span(position, len(source))


def find_blocks(source: str) -> list[Block]:
    """All blocks of visible text of a page, in order."""
    blocks: list[Block] = []
    stack: list[Element] = []
    writer = _Writer(source)
    soft = False
    serial = 0
    for token in iter_tags(source):
        if isinstance(token, Span):
            if not any(element.name in _HIDDEN for element in stack):
                writer.add(token, linked=any(element.name == "a" for element in stack))
            continue
        if token.name not in _INLINE:
            if (mapped := writer.take()).text:
                blocks.append(Block(mapped, tuple(stack), writer.linked, soft))
                soft = True
            soft = soft and token.name == "br"
        if token.content is not None or token.name in _VOID:
            continue
        if token.closes:
            _close(stack, token.name)
            continue
        if ended := _ENDS.get(token.name):
            _end_open(stack, ended)
        elif token.name not in _INLINE and stack and stack[-1].name == "p":
            stack.pop()
        if len(stack) < MAX_DEPTH:
            serial += 1
            stack.append(Element(token.name, _read_marks(token.attributes), serial))
    if (mapped := writer.take()).text:
        blocks.append(Block(mapped, tuple(stack), writer.linked, soft))
    return blocks


def _read_marks(attributes: str) -> str:
    if "=" not in attributes:
        return ""
    found = parse_attributes(attributes)
    marks = " ".join(found[name] for name in ("class", "id", "role", "itemprop", "data-component") if name in found)
    if "hidden" in found or "display:none" in found.get("style", "").replace(" ", ""):
        marks += " hidden"
    return marks.lower()[:300]


def _close(stack: list[Element], name: str) -> None:
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth].name == name:
            del stack[depth:]
            return
        if name in _INLINE and stack[depth].name not in _INLINE:
            return


def _end_open(stack: list[Element], names: frozenset[str]) -> None:
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth].name in names:
            del stack[depth:]
            return
        if stack[depth].name in _SCOPES:
            return


class _Writer:
    """Folds white space and decodes character references, keeping the runs."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._start()

    def _start(self) -> None:
        self._texts: list[str] = []
        self._runs: list[Run] = []
        self._length = 0
        self._gap: int | None = None
        self._linked = 0
        self.linked = 0

    def add(self, span: Span, *, linked: bool) -> None:
        before = self._length
        for match in _PIECE.finditer(self._source, span.begin, span.end):
            if match["space"]:
                if self._length and self._gap is None:
                    self._gap = match.start()
                continue
            text = match[0]
            if match["entity"]:
                text = unescape(text)
                if text.isspace() or text in _INVISIBLE:
                    if text.isspace() and self._length and self._gap is None:
                        self._gap = match.start()
                    continue
            self._put(text, match.start(), match.end())
        if linked:
            self._linked += self._length - before

    def _put(self, text: str, begin: int, end: int) -> None:
        if self._gap is not None:
            self._append(" ", self._gap, begin)
            self._gap = None
        self._append(text, begin, end)

    def _append(self, text: str, begin: int, end: int) -> None:
        if self._runs and end - begin == len(text):
            last = self._runs[-1]
            if last.raw.end == begin and len(last.raw) == len(last.text):
                self._runs[-1] = Run(Span(last.text.begin, last.text.end + len(text)), Span(last.raw.begin, end))
                self._texts.append(text)
                self._length += len(text)
                return
        self._runs.append(Run(Span(self._length, self._length + len(text)), Span(begin, end)))
        self._texts.append(text)
        self._length += len(text)

    def take(self) -> Mapped:
        mapped = Mapped("".join(self._texts), tuple(self._runs))
        linked = self._linked
        self._start()
        self.linked = linked
        return mapped
