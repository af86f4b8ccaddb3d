from __future__ import annotations

import pytest

from onrecord.names import is_known_outlet

KNOWN = ["CNBC", "the Mail", "Guardian", "El País", "FOX 13", "FOX", "ABC7", "The Hill", "the daily mail", "KTVU-TV"]
KNOWN += ["POLITICO", "Techcrunch", "RTE", "Al-Jazeera"]
OTHERS = [
    "Fox",
    "fox",
    "Royal Mail",
    "mail carriers",
    "WHO",
    "Sun",
    "",
    "the economist",
    "KPMG",
    "the hill",
    "Ani",
    "cnn",
]


@pytest.mark.parametrize("name", KNOWN)
def test_what_is_known_for_an_outlet(name: str) -> None:
    assert is_known_outlet(name)


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_not(name: str) -> None:
    assert not is_known_outlet(name)
