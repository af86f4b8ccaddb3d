"""Sentences to vectors whose cosine says whether they are on one matter.

Three layers of all-MiniLM-L6-v2 (Reimers and Gurevych 2019), trained on: the card beside the weights says on what.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from onrecord.inference.model import Model, load_model

SIZE = 384
TEXTS_KEPT = 2048  # 3 MB; what agencies send comes in again and again, mostly on one day
MOST_PIECES = 256  # what the encoder was trained on; the rest of a longer text is not looked at

Vectors = NDArray[np.float32]


class Embedder:
    """Texts go through one at a time: int8 takes its scale over a whole input, and padding would change the result."""

    def __init__(self, model: Model) -> None:
        self.version = model.version
        self._session = model.sessions["encoder"]
        self._tokenizer = model.load_tokenizer(most=MOST_PIECES)
        self._find_vector = lru_cache(TEXTS_KEPT)(self._embed)

    def embed(self, texts: Iterable[str]) -> Vectors:
        """Unit vectors, (texts, SIZE)."""
        vectors = [self._find_vector(text) for text in texts]
        return np.stack(vectors) if vectors else np.zeros((0, SIZE), np.float32)

    def _embed(self, text: str) -> Vectors:
        vector: Vectors = self._session.run(None, {"ids": self.find_pieces(text)})[0]
        return vector

    def find_pieces(self, text: str) -> NDArray[np.int64]:
        """The wordpieces of a text, (pieces,), the marks at the ends among them."""
        return np.asarray(self._tokenizer.encode(text).ids, np.int64)


@cache
def make_embedder(*, threads: int = 1) -> Embedder:
    """The encoder that ships, loaded once in a process. Raises RunError where its files are missing or wrong."""
    return Embedder(load_model("embedding", threads=threads))
