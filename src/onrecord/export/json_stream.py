"""JSON, one value a line, and one object whose last list is too long to hold: it is written item by item."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

# they end a line for some readers of lines, Python's `str.splitlines` among them
LINE_ENDS = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}


def dump_json(value: Any) -> str:
    """On one line, whoever counts the lines."""
    return json.dumps(value, ensure_ascii=False).translate(LINE_ENDS)


def write_object(stream: TextIO, head: Mapping[str, Any], key: str, items: Iterable[Any], *, close: str = "}") -> int:
    """Write `head` with `items` as the list `key` after its own keys; gives how many there were.

    `close` ends the object, for one that goes on.
    """
    opening = dump_json(head)[:-1]
    stream.write(f"{opening}{', ' if head else ''}{dump_json(key)}: [")
    number = 0
    for item in items:
        stream.write((",\n" if number else "\n") + dump_json(item))
        number += 1
    stream.write("\n]" + close)
    return number
