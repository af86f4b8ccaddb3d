"""Fit the ranker, and write it as arrays that `onrecord.extract.ranker` walks: `python -m training.mentions.ranker`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.model_selection import KFold

from onrecord.extract import make_annotator
from onrecord.extract.ranker import RANKER, rank
from onrecord.settings import Settings
from training.mentions.gap import Passage, read_passages

GAP = Path(__file__).resolve().parents[3] / "shared" / "data" / "gap-dev.tsv"
FOLDS = 5
# chosen among depths 3 to 5 and 120 to 250 trees by cross-validation: all within half a point
TREES, DEPTH, RATE = 150, 4, 0.06


def main() -> None:
    """Train on all of gap-dev and write the weights into the package."""
    annotator = make_annotator(Settings.from_environment())
    model = fit([p for titles in (False, True) for p in read_passages(GAP, annotator, titles=titles)])
    RANKER.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(RANKER, **flatten(model))
    print(f"wrote {RANKER.name}: {RANKER.stat().st_size} bytes")


def fit(passages: Sequence[Passage]) -> GradientBoostingClassifier:
    """A classifier of single people, each described beside its strongest rival.

    Whoever bears neither name is not the one meant where a name is; where none is, nothing is known of the others.
    """
    rows, labels = [], []
    for passage in passages:
        for clues, named in zip(passage.clues, passage.named, strict=True):
            if named.any() or passage.truth.any():
                rows.append(clues)
                labels.append(bool((named & passage.truth).any()))
    model = GradientBoostingClassifier(
        n_estimators=TREES, max_depth=DEPTH, learning_rate=RATE, subsample=0.6, max_features=0.3, random_state=0
    )
    model.fit(np.array(rows), np.array(labels))
    return model


def cross_validate(passages: Sequence[Passage]) -> list[NDArray[np.float64]]:
    """The chance of each person of each passage, from models that have not seen the passage."""
    chances: list[NDArray[np.float64]] = [np.zeros(0)] * len(passages)
    for train, test in KFold(FOLDS, shuffle=True, random_state=0).split(np.arange(len(passages))):
        trees = flatten(fit([passages[k] for k in train]))
        for k in test:
            if len(passages[k].clues):
                chances[k] = rank(passages[k].clues, trees)
    return chances


def flatten(model: GradientBoostingClassifier) -> dict[str, Any]:
    """All trees as one set of nodes: clue, limit, left and right node, value; `roots` is where each tree begins."""
    parts: dict[str, list[NDArray[Any]]] = {name: [] for name in ("clue", "limit", "left", "right", "value")}
    roots, size = [], 0
    for tree in (estimator.tree_ for estimator in model.estimators_[:, 0]):
        roots.append(size)
        parts["clue"].append(tree.feature)
        parts["limit"].append(tree.threshold)
        parts["left"].append(tree.children_left + size)
        parts["right"].append(tree.children_right + size)
        parts["value"].append(tree.value[:, 0, 0] * model.learning_rate)
        size += tree.node_count
    prior = float(model.init_.class_prior_[1])
    arrays = {name: np.concatenate(values) for name, values in parts.items()}
    return {
        "clue": arrays["clue"].astype(np.int16),
        "limit": arrays["limit"].astype(np.float32),
        "left": arrays["left"].astype(np.int32),
        "right": arrays["right"].astype(np.int32),
        "value": arrays["value"].astype(np.float32),
        "roots": np.array(roots, np.int32),
        "base": np.array(np.log(prior / (1 - prior)), np.float32),
    }


if __name__ == "__main__":
    main()
