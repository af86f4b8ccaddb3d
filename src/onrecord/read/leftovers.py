"""Which lines of a text dump are left over from the page around the article.

Two steps: a linear model over hashed words says how a line reads; boosted trees weigh that, the line's shape, its place
and its neighbours (a caption is known by the credit after it, a box's heading by the box).
"""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from onrecord.read.lines import SHAPE, measure_shape
from onrecord.read.trees import Trees, load_trees

BUCKETS = 4096
MIN_PROBABILITY = 0.5
_TOKEN = re.compile(r"\w+|[^\w\s]")
_NEAR = (-3, -2, -1, 1, 2, 3)
_NEAR_SHAPE = tuple(
    SHAPE.index(name) for name in ("words", "ends_sentence", "function_words", "bracketed", "begins_marker")
)


@dataclass(frozen=True, slots=True)
class Words:
    """The linear model: `weights` of shape (BUCKETS, classes), `bias` of shape (classes,); class 0 is the article."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    reasons: tuple[str, ...]

    def predict(self, lines: Sequence[str]) -> NDArray[np.float32]:
        """Log-odds-like scores, shape (lines, classes)."""
        rows = np.empty((len(lines), len(self.bias)), dtype=np.float32)
        for i, line in enumerate(lines):
            buckets = hash_words(line)
            rows[i] = self.bias + self.weights[buckets].sum(axis=0) / np.sqrt(max(1, len(buckets)))
        return rows


def hash_words(line: str) -> list[int]:
    """Buckets of the line's words, pairs of words, and first and last words; only its first and last 12 words count."""
    tokens = ["0" if token.isdigit() else token for token in _TOKEN.findall(line.lower())]
    if len(tokens) > 24:
        tokens = [*tokens[:12], *tokens[-12:]]
    terms = {*tokens, *map(" ".join, itertools.pairwise(tokens))}
    if tokens:
        terms |= {f"^{tokens[0]}", f"^{' '.join(tokens[:2])}", f"{tokens[-1]}$", f"^{tokens[0][:4]}*"}
    return sorted(zlib.crc32(term.encode("utf-8", "surrogatepass")) % BUCKETS for term in terms)


def measure_lines(lines: Sequence[str], scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """One row of features for each line: its shape, scores (lines, classes), place, and those of its neighbours."""
    n = len(lines)
    shape = np.array([measure_shape(line) for line in lines], dtype=np.float32).reshape(n, len(SHAPE))
    ends = np.flatnonzero(
        (shape[:, SHAPE.index("words")] > np.log1p(20)) & (shape[:, SHAPE.index("ends_sentence")] > 0)
    )
    first, last = (int(ends[0]), int(ends[-1])) if len(ends) else (0, n - 1)
    place = np.arange(n)
    repeated = np.array([line in lines[:i] for i, line in enumerate(lines)], dtype=np.float32)
    columns = [
        shape, scores,
        np.minimum(place, 10)[:, None], np.minimum(n - 1 - place, 10)[:, None], repeated[:, None],
        np.clip(place - first, -10, 10)[:, None], np.clip(last - place, -10, 10)[:, None],
    ]  # fmt: skip
    margin = scores[:, 1:].max(axis=1, initial=-9.0) - scores[:, 0]
    context = np.concatenate([shape[:, _NEAR_SHAPE], margin[:, None], scores[:, 1:3]], axis=1)
    for offset in _NEAR:
        moved = np.full_like(context, -20.0)
        if offset < 0:
            moved[-offset:] = context[:offset]
        else:
            moved[:-offset] = context[offset:]
        columns.append(moved)
    return np.concatenate(columns, axis=1).astype(np.float32)


def find_leftovers(lines: Sequence[str]) -> list[str | None]:
    """For each line of a dump why it is no part of the article, or None."""
    if not lines:
        return []
    words = load_words()
    scores = words.predict(lines)
    likely = _load_dump_trees().predict(measure_lines(lines, scores))
    best = scores[:, 1:].argmax(axis=1)
    return [words.reasons[1 + best[i]] if likely[i] >= MIN_PROBABILITY else None for i in range(len(lines))]


@cache
def load_words() -> Words:
    """The shipped linear model."""
    path = resources.files("onrecord.models").joinpath("leftovers", "words.npz")
    with path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
        scale = arrays["scale"]
        return Words(arrays["weights"].astype(np.float32) * scale, arrays["bias"], tuple(map(str, arrays["reasons"])))


@cache
def _load_dump_trees() -> Trees:
    return load_trees("dump")
