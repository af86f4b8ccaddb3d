"""The guard of what may be connected to, over random addresses: none may pass that is not public.

The judge is Python's `ipaddress`, whose tables others keep: what it calls private, loopback, link-local, multicast,
reserved or not global must never be connected to, whether it comes as it is, as IPv4 in IPv6 (mapped, NAT64, 6to4,
Teredo), as the spelling of a host, or as one of several addresses of a name. Public ones that the guard refuses are
counted: they cost pages, not safety.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address

from bench.record import print_table, record
from onrecord.fetch import FetchError
from onrecord.fetch.addresses import Address, Allowed, find_addresses, is_public

COMMAND = "make bench-address-guard"
ADDRESSES = 800_000
AMONG_OTHERS = 10  # one of so many is asked for once more, with private ones beside it
# where the borders lie that a guard gets wrong: half of the addresses come from near them
_EDGES_4 = (0, 10 << 24, 0x64400000, 127 << 24, 0xA9FE0000, 0xAC100000, 0xC0000000, 0xC0A80000, 0xC6120000, 0xE0000000)
_EDGES_6 = tuple(
    int(IPv6Address(text))
    for text in (
        *("::", "64:ff9b::", "100::", "2000::", "2001::", "2001:200::", "2001:db8::", "2002::", "2003::", "3fff::"),
        *("4000::", "fc00::", "fe80::", "fec0::", "ff00::"),
    )
)
_NAT64, _MAPPED, _6TO4, _TEREDO = (int(IPv6Address(one)) for one in ("64:ff9b::", "::ffff:0:0", "2002::", "2001::"))


def main() -> None:
    """Judge, print and record; the exit code is 1 where an address passed that must not."""
    parser = argparse.ArgumentParser(prog="python -m bench.address_guard", description=__doc__)
    parser.add_argument("--addresses", type=int, default=ADDRESSES)
    options = parser.parse_args()
    began = time.perf_counter()
    counts, passed = judge(options.addresses)
    print_table([{"kind": kind, **Counter(row)} for kind, row in counts.items()])
    figures = {
        "addresses": options.addresses,
        "passed that must not": len(passed),
        "kinds": {kind: dict(row) for kind, row in counts.items()},
        "seconds": round(time.perf_counter() - began),
    }
    record("address_guard", figures, command=" ".join(["python -m bench.address_guard", *sys.argv[1:]]))
    sys.exit(1 if passed else 0)


def judge(count: int, seed: int = 7) -> tuple[dict[str, Counter[str]], list[str]]:
    """What came of so many addresses, by kind, and those that passed though they must not."""
    counts: dict[str, Counter[str]] = {}
    passed = []
    for kind, address, is_safe in iter_addresses(count, random.Random(seed)):
        row = counts.setdefault(kind, Counter())
        found = _ask([str(address)])
        row["passed" if found else "refused"] += 1
        if found and not is_safe:
            passed.append(str(address))
        elif is_safe and not found:
            row["public, refused"] += 1
        # of several addresses of a name only the public ones are taken, whatever their order
        if sum(row.values()) % AMONG_OTHERS == 0 and _ask(["127.0.0.1", str(address), "::1"]) != found:
            passed.append(f"among others: {address}")
    return counts, passed


def iter_addresses(count: int, chance: random.Random) -> Iterator[tuple[str, Address, bool]]:
    """Addresses of each kind in turn, with whether Python lets them pass."""
    for turn in range(count):
        low = chance.choice(_EDGES_4) + chance.randint(-300, 300) if chance.random() < 0.5 else chance.getrandbits(32)
        old = IPv4Address(low % 2**32)
        high = chance.choice(_EDGES_6) + chance.randint(-300, 300) if chance.random() < 0.5 else chance.getrandbits(128)
        kind = ("IPv4", "IPv6", "mapped", "NAT64", "6to4", "Teredo")[turn % 6]
        if kind == "IPv4":
            yield kind, old, _is_safe(old)
        elif kind == "IPv6":
            # three of four in the block that addresses are given out from
            new = IPv6Address(high % 2**128 if chance.random() < 0.25 else high % 2**125 | 1 << 125)
            yield kind, new, _is_safe(new)
        else:
            number = {
                "mapped": _MAPPED | int(old),
                "NAT64": _NAT64 | int(old),
                "6to4": _6TO4 | int(old) << 80 | chance.getrandbits(80),
                "Teredo": _TEREDO | chance.getrandbits(64) << 32 | int(old) ^ 0xFFFFFFFF,
            }[kind]
            yield kind, IPv6Address(number), False


def _is_safe(address: Address) -> bool:
    special = address.is_private or address.is_loopback or address.is_link_local or address.is_multicast
    return address.is_global and not (special or address.is_reserved or address.is_unspecified)


def _ask(addresses: list[str]) -> list[str]:
    try:
        found = find_addresses("name.test", 80, Allowed(), lambda _host, _port: addresses)
    except FetchError:
        return []
    assert all(is_public(IPv6Address(one) if ":" in one else IPv4Address(one)) for one in found)
    return found


if __name__ == "__main__":
    main()
