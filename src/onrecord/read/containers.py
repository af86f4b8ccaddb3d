"""Files that hold pages in a form of their own: which reader takes one, told by its first bytes, and where it runs.

Their parsers are other people's C++ and Rust, and a broken file may stop or kill whoever reads it. So a process apart
does, and hands the pages over a few at a time.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import BinaryIO, cast

from onrecord.read import mhtml, parquet, wacz, zim
from onrecord.read.files import put_down
from onrecord.read.stored import is_stored, open_stored
from onrecord.read.warc import iter_warc, looks_like_warc
from onrecord.records import Raw, Skipped
from onrecord.settings import Settings
from onrecord.workers import Lost, Worker

STEP = "read"
SOME_PAGES = 16  # that are handed over at once, unless they are
SOME_BYTES = 2_000_000  # or took
SOME_SECONDS = 1.0
SNIFF_BYTES = 65_536

Reader = Callable[[str, BinaryIO, Settings], Iterator[Raw | Skipped]]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The next pages, at most so many; with a `path`, those of the file there, called `name`, after the first few."""

    most: int
    name: str = ""
    path: str = ""
    passed: int = 0


def find_container(start: bytes) -> Reader | None:
    """What reads the pages of a file that begins with these bytes; None for one page, and for JSON lines."""
    if looks_like_warc(start):
        return _seekable(iter_warc)
    if start.startswith(wacz.MARK):
        return _seekable(wacz.iter_wacz)
    if start.startswith(parquet.MARK):
        return _seekable(parquet.iter_parquet)
    if start.startswith(zim.MARK):
        return _seekable(zim.iter_zim)
    if mhtml.looks_like_mhtml(start):
        return mhtml.iter_mhtml
    return None


class Opener:
    """Gives the pages of such files, from a process apart unless `settings.workers` is 1. A context manager."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._worker: Worker[_Asked, list[Raw | Skipped]] = Worker(partial(make_reader, settings), settings=settings)

    def __enter__(self) -> Opener:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._worker.close()

    def iter_pages(self, read: Reader, name: str, stream: BinaryIO, path: str | None) -> Iterator[Raw | Skipped]:
        """The pages of an open file; `path` says where another process finds it, None that none can. Lazy.

        What comes from a page on that stops or kills the reader is lost, and a Skipped says so.
        """
        if self._settings.workers == 1:
            yield from read(name, stream, self._settings)
        elif path is not None:
            yield from self._iter_apart(name, path)
        else:
            with put_down(stream) as put:
                yield from self._iter_apart(name, put)

    def _iter_apart(self, name: str, path: str) -> Iterator[Raw | Skipped]:
        count = 0
        reason = ""
        # what was lost with the page that did it comes the second time, when it goes page by page
        for most in (SOME_PAGES, 1):
            asked = _Asked(most, name, path, count)
            while not isinstance(some := self._worker.ask([asked])[0], Lost):
                if not some:
                    return
                yield from some
                count, asked = count + len(some), _Asked(most)
            reason = some.reason
        yield Skipped(name, STEP, f"{reason}: nothing after page {count:,} was read")


def make_reader(settings: Settings) -> Callable[[Sequence[_Asked]], list[list[Raw | Skipped]]]:
    """What gives the next few pages of a file, none at its end."""
    opened: Iterator[Raw | Skipped] = iter(())

    def read(asked: Sequence[_Asked]) -> list[list[Raw | Skipped]]:
        nonlocal opened
        [one] = asked
        if one.path:
            opened = islice(_iter_file(one.name, one.path, settings), one.passed, None)
        return [_take_some(opened, one.most)]

    return read


def _take_some(pages: Iterator[Raw | Skipped], most: int) -> list[Raw | Skipped]:
    some: list[Raw | Skipped] = []
    size, end = 0, time.monotonic() + SOME_SECONDS
    for page in islice(pages, most):
        some.append(page)
        size += len(page.content) if isinstance(page, Raw) else 0
        if size >= SOME_BYTES or time.monotonic() >= end:
            break
    return some


def _iter_file(name: str, path: str, settings: Settings) -> Iterator[Raw | Skipped]:
    with ExitStack() as stack:
        stream = stack.enter_context(open_stored(path) if is_stored(path) else cast(BinaryIO, open(path, "rb")))  # noqa: SIM115
        reader = find_container(stream.peek(SNIFF_BYTES))  # type: ignore[attr-defined]
        if reader is not None:
            yield from reader(name, stream, settings)


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
