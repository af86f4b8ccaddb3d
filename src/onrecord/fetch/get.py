"""One page by HTTP: every hop of a redirect is checked anew, and size and time are bounded whatever the server does."""

from __future__ import annotations

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
    on_hop: Callable[[Target], None] = lambda _target: None,
) -> Fetched:
    """The page at `target`, after at most MAX_REDIRECTS; `on_hop` is told of each address before it is asked.

    With the `etag` or `modified` of an earlier answer, the answer may be that it is the same. Raises FetchError.
    """
    left = terms.max_seconds
    for _ in range(MAX_REDIRECTS + 1):
        on_hop(target)
        begin = time.monotonic()
        answer = _ask(target, terms, begin + left, etag, modified)
        left -= time.monotonic() - begin  # what `on_hop` takes is not the server's time
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


def _ask(target: Target, terms: Terms, deadline: float, etag: str | None, modified: str | None) -> Fetched | str:
    """What the server sends, or where it sends us."""
    host = target.origin.partition("//")[2]
    headers: dict[bytes | str, bytes | str] = {
        "Host": host,
        "User-Agent": terms.user_agent,
        "Accept": _TYPES,
        "Accept-Encoding": "gzip, deflate",
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
            return _read_answer(target, response, terms)
    except httpcore.TimeoutException as error:
        raise FetchError(f"not there within {terms.max_seconds:g} seconds", again=True) from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise FetchError(
            f"no answer from {host}: {' '.join(str(error).split()) or 'broken off'}", again=True
        ) from error


def _read_answer(target: Target, response: httpcore.Response, terms: Terms) -> Fetched | str:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
    status = response.status
    if status == 304:
        return Fetched(target.url, etag=headers.get("etag"), modified=headers.get("last-modified"), is_same=True)
    if status in _REDIRECTS and "location" in headers:
        return headers["location"]
    if status != 200:
        after = find_wait(headers.get("retry-after"), datetime.now(UTC).timestamp())
        raise FetchError(f"the server answers {status}", again=status in _LATER, after=after)
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length) > terms.max_bytes:
        raise _say_too_large(terms.max_bytes)
    packing = headers.get("content-encoding", "identity").strip().lower()
    received = _bound(response.iter_stream(), terms.max_bytes)
    content = b"".join(_bound(_unpack(received, packing), terms.max_bytes))
    return Fetched(target.url, content, headers.get("content-type"), headers.get("etag"), headers.get("last-modified"))


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
