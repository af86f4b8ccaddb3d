"""Boosted trees run with numpy: the form in which the small models of this room ship."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Trees:
    """All trees in flat arrays, one entry a node; a leaf leads to itself. `roots` are the first nodes of the trees."""

    feature: NDArray[np.int32]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]
    roots: NDArray[np.int32]
    base: float
    depth: int

    def predict(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """The probability for each row, shape (n,)."""
        # all trees at once, [trees, rows]: a page has few rows, and a step through numpy costs more than they do
        node = np.repeat(self.roots[:, None], len(rows), axis=1)
        index = np.arange(len(rows))
        for _ in range(self.depth):
            goes_left = rows[index, self.feature[node]] <= self.threshold[node]
            node = np.where(goes_left, self.left[node], self.right[node])
        total = np.add.reduce(self.value[node], axis=0, dtype=np.float32, initial=np.float32(self.base))
        return np.asarray(1.0 / (1.0 + np.exp(-total)), dtype=np.float32)


def load_trees(name: str) -> Trees:
    """The trees of src/onrecord/models/leftovers/`name`.npz."""
    path = resources.files("onrecord.models").joinpath("leftovers", f"{name}.npz")
    with path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
        return Trees(
            feature=arrays["feature"].astype(np.int32),
            threshold=arrays["threshold"],
            left=arrays["left"].astype(np.int32),
            right=arrays["right"].astype(np.int32),
            value=arrays["value"],
            roots=arrays["roots"].astype(np.int32),
            base=float(arrays["base"]),
            depth=int(arrays["depth"]),
        )
