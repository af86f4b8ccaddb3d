from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract.pointer import AFTER, LEAST, MOST_PIECES, cut_excerpt, load_pointer, pack_pieces, sum_people
from onrecord.extract.words import END, START
from onrecord.records import Span
from tests.extract.tiny import make_tokenizer

TOKENIZER = make_tokenizer()
TEXT = "Anna Berg met Eva Lang in Bonn. A guard had seen her before. Eva Lang left."


def find(words: str, at: int = 0) -> Span:
    begin = TEXT.index(words, at)
    return Span(begin, begin + len(words))


def test_an_excerpt_tells_who_is_named_where() -> None:
    people = [[find("Anna Berg")], [find("Eva Lang"), find("Eva Lang", 40)]]
    excerpt = cut_excerpt(TEXT, find("her"), people, TOKENIZER)
    assert excerpt.forms[excerpt.pronoun] == "her"
    named = [(who, " ".join(excerpt.forms[first : last + 1])) for who, first, last in excerpt.mentions.tolist()]
    assert named == [(0, "anna berg"), (1, "eva lang"), (1, "eva lang")]


@settings(deadline=None)
@given(st.integers(0, 120), st.integers(0, 120), st.text("ab .é", max_size=30))
def test_an_excerpt_holds_its_pronoun_and_no_more_than_was_trained_on(before: int, after: int, odd: str) -> None:
    text = f"{'Ida left. ' * before}{odd} she {'slept on and on ' * after}"
    begin = text.index(" she ") + 1
    people = [[Span(k * 10, k * 10 + 3) for k in range(before)]]
    excerpt = cut_excerpt(text, Span(begin, begin + 3), people, TOKENIZER)
    assert excerpt.forms[excerpt.pronoun] == "she"
    assert sum(map(len, excerpt.pieces)) <= MOST_PIECES
    assert all(excerpt.forms[first] == "ida" for _, first, _ in excerpt.mentions.tolist())
    left = sum(map(len, excerpt.pieces[excerpt.pronoun + 1 :]))
    assert left >= min(AFTER - 4, 12 * after)


def test_pieces_stand_between_the_marks_of_the_ends() -> None:
    ids, first = pack_pieces([(7,), (8, 9), (10,)])
    assert ids.tolist() == [START, 7, 8, 9, 10, END]
    assert first.tolist() == [1, 2, 4]


def test_chances_of_mentions_add_up_and_nobody_has_the_rest() -> None:
    chances = sum_people(np.log([1.0, 2.0, 3.0]), np.log([2.0]), np.array([0, 2, 0]), 3)
    assert np.allclose(chances, [4 / 8, LEAST, 2 / 8])


@pytest.mark.model
def test_the_shipped_pointer_is_asked_where_two_are_named() -> None:
    pointer = load_pointer()
    assert pointer.weigh(TEXT, find("her"), [[find("Anna Berg")], []]) is None
    chances = pointer.weigh(TEXT, find("her"), [[find("Anna Berg")], [find("Eva Lang")], []])
    assert chances is not None
    assert chances[2] == LEAST
    assert chances[:2].min() > LEAST
    assert chances[:2].sum() <= 1
