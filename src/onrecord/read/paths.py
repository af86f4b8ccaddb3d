"""Lists of web archives, as Common Crawl gives them out (`warc.paths.gz`): a path a line, from a base they share."""

from __future__ import annotations

import re
import zlib
from urllib.parse import urlsplit

from onrecord.errors import DocumentError

PUBLIC_BASE = "https://data.commoncrawl.org/"
_MAX_PATHS = 100_000  # the largest crawl of all has 90,000 archives
_GZIP = b"\x1f\x8b"
_HEAD_BYTES = 4_096
_PATH = re.compile(rb"[\w][\w./=@+-]{0,500}\.w(?:arc|et)(?:\.gz)?")
LIST_ENDINGS = (".paths", ".paths.gz")
_ENDINGS = (".warc", ".warc.gz", ".wet", ".wet.gz")


def looks_like_paths(start: bytes) -> bool:
    """Whether a file that begins with these bytes, gzipped or not, names an archive in each of its lines."""
    lines = _unpack(start, _HEAD_BYTES)[:_HEAD_BYTES].splitlines(keepends=True)
    # the last may be cut short
    whole = lines[:-1] if len(lines) > 1 else lines
    return bool(whole) and all(_PATH.fullmatch(line.strip()) for line in whole)


def read_paths(content: bytes, *, base: str, max_bytes: int) -> list[str]:
    """The addresses of the archives that a list names: `base` (a folder, a store, an address) with each of its paths.

    Raises DocumentError for a list with anything else in it, or with paths that lead out of the base.
    """
    found = []
    text = _unpack(content, max_bytes + 1)
    if len(text) > max_bytes or text.count(b"\n") > _MAX_PATHS:
        raise DocumentError(f"a list of archives of more than {_MAX_PATHS:,} lines or {max_bytes:,} bytes")
    for number, line in enumerate(text.splitlines(), 1):
        path = line.strip()
        if not path:
            continue
        if not _PATH.fullmatch(path) or b".." in path.split(b"/"):
            raise DocumentError(f"line {number} of a list of archives is not a path to one")
        found.append(f"{(base or PUBLIC_BASE).rstrip('/')}/{path.decode()}")
    return found


def is_archive_url(url: str) -> bool:
    """Whether a web archive lies at an address, by its ending; it is fetched in parts, and larger than any page."""
    return _find_path(url).endswith(_ENDINGS)


def is_list_url(url: str) -> bool:
    """The same for a list of them."""
    return _find_path(url).endswith(LIST_ENDINGS)


def _find_path(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return parts.path.lower() if parts.scheme.lower() in ("http", "https") else ""


def _unpack(content: bytes, limit: int) -> bytes:
    if not content.startswith(_GZIP):
        return content
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(content, limit)
    except zlib.error:
        return b""
