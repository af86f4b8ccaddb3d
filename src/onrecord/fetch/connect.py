"""Connections to addresses that were checked, and no longer than until a deadline, however slowly a server drips.

httpcore asks its network backend for every connection, so that the check and the connection are one step; TLS then
verifies the name that was asked for, not the address.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from functools import cache
from typing import Any

import certifi
import httpcore

from onrecord.fetch.addresses import Allowed, Resolve, find_addresses

_CONNECT_SECONDS = 10.0  # for one of several addresses of a host


class Guard(httpcore.NetworkBackend):
    """Connects to the checked addresses of a host; `deadline` is a time of `time.monotonic`."""

    def __init__(self, allowed: Allowed, resolve: Resolve, deadline: float) -> None:
        self._allowed = allowed
        self._resolve = resolve
        self._deadline = deadline
        self._network: httpcore.NetworkBackend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A stream to the first address that answers. Raises FetchError where none may be connected to."""
        addresses = find_addresses(host, port, self._allowed, self._resolve)
        for address in addresses:
            seconds = min(_CONNECT_SECONDS, _find_left(self._deadline, httpcore.ConnectTimeout))
            try:
                # `address` is an IP address: nothing is resolved again
                stream = self._network.connect_tcp(address, port, seconds, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if address == addresses[-1]:
                    raise
                continue
            return _Timed(stream, self._deadline)
        raise httpcore.ConnectError(f"no address of {host} answers")

    def connect_unix_socket(self, *_arguments: Any, **_options: Any) -> httpcore.NetworkStream:
        """Never."""
        raise httpcore.ConnectError("not a network address")


class _Timed(httpcore.NetworkStream):
    """A stream whose every step ends by the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _find_left(self._deadline, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _find_left(self._deadline, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _find_left(self._deadline, httpcore.ConnectTimeout)
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


@cache
def make_ssl_context() -> ssl.SSLContext:
    """The certificates of the system and those of certifi."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _find_left(deadline: float, error: type[Exception]) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise error("out of time")
    return left
