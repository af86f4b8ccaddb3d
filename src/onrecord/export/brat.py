"""brat standoff: a .txt and an .ann file for each document, and an annotation.conf that lets brat show them.

A statement is an event whose trigger is its cue. Lines end a piece of an annotation: brat knows no span over two lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from onrecord.export.records import Records
from onrecord.ledger import rows
from onrecord.query import ShownDocument
from onrecord.records import Act, Certainty, Polarity, Span, Statement

# each takes one place, as a space does, so offsets hold; brat would take them for the end of a line or of a field
SPACES = dict.fromkeys(map(ord, "\t\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), " ")


def write(records: Records, folder: Path) -> None:
    """Files are named by the ids of the documents."""
    (folder / "annotation.conf").write_text(make_configuration(), encoding="utf-8")
    for shown in records.documents():
        text = shown.document.text.translate(SPACES)
        path = folder / shown.document.id
        with path.with_suffix(".txt").open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        with path.with_suffix(".ann").open("w", encoding="utf-8", newline="\n") as stream:
            _write_annotations(shown, text, stream)


def make_configuration() -> str:
    """annotation.conf: the types, and which values their attributes take."""
    return "\n".join(
        [
            "[entities]",
            "Source",
            "Content",
            "Cue",
            "Date",
            "[relations]",
            "<OVERLAP> Arg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>",
            "[events]",
            "Statement Content:Content, Source?:Source, Via*:Source, Said?:Date, Outer?:Statement",
            "[attributes]",
            f"Act Arg:Statement, Value:{'|'.join(Act)}",
            f"Polarity Arg:Statement, Value:{'|'.join(Polarity)}",
            f"Certainty Arg:Statement, Value:{'|'.join(Certainty)}",
            "",
        ]
    )


def _write_annotations(shown: ShownDocument, text: str, stream: TextIO) -> None:
    statements = [quote.statement for quote in shown.quotes]
    pieces = _Pieces(text)
    events = {statement.id: f"E{number}" for number, statement in enumerate(statements, 1)}
    lines = []
    for number, statement in enumerate(statements):
        event = events[statement.id]
        content = pieces.add("Content", statement.content)
        # what has no cue is shown at its content: an event must stand on something
        trigger = pieces.add("Cue", statement.cue) if statement.cue else content
        arguments = [f"Statement:{trigger}", f"Content:{content}"]
        arguments += _iter_sources(statement, pieces)
        if statement.said and statement.said.span:
            arguments.append(f"Said:{pieces.add('Date', [statement.said.span])}")
        if statement.outer in events:
            arguments.append(f"Outer:{events[statement.outer]}")
        lines.append(f"{event}\t{' '.join(arguments)}")
        values = (("Act", statement.act), ("Polarity", statement.polarity), ("Certainty", statement.certainty))
        for nth, (name, value) in enumerate(values, 1):
            lines.append(f"A{3 * number + nth}\t{name} {event} {value}")
        chain = rows.ARROW.join(link.name for link in statement.chain).translate(SPACES).replace("\n", " ")
        lines.append(f"#{number + 1}\tAnnotatorNotes {event}\t{statement.id}: {chain}")
    stream.writelines(f"{line}\n" for line in (*pieces.lines, *lines))


def _iter_sources(statement: Statement, pieces: _Pieces) -> Iterator[str]:
    """The root is `Source`, the other links are `Via`, `Via2`, …; what is only understood has no words to mark."""
    if statement.root.span:
        yield f"Source:{pieces.add('Source', [statement.root.span])}"
    spans = [link.span for link in statement.chain[:-1] if link.span]
    for number, span in enumerate(spans, 1):
        yield f"Via{number if number > 1 else ''}:{pieces.add('Source', [span])}"


class _Pieces:
    """The text-bound annotations of a file. Words are marked once, however many statements refer to them."""

    def __init__(self, text: str) -> None:
        self.lines: list[str] = []
        self._text = text
        self._known: dict[tuple[Span, ...], str] = {}

    def add(self, kind: str, spans: Iterable[Span]) -> str:
        parts = tuple(part for span in spans for part in _split_lines(span, self._text))
        if parts not in self._known:
            name = f"T{len(self._known) + 1}"
            self._known[parts] = name
            where = ";".join(f"{part.begin} {part.end}" for part in parts)
            self.lines.append(f"{name}\t{kind} {where}\t{_words(parts, self._text)}")
        return self._known[parts]


def _words(parts: Sequence[Span], text: str) -> str:
    return " ".join(part.of(text) for part in parts)


def _split_lines(span: Span, text: str) -> Iterator[Span]:
    begin = span.begin
    for line in span.of(text).split("\n"):
        cut = Span(begin + len(line) - len(line.lstrip()), begin + len(line.rstrip()))
        if len(cut) > 0:
            yield cut
        begin += len(line) + 1
