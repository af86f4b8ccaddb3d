"""Well-known outlets, whose names alone do not tell that they are some."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

# stations go by a network's number or a call sign
STATION = re.compile(r"(?:FOX|(?:FOX|Fox|ABC|CBS|NBC|CW)[ -]?\d+|[KW][A-Z]{2,3}-(?:TV|FM|AM)|Channel \d+)$")


def is_known_outlet(name: str) -> bool:
    """Whether a name is that of an outlet, with or without its "The": "FOX 13" is, "Fox" is none.

    Names of one word must be written as they are known: "the economist" is a person.
    """
    plain = " ".join(name.split())
    short = re.sub(r"^[Tt]he ", "", plain)
    known = _read().get(short.casefold()) or (_read().get(f"the {short}".casefold()) if short != plain else None)
    is_written_so = known is not None and (" " in short or known.removeprefix("The ") == short)
    return is_written_so or STATION.match(short) is not None


@cache
def _read() -> dict[str, str]:
    """Names as they are known, by their form without regard to case."""
    rows = files(__package__).joinpath("outlets.txt").read_text(encoding="utf-8").splitlines()
    return {row.casefold(): row for row in rows if not row.startswith("#")}
