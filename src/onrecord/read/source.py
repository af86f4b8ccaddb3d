"""Paths to raw pages: files, folders, globs, stores, standard input, one at a time; what cannot be read is Skipped."""

from __future__ import annotations

import glob
import gzip
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from onrecord.errors import DocumentError, RunError
from onrecord.read.containers import SNIFF_BYTES, Opener, find_container
from onrecord.read.encoding import is_binary
from onrecord.read.jsonl import find_rows, iter_records, looks_like_jsonl
from onrecord.read.limits import too_large
from onrecord.read.paths import LIST_ENDINGS, is_archive_url, is_list_url, looks_like_paths, read_paths
from onrecord.read.stored import is_of_this_process, is_stored, list_stored, open_stored
from onrecord.records import Raw, Skipped
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.fetch import Fetcher

STEP = "read"
_GZIP = b"\x1f\x8b"


def iter_raw(paths: Iterable[str | os.PathLike[str]], *, settings: Settings) -> Iterator[Raw | Skipped]:
    """One Raw for each page of the files, folders (recursive, sorted), globs, addresses and "-" (standard input).

    Addresses are those of pages, feeds, sitemaps and web archives (http, https), and of files and folders in a store
    (s3, gs, …). A list of web archives stands for those that it names. A file of many pages (JSON lines, Parquet, WARC,
    WACZ, ZIM) gives one Raw for each, with the address `path#id`; `.gz` is unpacked on the way. Lazy.
    """
    with Opener(settings) as opener:
        run = _Run(settings, opener)
        for path in paths:
            try:
                named = list_archives(os.fspath(path), settings=settings, get_fetcher=run.get_fetcher)
            except DocumentError as error:
                yield Skipped(os.fspath(path), STEP, str(error))
                continue
            for name in named:
                yield from _iter_named(name, run)


def iter_stream(name: str, stream: BinaryIO, settings: Settings) -> Iterator[Raw | Skipped]:
    """One Raw, or one for each page of a file of many, from bytes called `name`; those need a stream that can peek."""
    with Opener(settings) as opener:
        yield from _iter_stream(name, stream, _Run(settings, opener))


def list_archives(name: str, *, settings: Settings, get_fetcher: Callable[[], Fetcher] | None = None) -> list[str]:
    """What a list of web archives names, each with the base of the settings; `name` itself where it is none.

    Raises DocumentError for a list that cannot be read.
    """
    limit = settings.max_page_bytes
    if is_list_url(name):
        fetcher = get_fetcher() if get_fetcher else _make_fetcher(settings)
        content = fetcher.fetch_patiently(name).content
    elif is_stored(name) and name.endswith(LIST_ENDINGS):
        with open_stored(name) as stream:
            content = stream.read(limit + 1)
    elif os.path.isfile(name):
        with open(name, "rb") as file:
            if not looks_like_paths(file.peek(SNIFF_BYTES)):
                return [name]
            content = file.read(limit + 1)
    else:
        return [name]
    return read_paths(content, base=settings.archive_base, max_bytes=limit)


class _Run:
    """What the files of one run share."""

    def __init__(self, settings: Settings, opener: Opener) -> None:
        self.settings = settings
        self.opener = opener
        self._fetcher: Fetcher | None = None

    def get_fetcher(self) -> Fetcher:
        """The one that knows which hosts were asked when. Raises RunError where its libraries are missing."""
        self._fetcher = self._fetcher or _make_fetcher(self.settings)
        return self._fetcher


def _make_fetcher(settings: Settings) -> Fetcher:
    try:
        from onrecord.fetch import make_fetcher
    except ModuleNotFoundError as error:
        raise RunError(f'pages from the network need {error.name}: pip install "onrecord[crawl]"') from error
    return make_fetcher(settings)


def _iter_named(name: str, run: _Run) -> Iterator[Raw | Skipped]:
    if name == "-":
        yield from _iter_stream("-", sys.stdin.buffer, run)
        return
    if name.lower().startswith(("http://", "https://")):
        yield from _iter_url(name, run)
        return
    if is_stored(name):
        yield from _iter_stored(name, run)
        return
    found = [name] if os.path.lexists(name) else sorted(glob.glob(name, recursive=True))
    if not found:
        yield Skipped(name, STEP, "no such file or folder")
    for one in found:
        yield from _iter_path(Path(one), run)


