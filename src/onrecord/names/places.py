"""Countries and what stands for their governments: names, capitals, demonyms, seats such as the Kremlin."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.names.variants import fold

NAME, CAPITAL, DEMONYM, SEAT = "name", "capital", "demonym", "seat"
UNIONS = {"eu": "EU", "european union": "EU", "brussels": "EU", "european commission": "EU"}


@dataclass(frozen=True, slots=True)
class Country:
    """A state: its ISO 3166 code ("XK" for Kosovo), usual name and the adjective for it."""

    code: str
    name: str
    demonym: str


@dataclass(frozen=True, slots=True)
class Metonym:
    """A word that can stand for a government, and how: by name, capital, demonym or seat."""

    country: Country
    how: str


def find_metonym(words: str) -> Metonym | None:
    """The government that "Moscow", "the Kremlin", "Russia" or "Russian" can stand for; None where none is known.

    Where a capital bears its country's name, it counts as the name. A demonym that two states share gives the first.
    """
    key = fold(words).strip()
    return _read_table().get(key.removeprefix("the "))


def find_country_in(words: str) -> Metonym | None:
    """The one country that a phrase names by any word or pair of words; None where it names none, or two."""
    parts = fold(words).replace("'s", "").replace("’s", "").replace(",", " ").split()
    found: list[Metonym] = []
    at = 0
    while at < len(parts):
        for length in (3, 2, 1):
            known = _read_table().get(" ".join(parts[at : at + length])) if at + length <= len(parts) else None
            if known is not None:
                found.append(known)
                at += length - 1
                break
        at += 1
    return found[0] if len({f.country.code for f in found}) == 1 else None


@cache
def _read_table() -> dict[str, Metonym]:
    table: dict[str, Metonym] = {}
    rows = files(__package__).joinpath("countries.tsv").read_text(encoding="utf-8").splitlines()
    split = [row.split("\t") for row in rows if not row.startswith("#")]
    countries = [Country(code, name, demonyms.split(";")[0]) for code, name, _, demonyms, _, _ in split]
    for country, row in zip(countries, split, strict=True):
        for name in [country.name, *row[4].split(";")]:
            table.setdefault(fold(name), Metonym(country, NAME))
    for how, column in ((SEAT, 5), (DEMONYM, 3), (CAPITAL, 2)):
        for country, row in zip(countries, split, strict=True):
            for word in row[column].split(";"):
                table.setdefault(fold(word), Metonym(country, how))
    table.pop("", None)
    return table
