from __future__ import annotations

import pytest

from onrecord.resolve.body_names import find_body_name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("communications for digital security firm FireEye", "FireEye"),
        ("the Clinton Foundation in 2009", "the Clinton Foundation"),
        ("Ana Moe's presidential campaign four years ago", "Ana Moe's presidential campaign"),
        ("To Montclair University", "Montclair University"),
        ("Gotham Writers and an independent analyst", "Gotham Writers"),
        ("the city's St George's Church", "St George's Church"),
        ("St George's Church - the only one of its kind", "St George's Church"),
        ("Egyptian", "Egypt"),
    ],
)
def test_what_stands_around_a_name_goes(words: str, name: str) -> None:
    assert find_body_name(words) == name


@pytest.mark.parametrize(
    "name",
    [
        "Associated Press",
        "National Research",
        "ministry of trade and industry",
        "the Security Council",
        "the group",
        "Press",
    ],
)
def test_what_is_a_name_stays(name: str) -> None:
    assert find_body_name(name) == name
