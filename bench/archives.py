"""Archives made of pages at hand, for benchmarks and tests: a WARC of gzip members as crawlers write it, a ZIM file."""

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


def write_zim(
    path: Path, pages: Iterable[tuple[str, str, str]], *, packed: bool = True, media_type: str = "text/html"
) -> Path:
    """A ZIM file of (path, title, HTML) triples as libzim writes it, with a style sheet and a redirect to the first."""
    from libzim.writer import Compression, Creator, Hint, Item, StringProvider

    class Page(Item):  # type: ignore[misc, unused-ignore]
        def __init__(self, path: str, title: str, content: str, media_type: str) -> None:
            super().__init__()
            self._fields = (path, title, media_type)
            self._content = content

        def get_path(self) -> str:
            return self._fields[0]

        def get_title(self) -> str:
            return self._fields[1]

        def get_mimetype(self) -> str:
            return self._fields[2]

        def get_contentprovider(self) -> StringProvider:
            return StringProvider(self._content)

        def get_hints(self) -> dict[Hint, int]:
            return {}

    given = list(pages)
    creator = Creator(path).config_compression(Compression.zstd if packed else Compression.none)
    creator.config_verbose(False)
    with creator:
        creator.set_mainpath(given[0][0])
        for where, title, html in given:
            creator.add_item(Page(where, title, html, media_type))
        creator.add_item(Page("style.css", "", "p { margin: 0 }", "text/css"))
        creator.add_redirection("first", "First", given[0][0], {})
        for name, value in {"Title": "News", "Language": "eng", "Date": "2022-03-20"}.items():
            creator.add_metadata(name, value)
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
