"""Which addresses may be connected to: public ones, and those that the settings allow.

A name is judged by what it resolves to, once, and the connection is made to just that: a name that leads elsewhere the
next time it is asked cannot slip through, and neither can odd spellings (0x7f.1, 2130706433), which resolve to what
they are. The blocks are those of IANA's special-purpose address registries (RFC 6890).
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from onrecord.errors import RunError
from onrecord.fetch.base import FetchError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str, int], Iterable[str]]

_HOST = re.compile(r"[a-z0-9_.-]+")
_NOT_PUBLIC_4 = [
    IPv4Network(block)
    for block in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
        *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    )
]
# all other IPv6 is local, an IPv4 address in disguise (mapped, NAT64), multicast or not given out
_PUBLIC_6 = IPv6Network("2000::/3")
# protocol assignments with Teredo and ORCHID, documentation, 6to4
_NOT_PUBLIC_6 = [IPv6Network(block) for block in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]


def is_public(address: Address) -> bool:
    """Whether anybody on the internet means the same machine by this address."""
    if isinstance(address, IPv4Address):
        return not any(address in block for block in _NOT_PUBLIC_4)
    return address in _PUBLIC_6 and not any(address in block for block in _NOT_PUBLIC_6)


@dataclass(frozen=True, slots=True)
class Allowed:
    """Hosts by name, and networks, that may be connected to although they are not public."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    def has(self, host: str, address: Address) -> bool:
        """Whether `address`, which `host` resolved to, may be connected to."""
        if is_public(address) or host.rstrip(".") in self.hosts:
            return True
        return any(address in network for network in self.networks)


def read_allowed(given: str) -> Allowed:
    """What `settings.fetch_private` lists: "wiki.lan, 10.1.0.0/16, ::1". Raises RunError for what is neither."""
    hosts: set[str] = set()
    networks: list[Network] = []
    for item in filter(None, re.split(r"[,\s]+", given.lower())):
        try:
            networks.append(ip_network(item, strict=False))
        except ValueError as error:
            if not _HOST.fullmatch(item) or item.replace(".", "").isdigit():
                raise RunError(f"ONRECORD_FETCH_PRIVATE: {item!r} is neither a host nor a network") from error
            hosts.add(item.rstrip("."))
    return Allowed(frozenset(hosts), tuple(networks))


def resolve_host(host: str, port: int) -> list[str]:
    """The addresses of a host, by the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def find_addresses(host: str, port: int, allowed: Allowed, resolve: Resolve = resolve_host) -> list[str]:
    """The addresses of `host` that may be connected to. Raises FetchError where there is none."""
    try:
        found = list(resolve(host, port))
    except (OSError, UnicodeError) as error:
        again = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
        raise FetchError(f"there is no host {host}", again=again, refused=True) from error
    good = [address for address in found if allowed.has(host, ip_address(address))]
    if not good:
        raise FetchError(
            f"{host} is at {', '.join(found) or 'no address'}, not public: ONRECORD_FETCH_PRIVATE can allow it",
            refused=True,
        )
    return good
