"""A reader's chances as a part of an edge, and what it does to the odds."""

from __future__ import annotations

import multiprocessing
import time
from dataclasses import replace
from typing import Any

from onrecord.records import Act, Passage, Polarity, Relation
from onrecord.resolve.base import Proposition
from onrecord.resolve.compare.reading import MOST, compare_reading, compare_readings
from onrecord.resolve.match import has_other_figures, match_pairs
from onrecord.resolve.propositions import add_vectors, find_wordings, make_propositions
from tests.resolve.pages import WordEmbedder, make_page, match_propositions


class Fixed:
    """Says the same of every pair, and counts them."""

    def __init__(self, same: float, opposed: float) -> None:
        self._chances = same, opposed
        self.pairs = 0

    def read(self, left: Passage, right: Passage) -> tuple[float, float]:
        self.pairs += 1
        return self._chances


def make(content: str, address: str = "a.txt", root: str = "officials", **fields: Any) -> Proposition:
    own = make_propositions(*make_page(address, f"News\n\n{content}.", "2023-05-02", root, content, **fields))
    wordings = find_wordings(own)
    vectors = dict(zip(wordings, WordEmbedder().embed(wordings.values()), strict=True))
    return add_vectors(own, vectors)[0]


def test_a_reader_is_never_surer_than_its_bound() -> None:
    left, right = make("The strait is open"), make("The strait is closed")
    values = [
        compare_reading(left, right, Fixed(*chances)).find_logit() for chances in ((0, 0), (0.3, 0.2), (0.4, 0.6))
    ]
    assert values == [-MOST, 0.0, MOST]


class ByLength:
    """Says of each pair what its words come to, the longer the later."""

    def read(self, left: Passage, right: Passage) -> tuple[float, float]:
        length = len(left.text) + len(right.text)
        time.sleep(length / 10_000)
        return 1 - length / 1_000, 0.01


def test_many_pairs_are_read_at_once_and_each_keeps_its_reading() -> None:
    asked = make("Eastland asked Westmark for tanks")
    others = [make(f"Eastland asked Westmark for tanks{' again' * n}", f"{n}.txt", "Ann Lee") for n in (9, 1, 5, 0, 3)]
    pairs = [(asked, other, 1.0) for other in (*others, make("The harvest is in", "c.txt"))]
    alone = [match_propositions(a, b, reader=ByLength()) for a, b, _ in pairs]
    assert match_pairs(pairs, ByLength()) == [edge for edge in alone if edge]
    assert alone[-1] is None
    assert len({edge.score for edge in alone if edge}) > 2


def test_a_forked_process_reads_too() -> None:
    pairs = [(make("Eastland asked Westmark for tanks"), make("Eastland asked for tanks", "b.txt"))] * 3
    here = compare_readings(pairs, Fixed(0.9, 0.0))
    context = multiprocessing.get_context("fork")
    with context.Pool(1) as pool:
        there = pool.apply_async(compare_readings, (pairs, Fixed(0.9, 0.0)))
        assert there.get(timeout=60) == here


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


def test_a_denial_of_what_was_said_is_against_it() -> None:
    asked, other = make("Eastland asked Westmark for tanks"), "Eastland requested tanks from Westmark"
    said, denied = make(other, root="Roe"), make(other, root="Roe", polarity=Polarity.NEGATIVE, act=Act.DENY)
    assert compare_reading(asked, said, Fixed(0.9, 0.0)).against == 0.0
    assert compare_reading(asked, denied, Fixed(0.9, 0.0)).against == 0.9
    assert compare_reading(asked, denied, Fixed(0.0, 0.9)).against == 0.0


def test_what_rules_put_against_each_other_and_the_reader_on_one_side_stays_apart() -> None:
    denial = make("Eastland has never asked for tanks", "b.txt", "Roe")
    asked = make("Eastland has asked for tanks", "a.txt", "Moe")
    against = match_propositions(asked, denial, reader=Fixed(0.02, 0.97))
    assert against is not None
    assert against.relation is Relation.CONTRADICTS
    assert match_propositions(asked, denial, reader=Fixed(0.97, 0.02)) is None


def test_figures_that_are_read_as_one_are_no_rivals() -> None:
    left = make("40 people died in the fire", "a.txt", "Moe")
    right = make("63 people died in the fire", "b.txt", "Roe")
    against = match_propositions(left, right, reader=Fixed(0.02, 0.97))
    assert against is not None
    assert has_other_figures(against)
    assert match_propositions(left, right, reader=Fixed(0.97, 0.02)) is None


def test_what_the_reader_takes_for_two_matters_joins_no_two_voices() -> None:
    asked = make("Eastland asked Westmark for tanks", "a.txt", "Moe")
    again = make("Eastland asked Westmark for tanks", "b.txt", "Roe")
    denied = make("Eastland asked Westmark for tanks", "b.txt", "Roe", polarity=Polarity.NEGATIVE, act=Act.DENY)
    in_doubt, more_likely = Fixed(0.2, 0.2), Fixed(0.3, 0.3)
    assert match_propositions(asked, again, reader=in_doubt) is None
    assert match_propositions(asked, again, reader=more_likely) is not None
    assert match_propositions(asked, denied, reader=in_doubt) is None
    assert match_propositions(asked, denied, reader=more_likely) is not None
    # one voice may turn in other words
    assert match_propositions(asked, replace(denied, root="Moe", body="Moe"), reader=in_doubt) is not None
