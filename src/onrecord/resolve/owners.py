"""Which outlets belong to one owner, and so are one voice: a small map that ships, and what the user adds to it.

A map is a TSV file: an owner, a tab, an outlet; one outlet a line, `#` for remarks. Outlets are compared without
regard to case, "The", web addresses' "www." and endings like ".com".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from onrecord.errors import RunError

SHIPPED = Path(__file__).with_name("owners.tsv")


@dataclass(frozen=True, slots=True)
class Owners:
    """Owner by outlet."""

    by_outlet: Mapping[str, str] = field(default_factory=dict)

    def find(self, outlet: str | None) -> str | None:
        """The owner of an outlet, None where none is known."""
        return self.by_outlet.get(_plain(outlet)) if outlet else None


def load_owners(path: str | Path | None = None) -> Owners:
    """The map that ships, with the lines of `path` added, which go first. Raises RunError for a file that is no map."""
    shipped = _load_shipped()
    if not path:
        return shipped
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RunError(f"the map of owners {path} cannot be read: {error}") from error
    return Owners({**shipped.by_outlet, **_read_lines(lines, str(path))})


@cache
def _load_shipped() -> Owners:
    return Owners(_read_lines(SHIPPED.read_text(encoding="utf-8").splitlines(), SHIPPED.name))


def _read_lines(lines: Iterable[str], name: str) -> dict[str, str]:
    found = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        owner, tab, outlet = line.partition("\t")
        if not tab or not owner.strip() or not _plain(outlet):
            raise RunError(f"{name}, line {number}: write OWNER, a tab, OUTLET")
        found[_plain(outlet)] = owner.strip()
    return found


def _plain(outlet: str) -> str:
    words = re.sub(r"^(?:https?://)?(?:www\.)?|/.*$", "", outlet.strip().casefold())
    words = re.sub(r"\.(?:com|org|net|co\.uk|de|fr)$", "", words)
    return re.sub(r"[\W_]+", "", re.sub(r"^the\s", "", words))
