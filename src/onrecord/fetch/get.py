"""One page by HTTP: every hop of a redirect is checked anew, and size and time are bounded whatever the server does."""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version

import httpcore

from onrecord.errors import RunError
from onrecord.fetch.addresses import Allowed, Resolve, resolve_host
from onrecord.fetch.base import Fetched, FetchError
from onrecord.fetch.connect import Guard, make_ssl_context
from onrecord.fetch.urls import Target, join_url

MAX_REDIRECTS = 5
_REDIRECTS = {301, 302, 303, 307, 308}
_LATER = {408, 425, 429, 500, 502, 503, 504}  # another try may help
_STEP_BYTES = 65_536
_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15})")
_NO_PARTS = "the server sends this file whole only, not in parts"
_TYPES = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5"


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for every page: what may be connected to, how large and how long it may be, and who asks."""

    allowed: Allowed
    max_bytes: int
    max_seconds: float
    user_agent: str
    resolve: Resolve = resolve_host


def make_user_agent(contact: str) -> str:
    """The name that onrecord goes by, with whoever runs it. Raises RunError for what no header may hold."""
    if not contact.isascii() or not contact.isprintable():
        raise RunError("ONRECORD_USER_AGENT may only have plain letters, digits and signs")
    name = f"onrecord/{version('onrecord')}"
    return f"{name} ({contact.strip()})" if contact.strip() else name


def get_page(
    target: Target,
    terms: Terms,
    *,
    etag: str | None = None,
    modified: str | None = None,
    begin: int | None = None,
    on_hop: Callable[[Target], None] = lambda _target: None,
) -> Fetched:
    """The page at `target`, after at most MAX_REDIRECTS; `on_hop` is told of each address before it is asked.

    With the `etag` or `modified` of an earlier answer, the answer may be that it is the same. With `begin`, it is the
    part of a file that begins there, of at most `terms.max_bytes`, as it lies on the server. Raises FetchError.
    """
    left = terms.max_seconds
    for _ in range(MAX_REDIRECTS + 1):
        on_hop(target)
        started = time.monotonic()
        answer = _ask(target, terms, started + left, etag, modified, begin)
        left -= time.monotonic() - started  # what `on_hop` takes is not the server's time
        if isinstance(answer, Fetched):
            return answer
        target = join_url(target, answer)
    raise FetchError(f"more than {MAX_REDIRECTS} redirects")


def find_wait(value: str | None, now: float) -> float | None:
    """The seconds that a Retry-After header asks for, given as such or as a date; `now` in seconds since 1970."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return min(float(value), 1e9)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, moment.timestamp() - now)


def _ask(
    target: Target, terms: Terms, deadline: float, etag: str | None, modified: str | None, begin: int | None
) -> Fetched | str:
    """What the server sends, or where it sends us."""
    host = target.origin.partition("//")[2]
    headers: dict[bytes | str, bytes | str] = {
        "Host": host,
        "User-Agent": terms.user_agent,
        "Accept": _TYPES,
        "Accept-Encoding": "gzip, deflate" if begin is None else "identity",
        **({} if begin is None else {"Range": f"bytes={begin}-{begin + terms.max_bytes - 1}"}),
        **({"If-None-Match": etag} if etag else {}),
        **({"If-Modified-Since": modified} if modified else {}),
    }
    guard = Guard(terms.allowed, terms.resolve, deadline)
    context = make_ssl_context() if target.scheme == "https" else None
    url = httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
    try:
        with (
            httpcore.ConnectionPool(context, max_keepalive_connections=0, network_backend=guard) as pool,
            pool.stream("GET", url, headers=headers) as response,
        ):
            return _read_answer(target, response, terms, begin)
    except httpcore.TimeoutException as error:
        raise FetchError(f"not there within {terms.max_seconds:g} seconds", again=True) from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise FetchError(
            f"no answer from {host}: {' '.join(str(error).split()) or 'broken off'}", again=True
        ) from error


def _read_answer(target: Target, response: httpcore.Response, terms: Terms, begin: int | None) -> Fetched | str:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
    status = response.status
    if status == 304:
        return Fetched(target.url, etag=headers.get("etag"), modified=headers.get("last-modified"), is_same=True)
    if status in _REDIRECTS and "location" in headers:
        return headers["location"]
    if status == 206 and begin is not None:
        return _read_part(target, response, headers, terms, begin)
    if status != 200:
        after = find_wait(headers.get("retry-after"), datetime.now(UTC).timestamp())
        raise FetchError(f"the server answers {status}", again=status in _LATER, after=after)
    if begin:
        raise FetchError(_NO_PARTS)
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length) > terms.max_bytes:
        raise FetchError(_NO_PARTS) if begin is not None else _say_too_large(terms.max_bytes)
    packing = headers.get("content-encoding", "identity").strip().lower() if begin is None else ""
    received = _bound(response.iter_stream(), terms.max_bytes)
    content = b"".join(_bound(_unpack(received, packing), terms.max_bytes))
    size = None if begin is None else len(content)
    tags = (headers.get("etag"), headers.get("last-modified"))
    return Fetched(target.url, content, headers.get("content-type"), *tags, size=size)


def _read_part(
    target: Target, response: httpcore.Response, headers: dict[str, str], terms: Terms, begin: int
) -> Fetched:
    """RFC 9110, 14.4."""
    told = _RANGE.fullmatch(headers.get("content-range", ""))
    content = b"".join(_bound(response.iter_stream(), terms.max_bytes))
    if not told or int(told[1]) != begin or int(told[2]) != begin + len(content) - 1 or int(told[3]) < int(told[2]):
        raise FetchError("the server sends another part of the file than it was asked for", again=True)
    tags = (headers.get("etag"), headers.get("last-modified"))
    return Fetched(target.url, content, headers.get("content-type"), *tags, size=int(told[3]))


def _bound(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise _say_too_large(limit)
        yield chunk


def _say_too_large(limit: int) -> FetchError:
    return FetchError(f"larger than {limit:,} bytes (settings: max_page_bytes)")


def _unpack(chunks: Iterable[bytes], packing: str) -> Iterator[bytes]:
    """Chunks as they were before they were packed, in small pieces, so that whoever counts them can stop in time."""
    if packing in ("", "identity"):
        yield from chunks
        return
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise FetchError(f"packed in a way that was not asked for: {packing[:40]}")
    # 32 + 15: gzip or zlib, whichever it is
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        for chunk in chunks:
            waiting = chunk
            while waiting and not unpacker.eof:
                yield unpacker.decompress(waiting, _STEP_BYTES)
                waiting = unpacker.unconsumed_tail
        yield unpacker.flush()
    except zlib.error as error:
        raise FetchError(f"broken compression: {error}") from error
    if not unpacker.eof:
        raise FetchError("broken off halfway", again=True)
