"""Addresses of pages taken apart once: what is checked here is what is connected to and asked for."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from onrecord.fetch.base import FetchError

SCHEMES = {"http": 80, "https": 443}
_MAX_URL = 2_500  # as much as every database's index holds
_ODD = "not an address: it is too long or has control characters"
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_NAME = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_.])?")
_KEPT = "%/:?@!$&'()*+,;=~-._[]"  # what a path and a query may hold as it is


@dataclass(frozen=True, slots=True)
class Target:
    """`host` is in lower case and ASCII, without the brackets of IPv6; `path` has the query, and no fragment."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host, and the port where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + (f":{self.port}" if self.port != SCHEMES[self.scheme] else "")

    @property
    def url(self) -> str:
        """The address in its plain form."""
        return self.origin + self.path


def is_url(text: str) -> bool:
    """Whether what was given is to be fetched, not opened."""
    return text[:8].lower().startswith(("http://", "https://"))


def read_url(url: str) -> Target:
    """An address taken apart. Raises FetchError for one that is not to be fetched."""
    given = url.strip()
    if _CONTROLS.search(given) or len(given) > _MAX_URL:
        raise FetchError(_ODD)
    try:
        parts = urlsplit(given)
        scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(f"not an address: {error}") from error
    if scheme not in SCHEMES:
        raise FetchError(f"only http and https are fetched, not {scheme or 'this'}")
    if "@" in parts.netloc:
        raise FetchError("an address with a user or password is not fetched")
    path = quote(parts.path or "/", safe=_KEPT) + ("?" + quote(parts.query, safe=_KEPT) if parts.query else "")
    target = Target(scheme, _read_host(host), port or SCHEMES[scheme], path if path.startswith("/") else "/" + path)
    if len(target.url) > _MAX_URL:  # quoting makes it up to nine times as long
        raise FetchError(_ODD)
    return target


def join_url(base: Target, link: str) -> Target:
    """Where a link on the page at `base` leads. Raises FetchError as `read_url` does."""
    try:
        return read_url(urljoin(base.url, link.strip()))
    except ValueError as error:
        raise FetchError(f"not an address: {error}") from error


def _read_host(host: str | None) -> str:
    if host and ":" in host:
        try:
            return str(ipaddress.IPv6Address(host if "%" not in host else ""))
        except ValueError as error:
            raise FetchError("not an address: a host that is no IPv6 address") from error
    try:
        name = (host or "").encode("idna").decode("ascii").lower()
        name.encode("idna")  # folding may have made dots of other signs, and empty labels between them
    except UnicodeError as error:
        raise FetchError("not an address: a host that is no name") from error
    if not _NAME.fullmatch(name):
        raise FetchError("not an address: a host that is no name")
    return name
