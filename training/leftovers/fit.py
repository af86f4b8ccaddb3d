"""Fits boosted trees with scikit-learn and turns them into the flat arrays that onrecord.read.trees runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from onrecord.read.trees import Trees

MODELS = Path(__file__).parents[2] / "src" / "onrecord" / "models" / "leftovers"


def fit_trees(
    rows: NDArray[np.float32],
    wanted: NDArray[np.bool_],
    weights: NDArray[np.float64],
    *,
    iterations: int,
    seed: int = 0,
) -> Trees:
    """Boosted trees of at most 12 leaves, fitted to `wanted` (settings chosen by cross-validation over pages)."""
    model = HistGradientBoostingClassifier(
        max_iter=iterations,
        learning_rate=0.08,
        max_leaf_nodes=12,
        min_samples_leaf=15,
        l2_regularization=3.0,
        max_features=0.3,
        early_stopping=False,
        random_state=seed,
    )
    model.fit(rows, wanted, sample_weight=weights)
    return flatten(model)


def flatten(model: Any) -> Trees:
    """The nodes of all trees of a fitted HistGradientBoostingClassifier in one table."""
    parts: dict[str, list[Any]] = {name: [] for name in ("feature", "threshold", "left", "right", "value")}
    roots, depth, offset = [], 0, 0
    for (tree,) in model._predictors:
        nodes = tree.nodes
        here = np.arange(len(nodes)) + offset
        leaf = nodes["is_leaf"].astype(bool)
        parts["feature"].append(np.where(leaf, 0, nodes["feature_idx"]))
        parts["threshold"].append(np.where(leaf, 0.0, nodes["num_threshold"]).astype(np.float32))
        parts["left"].append(np.where(leaf, here, nodes["left"].astype(np.int64) + offset))
        parts["right"].append(np.where(leaf, here, nodes["right"].astype(np.int64) + offset))
        parts["value"].append(np.where(leaf, nodes["value"], 0.0).astype(np.float32))
        roots.append(offset)
        depth = max(depth, int(nodes["depth"].max()))
        offset += len(nodes)
    whole = {name: np.concatenate(columns) for name, columns in parts.items()}
    return Trees(
        feature=whole["feature"].astype(np.int32),
        threshold=whole["threshold"],
        left=whole["left"].astype(np.int32),
        right=whole["right"].astype(np.int32),
        value=whole["value"],
        roots=np.array(roots, dtype=np.int32),
        base=float(model._baseline_prediction.ravel()[0]),
        depth=depth,
    )


def save_trees(trees: Trees, name: str) -> Path:
    """Write the trees where onrecord.read.trees.load_trees looks for them."""
    MODELS.mkdir(parents=True, exist_ok=True)
    path = MODELS / f"{name}.npz"
    np.savez_compressed(
        path,
        feature=trees.feature.astype(np.uint16),
        threshold=trees.threshold,
        left=trees.left.astype(np.uint16),
        right=trees.right.astype(np.uint16),
        value=trees.value,
        roots=trees.roots.astype(np.uint16),
        base=np.float32(trees.base),
        depth=np.int16(trees.depth),
    )
    return path
