"""Stable ids: a hash of what the page fixes, so that a better model updates a row instead of adding one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

ID_BYTES = 10  # 80 bits: a clash among 10^9 rows has odds of about 4 in 10^7


def hash_bytes(content: bytes) -> str:
    """The full SHA-256 of raw input, in hex."""
    return hashlib.sha256(content).hexdigest()


def make_id(prefix: str, *parts: str) -> str:
    """`prefix` and 20 hex digits over the parts; the parts are length-prefixed, so they cannot run together."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return prefix + digest.hexdigest()[: 2 * ID_BYTES]


def make_document_id(address: str, raw_hash: str) -> str:
    """A page is the same page where its address and its raw bytes are."""
    return make_id("d", address, raw_hash)


def make_statement_id(document_id: str, content: Iterable[str], nth: int) -> str:
    """`content` are the content's words; `nth` counts statements of the document with the same content from 0."""
    return make_id("s", document_id, " ".join(content).casefold(), str(nth))
