"""Pages that were made a moment ago, kept for as long as nobody has written to the ledger since.

A story that a whole newsroom watches is rendered once. Whether anybody wrote is told by SQLite's files alone; for a
ledger on a server nothing is kept.
"""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from starlette.responses import Response

from onrecord.ledger import Ledger
from onrecord.ledger.dialects import SQLite

MOST_BYTES = 32_000_000
SETTLED_SECONDS = 0.02  # clocks of file systems tick every few milliseconds: two changes may bear the same time

Version = tuple[object, ...]


def find_version(ledger: Ledger) -> Version | None:
    """What changes whenever somebody writes, and at midnight; None where that cannot be told, or not yet."""
    if not isinstance(ledger.dialect, SQLite):
        return None
    path = ledger.dialect.path
    latest = 0.0
    seen: list[object] = [date.today()]
    for file in (path, Path(f"{path}-wal")):
        try:
            found = os.stat(file)
        except FileNotFoundError:
            continue
        latest = max(latest, found.st_mtime)
        seen += [found.st_mtime_ns, found.st_size]
    return None if abs(time.time() - latest) < SETTLED_SECONDS else tuple(seen)


@dataclass(slots=True)
class KeptPages:
    """Answers by what was asked for, those asked for last kept longest. Safe to use from several threads."""

    most_bytes: int = MOST_BYTES
    _pages: OrderedDict[str, tuple[Version, Response]] = field(default_factory=OrderedDict)
    _bytes: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def find(self, asked: str, version: Version | None) -> Response | None:
        """The answer, where it was made of this version."""
        with self._lock:
            kept = self._pages.get(asked)
            if kept is None or version is None or kept[0] != version:
                return None
            self._pages.move_to_end(asked)
            return kept[1]

    def keep(self, asked: str, version: Version | None, answer: Response) -> None:
        """Keep a page; let those go that nobody asked for since long ago."""
        if version is None or answer.status_code != 200 or len(answer.body) > self.most_bytes // 8:
            return
        with self._lock:
            self._drop(asked)
            self._pages[asked] = version, answer
            self._bytes += len(answer.body)
            while self._bytes > self.most_bytes:
                self._drop(next(iter(self._pages)))

    def _drop(self, asked: str) -> None:
        if (gone := self._pages.pop(asked, None)) is not None:
            self._bytes -= len(gone[1].body)
