"""Which withdrawal takes back what: the same root's, and something in common that tells the matter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.records import Stance
from onrecord.resolve.base import Proposition
from onrecord.resolve.compare.withdrawals import find_withdrawal
from onrecord.resolve.propositions import make_propositions
from tests.resolve.pages import make_page

SAID = "Seven people died when the market roof fell"


def make(content: str, address: str, day: str, root: str = "the city", *, retracts: bool = False) -> Proposition:
    (made,) = make_propositions(*make_page(address, f"News\n\n{content}.", day, root, content))
    return replace(made, retracts=True, stance=Stance.DENIES, holds=False) if retracts else made


@pytest.mark.parametrize(
    ("content", "is_meant"),
    [
        ("the figure of seven", True),
        ("the figure of nine", False),
        ("the earlier statement about the roof", True),
        ("part of the account", False),
        ("the charge against the mayor", False),
    ],
)
def test_a_figure_or_a_word_in_common_tells_what_is_taken_back(content: str, is_meant: bool) -> None:
    said, back = make(SAID, "a.txt", "2023-05-02"), make(content, "b.txt", "2023-05-05", retracts=True)
    assert (find_withdrawal(said, back) is not None) == is_meant
    assert find_withdrawal(said, back) == find_withdrawal(back, said)


@pytest.mark.parametrize(
    ("root", "address", "day"),
    [("the union", "b.txt", "2023-05-05"), ("the city", "a.txt", "2023-05-05"), ("the city", "b.txt", "2023-05-01")],
)
def test_nobody_else_and_nothing_that_came_later_is_taken_back(root: str, address: str, day: str) -> None:
    said = make(SAID, "a.txt", "2023-05-02")
    back = make("the figure of seven", address, day, root, retracts=True)
    if address == "a.txt":
        back = replace(back, document_id=said.document_id)
    assert find_withdrawal(said, back) is None
