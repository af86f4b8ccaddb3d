from __future__ import annotations

import pycountry
import pytest

from onrecord.names import find_country_in, find_metonym


@pytest.mark.parametrize(
    ("words", "code", "how"),
    [
        ("the Kremlin", "RU", "seat"),
        ("Moscow", "RU", "capital"),
        ("Russia", "RU", "name"),
        ("Russian", "RU", "demonym"),
        ("Beijing", "CN", "capital"),
        ("the White House", "US", "seat"),
        ("U.S.", "US", "name"),
        ("Kyiv", "UA", "capital"),
        ("Kiev", "UA", "seat"),
        ("Downing Street", "GB", "seat"),
        ("Türkiye", "TR", "name"),
        ("Singapore", "SG", "name"),
    ],
)
def test_metonyms(words: str, code: str, how: str) -> None:
    found = find_metonym(words)
    assert found is not None
    assert (found.country.code, found.how) == (code, how)


def test_other_words_are_no_metonym() -> None:
    assert find_metonym("Google") is None
    assert find_metonym("") is None


def test_every_country_with_an_official_name_is_known() -> None:
    """The table against ISO 3166, independently of how it was made."""
    named = [c for c in pycountry.countries if getattr(c, "official_name", None)]
    territories = {
        "AX",
        "AS",
        "BM",
        "FK",
        "HK",
        "MO",
        "PR",
        "VI",
        "VG",
        "NU",
        "CK",
        "MP",
        "GU",
        "FO",
        "GL",
        "IM",
        "GG",
        "BQ",
        "SX",
        "BL",
        "MF",
    }
    missing = [c.name for c in named if find_metonym(c.name) is None and c.alpha_2 not in territories]
    assert missing == []


def test_two_countries_in_a_phrase_are_none() -> None:
    assert find_country_in("Russian and Chinese officials") is None
    found = find_country_in("North Korean state media")
    assert found is not None
    assert found.country.code == "KP"
