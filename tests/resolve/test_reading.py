"""A reader's chances as a part of an edge, and what it does to the odds."""

from __future__ import annotations

from onrecord.resolve.base import Proposition
from onrecord.resolve.compare.reading import MOST, compare_reading
from onrecord.resolve.match import match_propositions
from onrecord.resolve.propositions import add_vectors, find_wordings, make_propositions
from tests.resolve.pages import WordEmbedder, make_page


class Fixed:
    """Says the same of every pair, and counts them."""

    def __init__(self, same: float, opposed: float) -> None:
        self._chances = same, opposed
        self.pairs = 0

    def read(self, left: str, right: str) -> tuple[float, float]:
        self.pairs += 1
        return self._chances


def make(content: str, address: str = "a.txt") -> Proposition:
    own = make_propositions(*make_page(address, f"News\n\n{content}.", "2023-05-02", "officials", content))
    wordings = find_wordings(own)
    vectors = dict(zip(wordings, WordEmbedder().embed(wordings.values()), strict=True))
    return add_vectors(own, vectors)[0]


def test_a_reader_is_never_surer_than_its_bound() -> None:
    left, right = make("The strait is open"), make("The strait is closed")
    values = [compare_reading(left, right, Fixed(*chances)).value for chances in ((0, 0), (0.3, 0.2), (0.4, 0.6))]
    assert values == [-MOST, 0.0, MOST]


def test_a_reader_decides_what_is_in_doubt() -> None:
    left = make("Eastland asked Westmark for tanks")
    right = make("Eastland had asked Westmark to send it tanks", "b.txt")
    scores = [
        edge.score if (edge := match_propositions(left, right, reader=reader)) else 0.0
        for reader in (Fixed(0.95, 0.02), Fixed(0.3, 0.1), Fixed(0.0, 0.01))
    ]
    assert scores[0] > scores[1] > scores[2]
    assert match_propositions(right, left, reader=Fixed(0.95, 0.02)) == match_propositions(
        left, right, reader=Fixed(0.95, 0.02)
    )


def test_what_has_nothing_in_common_is_not_read() -> None:
    reader = Fixed(1.0, 0.0)
    assert (
        match_propositions(make("Eastland asked for tanks"), make("The harvest is in", "b.txt"), reader=reader) is None
    )
    assert not reader.pairs
