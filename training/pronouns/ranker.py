"""The ranker of antecedents, fitted to clues: arrays that `onrecord.extract.ranker` walks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from onrecord.extract.ranker import rank
from training.pronouns.gap import Passage

FOLDS = 5
# chosen among depths 3 to 5 and 120 to 250 trees by cross-validation: all within half a point
TREES, DEPTH, RATE = 150, 4, 0.06


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
    """The chance of each person of each passage, from models that have not seen its page."""
    chances: list[NDArray[np.float64]] = [np.zeros(0)] * len(passages)
    folds = GroupKFold(FOLDS, shuffle=True, random_state=0)
    for train, test in folds.split(np.arange(len(passages)), groups=[p.page for p in passages]):
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
