"""JSON lines: one page a line, `{"id","text" or "html",…}`, with what the container knows of it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from onrecord.ids import hash_bytes
from onrecord.read.rows import find_published, find_words, read_row
from onrecord.records import Document, Raw, Run, Skipped, Span

STEP = "read"
_NAMES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")


def looks_like_jsonl(name: str, start: bytes) -> bool:
    """Whether a file's name says JSON lines, or its first whole line is a JSON object with a known field."""
    line = start.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0]
    if not line.startswith(b"{"):
        return False
    if name.lower().endswith(_NAMES):
        return True
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return line.startswith((b'{"id"', b'{"text"', b'{"url"')) and len(line) == len(start)


def iter_records(name: str, start: bytes, stream: BinaryIO, *, max_record_bytes: int) -> Iterator[Raw | Skipped]:
    """One Raw for each line of a JSONL file whose first bytes are `start`; a broken line is a Skipped."""
    for number, line in _iter_lines(start, stream, max_record_bytes):
        if line is None:
            yield Skipped(f"{name}#{number}", STEP, f"line {number} is longer than {max_record_bytes:,} bytes")
        elif line.strip():
            yield _read_record(name, number, line)


def find_rows(name: str, content: bytes) -> list[Raw | Skipped] | None:
    """The pages of a file that is one JSON object, or a list of them; None for any other."""
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return None
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return None
    rows = found if isinstance(found, list) else [found]
    if not rows or not all(isinstance(row, dict) for row in rows):
        return None
    if isinstance(found, dict):
        item = read_row(name, 1, found)
        return [replace(item, address=name) if isinstance(item, Raw) else replace(item, source=name)]
    return [read_row(name, number, row) for number, row in enumerate(rows, 1)]


def read_verbatim(path: str | Path) -> Iterator[Document | Skipped]:
    """A Document for each JSONL(.gz) row `{"id","text",…}`: the text as it is, the id as the row gives it."""
    name = str(path)
    with open(path, "rb") as raw_stream:
        packed = raw_stream.peek(2)[:2] == b"\x1f\x8b"
        stream: Any = gzip.GzipFile(fileobj=raw_stream) if packed else raw_stream
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            row = _parse_row(line)
            if isinstance(row, str) or not isinstance(row.get("text"), str) or row.get("id") is None:
                yield Skipped(f"{name}#{number}", STEP, row if isinstance(row, str) else "lacks an id or a text")
                continue
            text = row["text"]
            everything = Span(0, len(text))
            yield Document(
                id=str(row["id"]),
                address=f"{name}#{row['id']}",
                raw_hash=hash_bytes(text.encode("utf-8", "surrogatepass")),
                text=text,
                title=find_words(row, "title", "headline"),
                published=find_published(row),
                outlet=find_words(row, "outlet", "publisher"),
                language=find_words(row, "language", "lang"),
                origin=(Run(everything, everything),) if text else (),
            )


def _iter_lines(start: bytes, stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines; None for one over the limit, which is passed over without being held in memory."""
    rest = start.removeprefix(b"\xef\xbb\xbf")
    number = 0
    while True:
        line, newline, rest = rest.partition(b"\n")
        number += 1
        if not newline:
            line += stream.readline(limit + 1 - min(len(line), limit))
            if not line:
                return
            if not line.endswith(b"\n") and len(line) > limit:
                while (more := stream.readline(limit)) and not more.endswith(b"\n"):
                    pass
        yield number, line if len(line) <= limit else None


def _read_record(name: str, number: int, line: bytes) -> Raw | Skipped:
    row = _parse_row(line)
    if isinstance(row, str):
        return Skipped(f"{name}#{number}", STEP, f"line {number}: {row}")
    return read_row(name, number, row)


def _parse_row(line: bytes) -> dict[str, Any] | str:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"broken JSON: {error}"
    return row if isinstance(row, dict) else "not a JSON object"
