from __future__ import annotations

import pytest

from onrecord.names import is_known_outlet


@pytest.mark.parametrize(
    "name", ["CNBC", "the Mail", "Guardian", "El País", "FOX 13", "FOX", "ABC7", "KTVU-TV", "al-monitor"]
)
def test_what_is_known_for_an_outlet(name: str) -> None:
    assert is_known_outlet(name)


@pytest.mark.parametrize("name", ["Fox", "fox", "Royal Mail", "mail carriers", "WHO", "Sun", ""])
def test_what_is_not(name: str) -> None:
    assert not is_known_outlet(name)
