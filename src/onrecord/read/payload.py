"""What an archive kept of an HTTP answer to the page: without its chunks and its compression, within a limit.

Archives often keep the headers of an answer beside a body that was taken apart already, so headers are only believed
where the body bears them out.
"""

from __future__ import annotations

import io
import re
import zlib

import zstandard

from onrecord.errors import DocumentError
from onrecord.read.limits import too_large

_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"


def read_payload(body: bytes, *, transfer: str, packing: str, limit: int) -> bytes:
    """The page in the body of an answer with these Transfer-Encoding and Content-Encoding headers.

    Raises DocumentError where it is larger than `limit` bytes, or packed in a way that cannot be undone.
    """
    content = _join_chunks(body) if "chunked" in transfer.lower() else body
    for name in reversed([name.strip().lower() for name in packing.split(",")][:3]):
        content = _unpack(content, name, limit)
    if len(content) > limit:
        raise DocumentError(too_large(limit))
    return content


def _join_chunks(body: bytes) -> bytes:
    """RFC 9112, 7.1; a body that is not in chunks stays as it is, and one that breaks off is kept up to there."""
    pieces, position = [], 0
    while match := _CHUNK.match(body, position):
        size = int(match[1], 16)
        if size == 0:
            break
        pieces.append(body[match.end() : match.end() + size])
        position = match.end() + size
        position += 2 if body.startswith(b"\r\n", position) else body.startswith(b"\n", position)
    return b"".join(pieces) if pieces else body


def _unpack(content: bytes, packing: str, limit: int) -> bytes:
    try:
        if packing in ("gzip", "x-gzip", "deflate") and content.startswith(_GZIP):
            return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(content, limit + 1)
        if packing == "deflate":
            return _inflate(content, limit)
        if packing == "zstd" and content.startswith(_ZSTD):
            with zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(content) as reader:
                return reader.read(limit + 1)
        if packing == "br":
            return _unpack_brotli(content, limit)
    except (zlib.error, zstandard.ZstdError) as error:
        raise DocumentError(f"broken compression: {error}") from error
    return content


def _inflate(content: bytes, limit: int) -> bytes:
    """Zlib by the standard, bare deflate by what servers send; neither has a mark that can be relied on."""
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            return zlib.decompressobj(bits).decompress(content, limit + 1)
        except zlib.error:
            continue
    return content


def _unpack_brotli(content: bytes, limit: int) -> bytes:
    """Brotli has no mark: what does not unpack was unpacked already."""
    from fastwarc.stream_io import BrotliReader

    try:
        return BrotliReader(io.BytesIO(content)).read(limit + 1)
    except OSError:
        return content
