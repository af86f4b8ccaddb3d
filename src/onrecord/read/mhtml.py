"""MHTML, the one-file form in which browsers save a page (RFC 2557): its first HTML part, with where it came from."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from datetime import UTC
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import BinaryIO

from onrecord.read.limits import MAX_URL, too_large
from onrecord.records import Raw, Skipped
from onrecord.settings import Settings

STEP = "read"
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}:")
_RELATED = re.compile(rb"^content-type:[ \t]*multipart/related", re.IGNORECASE | re.MULTILINE)
_HEAD_BYTES = 4_096
_MAX_BOUNDARIES = 10_000  # a saved page has a part for each picture and style
# the parameters of a header take the square of its length to find
_LONG_HEADER = re.compile(rb"(?<![^\r\n])content-[a-z-]{1,40}:(?=(?:[^\r\n]|(?:\r\n?|\n)[ \t]){4000})", re.IGNORECASE)
_MAX_HEADER = 4_000
_HTML = ("text/html", "application/xhtml+xml")


def looks_like_mhtml(start: bytes) -> bool:
    """Whether a file begins with the headers of a MIME message of related parts."""
    head = start[:_HEAD_BYTES]
    return _HEADER.match(head) is not None and _RELATED.search(head) is not None


def iter_mhtml(name: str, stream: BinaryIO, settings: Settings) -> Iterator[Raw | Skipped]:
    """The page of a saved file, or a Skipped that says why there is none."""
    limit = settings.max_page_bytes
    content = stream.read(limit + 1)
    if len(content) > limit:
        yield Skipped(name, STEP, too_large(limit))
        return
    if content.count(b"\n--") > _MAX_BOUNDARIES:
        yield Skipped(name, STEP, f"a saved page (MHTML) of more than {_MAX_BOUNDARIES:,} parts")
        return
    if _LONG_HEADER.search(content):
        yield Skipped(name, STEP, "a saved page (MHTML) with a header that is too long")
        return
    try:
        message = email.message_from_bytes(content)
        part = next((part for part in message.walk() if part.get_content_type() in _HTML), None)
        page = part.get_payload(decode=True) if part is not None else None
    except (RecursionError, ValueError, LookupError, AssertionError, MessageError) as error:
        yield Skipped(name, STEP, f"a broken saved page (MHTML): {type(error).__name__}")
        return
    if part is None or not isinstance(page, bytes):
        yield Skipped(name, STEP, "a saved page (MHTML) without HTML in it")
        return
    yield Raw(
        address=name,
        content=page,
        media_type=_find_header(part, "Content-Type"),
        title=_find_header(message, "Subject"),
        url=_find_url(message, part),
        seen=_find_date(message),
    )


def _find_header(part: Message, name: str) -> str | None:
    value = part.get(name)
    if value is None:
        return None
    try:
        text = str(make_header(decode_header(str(value)[:_MAX_HEADER])))
    except (ValueError, LookupError, MessageError):
        text = str(value)[:_MAX_HEADER]
    return " ".join(text.encode("utf-8", "replace").decode().split())[:MAX_URL] or None


def _find_url(message: Message, part: Message) -> str | None:
    given = [_find_header(message, "Snapshot-Content-Location"), _find_header(part, "Content-Location")]
    return next((url for url in given if url and url.lower().startswith(("http://", "https://"))), None)


def _find_date(message: Message) -> str | None:
    try:
        moment = parsedate_to_datetime(str(message.get("Date")))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        return None
