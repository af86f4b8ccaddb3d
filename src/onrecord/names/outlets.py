"""Well-known outlets, whose names alone do not tell that they are some."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from onrecord.names.variants import fold

# stations go by a network's number or a call sign
STATION = re.compile(r"(?:FOX|(?:FOX|Fox|ABC|CBS|NBC|CW)[ -]?\d+|[KW][A-Z]{2,3}-(?:TV|FM|AM)|Channel \d+)$")


def is_known_outlet(name: str) -> bool:
    """Whether a name is that of an outlet, with or without its "The": "FOX 13" is, "Fox" is none.

    A name of one word must begin as it is known, an acronym be written so: "the economist" and "Ani" are persons.
    """
    plain = " ".join(name.split())
    short = re.sub(r"^[Tt]he ", "", plain)
    known = _read().get(fold(short)) or (_read().get(fold(f"the {short}")) if short != plain else None)
    if known is None:
        return STATION.match(short) is not None
    own = known.removeprefix("The ")
    return " " in short or (short.isupper() if own.isupper() else own[0].islower() or short[0].isupper())


@cache
def _read() -> dict[str, str]:
    """Names as they are known, by their form without case and diacritics."""
    rows = files(__package__).joinpath("outlets.txt").read_text(encoding="utf-8").splitlines()
    return {fold(row): row for row in rows if not row.startswith("#")}
