"""How two contents stand to each other on their pages: one claim, a claim and its opposite, or two matters.

A cross-encoder (Devlin et al. 2019, for sentence pairs) on layers of all-MiniLM-L6-v2; the card beside the weights says
what it was trained on.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.inference.model import Model, load_model
from onrecord.records import Passage

BEFORE_PIECES, TEXT_PIECES = 28, 48  # of what comes before, the end
START, END = 101, 102  # [CLS], [SEP]

PASSAGES_KEPT = 4096  # each is read beside many

Ints = NDArray[np.int64]
CutPassage = tuple[list[int], list[int]]


class PairPieces(NamedTuple):
    """The reader's inputs, a value a wordpiece: ids, 1 in the second passage, 1 in the contents themselves."""

    ids: Ints
    second: Ints
    content: Ints


class PairReader:
    """Pairs go through one at a time: int8 takes its scale over a whole input, and padding would change the result."""

    def __init__(self, model: Model) -> None:
        self.version = model.version
        self._session = model.sessions["reader"]
        tokenizer = model.load_tokenizer()
        self._cut = lru_cache(PASSAGES_KEPT)(lambda passage: cut_passage(passage, tokenizer))

    def read(self, left: Passage, right: Passage) -> tuple[float, float]:
        """The chances that both word the same, and that they word opposites; what is left is two matters.

        The same for (right, left).
        """
        inputs = join_pieces(*map(self._cut, sorted((left, right))))
        logits: NDArray[np.float32] = self._session.run(None, inputs._asdict())[0]
        powers = np.exp(logits.astype(np.float64) - logits.max())
        same, opposed, _ = (powers / powers.sum()).tolist()
        return same, opposed


def cut_passage(passage: Passage, tokenizer: Tokenizer) -> CutPassage:
    """The wordpieces of what stands before a content, and its own."""
    before, text = (tokenizer.encode(part, add_special_tokens=False).ids for part in passage)
    return before[-BEFORE_PIECES:], text[:TEXT_PIECES]


def join_pieces(left: CutPassage, right: CutPassage) -> PairPieces:
    """Both passages with their marks."""
    ids, second, content = [START], [0], [0]
    for nth, (before, text) in enumerate((left, right)):
        ids += [*before, *text, END]
        second += [nth] * (len(before) + len(text) + 1)
        content += [*[0] * len(before), *[1] * len(text), 0]
    return PairPieces(*(np.array(values, np.int64) for values in (ids, second, content)))


@cache
def make_pair_reader(*, threads: int = 1) -> PairReader:
    """The reader that ships, loaded once in a process. Raises RunError where its files are missing or wrong."""
    return PairReader(load_model("pairs", threads=threads))
