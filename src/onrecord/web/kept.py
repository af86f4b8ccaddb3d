"""Pages that were made already, kept for as long as what they show is the same.

A story that a whole newsroom watches is rendered once. Whether anybody wrote to the ledger at all is told by SQLite's
files alone; for a ledger on a server that is not known. A page that has a version of its own, as a claim has, stays
good when others are written.
"""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date

import zstandard
from starlette.responses import Response

from onrecord.ledger import Ledger
from onrecord.ledger.dialects import SQLite

MOST_BYTES = 32_000_000
SETTLED_SECONDS = 0.02  # clocks of file systems tick every few milliseconds: two changes may bear the same time

Version = tuple[object, ...]


def find_ledger_version(ledger: Ledger) -> Version | None:
    """What changes whenever somebody writes, and at midnight; None where that cannot be told, or not yet."""
    if not isinstance(ledger.dialect, SQLite):
        return None
    path = ledger.dialect.label
    latest = 0.0
    seen: list[object] = [date.today()]
    for file in (path, f"{path}-wal"):
        try:
            found = os.stat(file)
        except FileNotFoundError:
            continue
        latest = max(latest, found.st_mtime)
        seen += [found.st_mtime_ns, found.st_size]
    return None if abs(time.time() - latest) < SETTLED_SECONDS else tuple(seen)


@dataclass(slots=True)
class _Kept:
    """A page as it was sent, its body packed: a fifth of its size."""

    ledger: Version | None
    own: Version | None
    headers: dict[str, str]
    body: bytes

    def unpack(self) -> Response:
        return Response(zstandard.decompress(self.body), headers=self.headers)


@dataclass(slots=True)
class KeptPages:
    """Answers by what was asked for, those asked for last kept longest. Safe to use from several threads."""

    most_bytes: int = MOST_BYTES
    _pages: OrderedDict[str, _Kept] = field(default_factory=OrderedDict)
    _bytes: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    # one for all, under the lock: to make one takes longer than to pack a page
    _packer: zstandard.ZstdCompressor = field(default_factory=lambda: zstandard.ZstdCompressor(level=1))

    def __contains__(self, asked: str) -> bool:
        """Whether an answer is kept, of whichever version."""
        return asked in self._pages

    def find(self, asked: str, *, ledger: Version | None, own: Version | None = None) -> Response | None:
        """The answer, where it was made of this version of the ledger or of what it shows."""
        with self._lock:
            kept = self._pages.get(asked)
            if kept is None:
                return None
            same_ledger = ledger is not None and kept.ledger == ledger
            if not same_ledger and (own is None or kept.own != own):
                return None
            if ledger is not None:
                kept.ledger = ledger
            self._pages.move_to_end(asked)
        return kept.unpack()

    def keep(self, asked: str, answer: Response, *, ledger: Version | None, own: Version | None = None) -> None:
        """Keep a page with the versions that were found before it was made; let go what nobody asked for since long."""
        if answer.status_code != 200 or (ledger is None and own is None):
            return
        headers = {name: value for name, value in answer.headers.items() if name != "content-length"}
        with self._lock:
            body = self._packer.compress(bytes(answer.body))
            if len(body) > self.most_bytes // 8:
                return
            self._drop(asked)
            self._pages[asked] = _Kept(ledger, own, headers, body)
            self._bytes += len(body)
            while self._bytes > self.most_bytes:
                self._drop(next(iter(self._pages)))

    def _drop(self, asked: str) -> None:
        if (gone := self._pages.pop(asked, None)) is not None:
            self._bytes -= len(gone.body)
