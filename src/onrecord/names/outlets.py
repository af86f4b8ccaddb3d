"""Well-known outlets, whose names alone do not tell that they are some."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from onrecord.names.variants import fold

# stations go by a network's number or a call sign: "FOX 13", "ABC-7", "KTVU-TV"
STATION = re.compile(r"(?:(?:FOX|Fox|ABC|CBS|NBC|CW)[ -]?\d*|[KW][A-Z]{3}(?:-TV|-FM)?)$|Channel \d+$")


def is_known_outlet(name: str) -> bool:
    """Whether a name is that of an outlet, with or without its "The": "Fox" is none, "FOX" and "FOX 13" are."""
    plain = " ".join(fold(name).split())
    known = plain in _read() or plain.removeprefix("the ") in _read()
    return known or (STATION.match(name) is not None and name != "Fox")


@cache
def _read() -> frozenset[str]:
    rows = files(__package__).joinpath("outlets.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(fold(row) for row in rows if not row.startswith("#"))