def _iter_stream(name: str, stream: BinaryIO, run: _Run, *, path: str | None = None) -> Iterator[Raw | Skipped]:
    """`path` says where another process finds what is in the stream."""
    try:
        head = stream.peek(SNIFF_BYTES) if hasattr(stream, "peek") else b""
        if (container := find_container(head)) is not None:
            yield from run.opener.iter_pages(container, name, stream, path)
        elif looks_like_paths(head):
            # a folder holds it beside the archives that it names, and whoever sends one must not have others fetched
            yield Skipped(name, STEP, "a list of web archives, which is followed where it is named itself")
        else:
            yield from _iter_text(name, head, stream, run.settings)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        yield Skipped(name, STEP, f"broken gzip file: {error}")


def _iter_text(name: str, head: bytes, stream: BinaryIO, settings: Settings) -> Iterator[Raw | Skipped]:
    opened: BinaryIO = gzip.GzipFile(fileobj=stream) if head[:2] == _GZIP else stream  # type: ignore[assignment]
    limit = settings.max_page_bytes
    start = opened.read(min(SNIFF_BYTES, limit + 1))
    if not start.strip():
        yield Skipped(name, STEP, "empty")
    elif looks_like_jsonl(name, start):
        yield from iter_records(name, start, opened, max_record_bytes=limit)
    elif is_binary(start) and not start.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        yield Skipped(name, STEP, "a binary file, not text")
    else:
        content = start + opened.read(max(0, limit + 1 - len(start)))
        if len(content) > limit:
            yield Skipped(name, STEP, too_large(limit))
        else:
            yield from find_rows(name, content) or [Raw(name, content)]


def find_file(address: str) -> str:
    """The file that has the page at `address`, which may be a record of it, or of an archive in it; else `address`."""
    file = address
    while not os.path.lexists(file) and "#" in file:
        file = file.rpartition("#")[0]
    if os.path.lexists(file):
        return file
    return address.partition("#")[0] if is_stored(address) or is_archive_url(address) else address


def list_folder(folder: Path) -> list[Path]:
    """What of a folder is read, in order: nothing hidden, and no link to a folder, which may lead back up."""
    children = sorted(child for child in folder.iterdir() if not child.name.startswith("."))
    return [child for child in children if not (child.is_symlink() and child.is_dir())]


def _iter_url(url: str, run: _Run) -> Iterator[Raw | Skipped]:
    fetcher = run.get_fetcher()
    from onrecord.fetch import fetch_archive, iter_pages

    if not is_archive_url(url):
        yield from iter_pages(url, settings=run.settings, fetcher=fetcher)
        return
    try:
        path = fetch_archive(url, fetcher, settings=run.settings)
    except DocumentError as error:
        yield Skipped(url, "fetch", str(error))
        return
    with path.open("rb") as stream:
        yield from _iter_stream(url, stream, run, path=str(path))
    # a run that is stopped before leaves it to the next
    path.unlink(missing_ok=True)


def _iter_stored(url: str, run: _Run) -> Iterator[Raw | Skipped]:
    try:
        found = list_stored(url)
    except DocumentError as error:
        yield Skipped(url, STEP, str(error))
        return
    for one in found:
        try:
            with open_stored(one) as stream:
                path = None if is_of_this_process(one) else one
                yield from _iter_stream(one, stream, run, path=path)
        except DocumentError as error:
            yield Skipped(one, STEP, str(error))


def _iter_path(path: Path, run: _Run) -> Iterator[Raw | Skipped]:
    try:
        if path.is_dir():
            for child in list_folder(path):
                yield from _iter_path(child, run)
            return
        if not path.is_file():
            yield Skipped(str(path), STEP, "neither a file nor a folder" if path.exists() else "no such file or folder")
            return
        with path.open("rb") as stream:
            yield from _iter_stream(str(path), stream, run, path=os.path.abspath(path))
    except PermissionError:
        yield Skipped(str(path), STEP, "no permission to read it")
    except OSError as error:
        yield Skipped(str(path), STEP, f"cannot be read: {error.strerror or error}")
