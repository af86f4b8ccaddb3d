from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.read.align import align_words

BODY = ("the harbour authority of eastmouth said that it had not " + "been told of the plan").split()


def test_a_teaser_with_the_same_words_stays_unaligned() -> None:
    page = [*BODY[:6], "menu", "login", *BODY, "more", *BODY[4:10]]
    matched = align_words(page, BODY)
    assert matched == [False] * 8 + [True] * len(BODY) + [False] * 7


def test_short_lines_between_long_ones_are_aligned() -> None:
    page = [*BODY, "what", "next", *reversed(BODY)]
    assert all(align_words(page, page))


def test_nothing_in_common() -> None:
    assert align_words(["a"] * 10, ["b"] * 10) == [False] * 10
    assert align_words([], []) == []


words = st.lists(st.sampled_from("abcdef"), max_size=60)


@given(words, words)
def test_no_more_is_matched_than_there_is(page: list[str], extracted: list[str]) -> None:
    matched = align_words(page, extracted)
    assert len(matched) == len(page)
    assert sum(matched) <= len(extracted)


@given(words, words, words)
def test_an_extract_is_found_whole(before: list[str], body: list[str], after: list[str]) -> None:
    extracted = [f"w{i}" for i in range(len(body))]
    matched = align_words([*before, *extracted, *after], extracted)
    assert sum(matched) == (len(extracted) if len(extracted) >= 4 else sum(matched))
