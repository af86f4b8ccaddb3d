"""How two short texts stand to each other: one claim, a claim and its opposite, or two matters.

A cross-encoder (Devlin et al. 2019, for sentence pairs) of three layers of all-MiniLM-L6-v2; the card beside the
weights says what it was trained on.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from onrecord.inference.model import Model, load_model

MOST_PIECES = 56  # of each text: contents are short
START, END = 101, 102  # [CLS], [SEP]


class PairReader:
    """Pairs go through one at a time: int8 takes its scale over a whole input, and padding would change the result."""

    def __init__(self, model: Model) -> None:
        self.version = model.version
        self._session = model.sessions["reader"]
        self._tokenizer = model.load_tokenizer()

    def read(self, left: str, right: str) -> tuple[float, float]:
        """The chances that both word the same, and that they word opposites; what is left is two matters.

        The same for (right, left).
        """
        ids, second = self.find_pieces(*sorted((left, right)))
        logits: NDArray[np.float32] = self._session.run(None, {"ids": ids, "second": second})[0]
        powers = np.exp(logits.astype(np.float64) - logits.max())
        same, opposed, _ = (powers / powers.sum()).tolist()
        return same, opposed

    def find_pieces(self, left: str, right: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The wordpieces of both with their marks, (pieces,), and 1 for each that is of the second text."""
        first, second = (self._tokenizer.encode(t, add_special_tokens=False).ids[:MOST_PIECES] for t in (left, right))
        ids = [START, *first, END, *second, END]
        return np.array(ids, np.int64), np.repeat(np.array([0, 1], np.int64), [len(first) + 2, len(second) + 1])


@cache
def make_pair_reader(*, threads: int = 1) -> PairReader:
    """The reader that ships, loaded once in a process. Raises RunError where its files are missing or wrong."""
    return PairReader(load_model("pairs", threads=threads))
