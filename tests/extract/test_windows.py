from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.windows import MAX_PIECES, cut_windows, pack_window
from onrecord.extract.words import END, START, split_words
from tests.extract.tiny import make_tokenizer

TOKENIZER = make_tokenizer()
PARAGRAPHS = st.lists(st.text(alphabet="ab. ”", max_size=60), max_size=12).map("\n".join)


@given(PARAGRAPHS, st.integers(1, 30), st.integers(12, 40))
def test_windows_hold_every_word_once_and_fit(text: str, first: int, longest: int) -> None:
    words = split_words(text, TOKENIZER)
    windows = cut_windows(words, first=first, longest=longest)
    assert [i for begin, end in windows for i in range(begin, end)] == list(range(len(words)))
    assert all(sum(len(p) for p in words.pieces[begin:end]) <= longest for begin, end in windows)


def test_paragraphs_stay_whole() -> None:
    words = split_words("aa aa aa\nbb bb\ncc cc cc", TOKENIZER)
    assert cut_windows(words, first=10, longest=10) == [(0, 5), (5, 8)]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    words = split_words("aa aa. “bb bb.” cc cc", TOKENIZER)
    windows = cut_windows(words, first=14, longest=14)
    assert [words.text[words.begins[b] : words.ends[e - 1]] for b, e in windows] == ["aa aa. “bb bb.”", "cc cc"]


def test_one_long_line_takes_as_many_windows_as_it_needs() -> None:
    words = split_words("word " * 5000, TOKENIZER)
    windows = cut_windows(words)
    assert len(windows) == -(-5000 // (MAX_PIECES // 4))


def test_packing_keeps_features_beside_their_pieces() -> None:
    words = split_words("Ab 1\nc", TOKENIZER)
    packed = pack_window(words, (0, 3))
    pieces = [piece for ids in words.pieces for piece in ids]
    assert packed["ids"].tolist() == [START, *pieces, END]
    assert packed["first"].tolist() == [1, 3, 4]
    assert packed["start"].tolist() == [0, 1, 0, 0, 1, 0]
    assert packed["shape"].tolist() == [0, *words.shape[[0, 0, 1, 2]].tolist(), 0]
