"""Which reader takes a file that holds pages in a form of its own, told by its first bytes, whatever its name."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from typing import BinaryIO

from onrecord.read import mhtml, parquet, wacz
from onrecord.read.warc import iter_warc, looks_like_warc
from onrecord.records import Raw, Skipped
from onrecord.settings import Settings

Reader = Callable[[str, BinaryIO, Settings], Iterator[Raw | Skipped]]


def find_container(start: bytes) -> Reader | None:
    """What reads the pages of a file that begins with these bytes; None for one page, and for JSON lines."""
    if looks_like_warc(start):
        return _seekable(iter_warc)
    if start.startswith(wacz.MARK):
        return _seekable(wacz.iter_wacz)
    if start.startswith(parquet.MARK):
        return _seekable(parquet.iter_parquet)
    if mhtml.looks_like_mhtml(start):
        return mhtml.iter_mhtml
    return None


def _seekable(read: Reader) -> Reader:
    """A reader that has to go back and forth: what comes from a pipe is put down first."""

    def iter_pages(name: str, stream: BinaryIO, settings: Settings) -> Iterator[Raw | Skipped]:
        if stream.seekable():
            yield from read(name, stream, settings)
            return
        with tempfile.TemporaryFile() as file:
            shutil.copyfileobj(stream, file)
            file.seek(0)
            yield from read(name, file, settings)

    return iter_pages
