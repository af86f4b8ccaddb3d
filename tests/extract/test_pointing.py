from __future__ import annotations

import pytest

from onrecord.extract.pointing import POINTER


@pytest.mark.parametrize(
    "content",
    [
        "this",
        "It",
        "them",
        "the charges",
        "these allegations",
        "such false claims",
        "all the accusations",
        "his remarks",
    ],
)
def test_what_points_back(content: str) -> None:
    assert POINTER.match(content)


@pytest.mark.parametrize(
    "content", ["China for aid", "the bridge", "thistles", "its neighbours", "the charges against him"]
)
def test_what_does_not(content: str) -> None:
    assert not POINTER.match(content)
