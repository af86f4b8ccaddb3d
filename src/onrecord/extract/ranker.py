"""The trained ranker of antecedents: gradient-boosted trees over the clues, walked with numpy alone.

Each candidate is described beside its strongest rival, as the two names of GAP's pairs were in training.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

RANKER = Path(__file__).parents[1] / "models" / "pronouns" / "ranker.npz"
LEAF = -2


@cache
def load_ranker() -> dict[str, NDArray[np.float64]] | None:
    """The arrays of the trees; None where the weights are not installed."""
    if not RANKER.is_file():
        return None
    with np.load(RANKER) as arrays:
        return {name: arrays[name] for name in arrays.files}


def with_rival(pair: ArrayLike) -> NDArray[np.float64]:
    """Two rows of clues, each widened by how far the other's differ: [2, 2 × clues]."""
    rows = np.asarray(pair, dtype=np.float64)
    return np.concatenate([rows, rows[::-1] - rows], axis=1)


def rank(rows: NDArray[np.float64], trees: dict[str, NDArray[np.float64]]) -> NDArray[np.float64]:
    """The chance of each row of clues, as `with_rival` makes them."""
    clue, limit, left, right = (trees[name] for name in ("clue", "limit", "left", "right"))
    nodes = np.tile(trees["roots"], (len(rows), 1))
    each = np.arange(len(rows))[:, None]
    narrow = rows.astype(np.float32)
    while (inner := clue[nodes] != LEAF).any():
        goes_left = narrow[each, np.maximum(clue[nodes], 0)] <= limit[nodes]
        nodes = np.where(inner, np.where(goes_left, left[nodes], right[nodes]), nodes)
    scores = trees["base"] + trees["value"][nodes].sum(axis=1)
    return np.asarray(1 / (1 + np.exp(-scores)), dtype=np.float64)
