from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.words import CAPITALISED, DIGITS, LOWER, MAX_PIECES, MIXED, OTHER, UPPER, split_words
from tests.extract.tiny import make_tokenizer

TOKENIZER = make_tokenizer()


def forms(text: str) -> list[str]:
    words = split_words(text, TOKENIZER)
    return [text[b:e] for b, e in zip(words.begins, words.ends, strict=True)]


@given(st.text(max_size=80))
def test_every_visible_character_is_in_one_word(text: str) -> None:
    words = split_words(text, TOKENIZER)
    covered = [i for b, e in zip(words.begins, words.ends, strict=True) for i in range(b, e)]
    assert covered == sorted(set(covered))
    assert {i for i, c in enumerate(text) if not c.isspace()} <= set(covered)
    assert all(1 <= len(pieces) <= MAX_PIECES for pieces in words.pieces)
    lengths = {len(words.begins), len(words.ends), len(words.shape), len(words.quoted), len(words.opens), len(words)}
    assert len(lengths) == 1


def test_marks_stand_alone() -> None:
    assert forms("“No,” he said: it's 3.5%.") == [
        "“", "No", ",", "”", "he", "said", ":", "it", "'", "s", "3", ".", "5", "%", ".",
    ]  # fmt: skip


def test_typewritten_quotation_marks_are_one_word_each() -> None:
    words = split_words("``No,'' he said", TOKENIZER)
    assert forms("``No,'' he said") == ["``", "No", ",", "''", "he", "said"]
    assert words.quoted.tolist() == [1, 1, 1, 1, 0, 0]
    assert words.pieces[0] == split_words('"', TOKENIZER).pieces[0]


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("said", LOWER),
        ("Smith", CAPITALISED),
        ("A", CAPITALISED),
        ("NATO", UPPER),
        ("2016", DIGITS),
        (",", OTHER),
        ("iPhone", MIXED),
    ],
)
def test_shapes(word: str, shape: int) -> None:
    assert split_words(word, TOKENIZER).shape.tolist() == [shape]


def test_lines_open_paragraphs_and_close_quotations() -> None:
    words = split_words("He said “no\nShe left", TOKENIZER)
    assert words.opens.tolist() == [1, 0, 0, 0, 1, 0]
    assert words.quoted.tolist() == [0, 0, 1, 1, 0, 0]


def test_empty_text_has_no_words() -> None:
    assert len(split_words(" \n ", TOKENIZER)) == 0
