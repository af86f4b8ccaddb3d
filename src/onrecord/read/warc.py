"""Web archives (WARC 1.0 and 1.1; ISO 28500): the pages among their records, one record at a time.

The records are parsed by fastwarc. A page is an answer of status 200 that is HTML or plain text, or a text that was
made of one (WET); all else in an archive (requests, pictures, redirects, robots.txt) is passed over. The address of a
page is `archive#record id@offset`; a reader of the archive finds the record again by the offset alone.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from onrecord.errors import DocumentError, RunError
from onrecord.read.limits import MAX_URL, make_record_address, too_large
from onrecord.read.payload import read_payload
from onrecord.records import Raw, Skipped
from onrecord.settings import Settings

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

STEP = "read"
MARK = b"WARC/"
_GZIP = b"\x1f\x8b\x08"
_STEP_BYTES = 1 << 16
_MAX_BROKEN = 1_000  # places in a row where no record is: looking for the next one takes a millisecond
_HEAD_BYTES = 4_096  # of a record, to see whether it is one
_PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
_NEXT_PLAIN = re.compile(rb"(?<=\n)WARC/\d\.\d\r?\n")


def looks_like_warc(start: bytes) -> bool:
    """Whether a file that begins with these bytes is a WARC, plain or packed with gzip."""
    return start.startswith(MARK) or (start.startswith(_GZIP) and _unpack_start(start).startswith(MARK))


def iter_warc(name: str, stream: BinaryIO, settings: Settings) -> Iterator[Raw | Skipped]:
    """One Raw for each page of an archive that can be sought in; a broken record is a Skipped, the next ones are read.

    Lazy; holds one record. Raises RunError where fastwarc is missing.
    """
    try:
        from fastwarc.warc import ArchiveIterator
    except ModuleNotFoundError as error:
        raise RunError(f'web archives need {error.name}: pip install "onrecord[crawl]"') from error
    limit = settings.max_page_bytes
    begin: int | None = stream.seek(0)
    lost: str | None = None  # where a record lies broken that no offset is known of yet
    broken = 0
    while begin is not None:
        if (broken := broken + 1) > _MAX_BROKEN:
            yield Skipped(f"{name}#@{begin}", STEP, f"{_MAX_BROKEN:,} broken WARC records in a row: no more are read")
            return
        stream.seek(begin)
        last: int | None = None
        try:
            for record in ArchiveIterator(stream, auto_decode="none", stream_detect=True):
                last = record.stream_pos
                if lost is not None:
                    yield Skipped(lost, STEP, "broken WARC record")
                    lost = None
                item, is_whole = _read_record(name, record, limit)
                if item is not None:
                    yield item
                if not is_whole:
                    break
                broken = 0
        except OSError as error:
            if last is None:
                yield Skipped(f"{name}#@{begin}", STEP, f"broken WARC record: {error}")
                lost = None
            else:
                lost = f"{name}#@{last}+"
        else:
            if last is None and begin:
                yield Skipped(f"{name}#@{begin}", STEP, "broken WARC record: it breaks off")
                lost = None
        # also after what looks like the end: a record that breaks off before its body looks so
        begin = _find_next(stream, (begin if last is None else last) + 1)
    if lost is not None:
        yield Skipped(lost, STEP, "broken WARC record")


def _read_record(name: str, record: WarcRecord, limit: int) -> tuple[Raw | Skipped | None, bool]:
    """What a record gives, and whether it can be gone through to the next; else that is to be searched for."""
    address = make_record_address(name, f"{(record.record_id or '').strip('<> ')}@{record.stream_pos}")
    is_large = record.content_length > limit
    if not _is_page(record):
        if _breaks_off(record, limit):
            return Skipped(address, STEP, "broken WARC record: it breaks off"), False
        return None, not is_large
    if is_large:
        return Skipped(address, STEP, too_large(limit)), False
    try:
        body = record.reader.read(limit + 1)
    except OSError as error:
        return Skipped(address, STEP, f"broken WARC record: {error}"), False
    if len(body) < record.content_length:
        return Skipped(address, STEP, "broken WARC record: it breaks off"), False
    headers = record.http_headers
    try:
        content = read_payload(
            body,
            transfer=(headers.get("Transfer-Encoding") if headers else None) or "",
            packing=(headers.get("Content-Encoding") if headers else None) or "",
            limit=limit,
        )
    except DocumentError as error:
        return Skipped(address, STEP, str(error)), True
    url = record.headers.get("WARC-Target-URI")
    return Raw(
        address=address,
        content=content,
        media_type=_find_type(record),
        url=url.strip("<> ") if url and len(url) <= MAX_URL else None,
        seen=record.record_date.isoformat(timespec="seconds") if record.record_date else None,
    ), True


def _breaks_off(record: WarcRecord, limit: int) -> bool:
    """Whether an answer ends before it says what it is; all that is no answer is passed over unread."""
    if str(record.record_type) != "response" or record.http_headers or record.content_length > limit:
        return False
    if not record.headers.get("Content-Length"):
        return True
    try:
        return len(record.reader.read(limit + 1)) < record.content_length
    except OSError:
        return True


def _is_page(record: WarcRecord) -> bool:
    kind = str(record.record_type)
    media_type = (_find_type(record) or "").partition(";")[0].strip().lower()
    if kind in ("conversion", "resource"):
        return media_type in _PAGE_TYPES
    if kind != "response" or not record.http_headers or record.http_headers.status_code != 200:
        return False
    path = _find_path(record.headers.get("WARC-Target-URI") or "")
    return (not media_type or media_type in _PAGE_TYPES) and path != "/robots.txt"


def _find_path(url: str) -> str:
    try:
        return urlsplit(url.strip("<> ")).path
    except ValueError:
        return ""


def _find_type(record: WarcRecord) -> str | None:
    headers = record.http_headers
    return headers.get("Content-Type") if headers else record.headers.get("Content-Type")


def _find_next(stream: BinaryIO, begin: int) -> int | None:
    """Where the next record begins at or after `begin`, found by its first bytes alone."""
    stream.seek(0)
    pattern = re.compile(re.escape(_GZIP)) if stream.read(len(_GZIP)) == _GZIP else _NEXT_PLAIN
    position = max(0, begin - 1)  # with the line end before it
    while True:
        stream.seek(position)
        block = stream.read(_STEP_BYTES)
        for match in pattern.finditer(block):
            at = position + match.start()
            if at < begin:
                continue
            if pattern is _NEXT_PLAIN:
                return at
            stream.seek(at)
            if _unpack_start(stream.read(_HEAD_BYTES)).startswith(MARK):
                return at
        if len(block) < _STEP_BYTES:
            return None
        position += len(block) - len(_GZIP) - len(b"\nWARC/1.0\r\n")


def _unpack_start(start: bytes) -> bytes:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(start, 64)
    except zlib.error:
        return b""
