"""A text cut into words, with what the encoder cannot see for itself: letter case, quotation state, paragraph starts.

The encoder's vocabulary is uncased and knows no line breaks; these three features give it both back. Training and
running share this module, so that the model sees the same words in both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Ints = NDArray[np.int64]

WORD = re.compile(r"\w+|``|''|[^\w\s]")
TYPEWRITTEN = {"``": '"', "''": '"'}
OTHER, DIGITS, LOWER, CAPITALISED, UPPER, MIXED = range(6)
# a word of more pieces than this is a number or a web address: the first ones tell as much
MAX_PIECES = 12
WORDS_KEPT = 20_000  # of which what was read is kept: a text is mostly words of the texts before it
UNKNOWN, START, END = 100, 101, 102


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text: offsets and features are arrays of one int a word, `pieces` the vocabulary ids of each."""

    text: str
    begins: Ints
    ends: Ints
    pieces: tuple[tuple[int, ...], ...]
    shape: Ints
    quoted: Ints
    opens: Ints

    def __len__(self) -> int:
        return len(self.pieces)


def split_words(text: str, tokenizer: Tokenizer) -> Words:
    """The words and marks of a text, in order."""
    matches = list(WORD.finditer(text))
    forms = _set_quotes([TYPEWRITTEN.get(m.group(), m.group()) for m in matches])
    begins = np.array([m.start() for m in matches], np.int64)
    ends = np.array([m.end() for m in matches], np.int64)
    opens = _find_paragraphs(text, begins, ends)
    read = [_read_form(form, tokenizer) for form in forms]
    return Words(
        text,
        begins,
        ends,
        tuple(pieces for pieces, _ in read),
        np.array([shape for _, shape in read], np.int64),
        _quote_states(forms, opens),
        opens,
    )


def _set_quotes(forms: list[str]) -> list[str]:
    """The marks of other languages („…“, «…») as English ones, which the encoder knows."""
    low = False
    for k, form in enumerate(forms):
        if form in "„«":
            forms[k], low = "“", True
        elif form == "»" or (form == "“" and low):
            forms[k], low = "”", False
    return forms


@lru_cache(WORDS_KEPT)
def _read_form(form: str, tokenizer: Tokenizer) -> tuple[tuple[int, ...], int]:
    """The pieces of a word and its shape."""
    ids = tokenizer.encode([form], is_pretokenized=True, add_special_tokens=False).ids
    return tuple(ids[:MAX_PIECES]) or (UNKNOWN,), _shape(form)


def _shape(form: str) -> int:
    if not form[0].isalnum():
        return OTHER
    if form[0].isdigit():
        return DIGITS
    if form.islower():
        return LOWER
    if form.isupper() and len(form) > 1:
        return UPPER
    return CAPITALISED if form[0].isupper() else MIXED


def _find_paragraphs(text: str, begins: Ints, ends: Ints) -> Ints:
    """1 for the first word of each line, else 0."""
    opens = np.zeros(len(begins), np.int64)
    if len(begins):
        opens[0] = 1
        gaps = zip(ends[:-1].tolist(), begins[1:].tolist(), strict=True)
        opens[1:] = ["\n" in text[end:begin] for end, begin in gaps]
    return opens


def _quote_states(forms: Sequence[str], opens: Ints) -> Ints:
    """1 for the words between quotation marks and the marks themselves; a new paragraph starts unquoted."""
    states = np.zeros(len(forms), np.int64)
    inside = False
    for i, form in enumerate(forms):
        inside = inside and not opens[i]
        states[i] = inside or form in '“”"'
        if form == '"':
            inside = not inside
        elif form in "“”":
            inside = form == "“"
    return states
