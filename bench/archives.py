"""Web archives made of pages at hand, for benchmarks and tests: a WARC of gzip members, as crawlers write it."""

from __future__ import annotations

import gzip
import uuid
from collections.abc import Iterable
from pathlib import Path


def write_warc(path: Path, pages: Iterable[tuple[str, str]]) -> Path:
    """A .warc.gz of (address, HTML) pairs, with a warcinfo record before them."""
    with path.open("wb") as file:
        file.write(gzip.compress(make_record(b"software: onrecord bench\r\n", kind="warcinfo"), 6))
        for url, html in pages:
            file.write(gzip.compress(make_response(url, html.encode()), 6))
    return path


def make_response(
    url: str,
    body: bytes,
    *,
    status: str = "200 OK",
    media_type: str = "text/html; charset=utf-8",
    headers: Iterable[str] = (),
    date: str = "2022-03-14T09:00:00Z",
) -> bytes:
    """The record of an HTTP answer; `headers` are further ones of the answer, "Name: value"."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media_type}", f"Content-Length: {len(body)}", *headers, "", ""]
    block = "\r\n".join(lines).encode() + body
    return make_record(block, kind="response", url=url, media_type="application/http; msgtype=response", date=date)


def make_record(
    block: bytes,
    *,
    kind: str,
    url: str | None = None,
    media_type: str = "application/warc-fields",
    date: str = "2022-03-14T09:00:00Z",
) -> bytes:
    """One record of any kind; its id is made of what it holds."""
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, f"{kind} {url} {block!r}")
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:{identifier}>",
        f"WARC-Date: {date}",
        *([f"WARC-Target-URI: {url}"] if url else []),
        f"Content-Type: {media_type}",
        f"Content-Length: {len(block)}",
        "",
        "",
    ]
    return "\r\n".join(lines).encode() + block + b"\r\n\r\n"
