"""Fit the small networks, with scikit-learn, into the arrays that `onrecord.resolve.stance` runs."""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from onrecord.resolve.stance import BEARINGS, FARTHEST, Bearing, Networks

NETWORKS = 4  # averaged
# of 16 and 32 units, decay 0.3 to 3 and 8 or 15 rounds by cross-validation: all within a point
UNITS, DECAY, ROUNDS, RATE, BATCH = 16, 1.0, 15, 0.003, 128
DISAGREEING_TWICE = BEARINGS.index(Bearing.DISAGREE)  # the rarest of the four by far


def fit_networks(clues: NDArray[np.float64], truth: NDArray[np.int64], *, version: str, seed: int = 0) -> Networks:
    """Networks for clues (pairs, clues) and truth, indices into BEARINGS."""
    mean, scale = clues.mean(axis=0), clues.std(axis=0)
    scale[scale == 0] = 1.0
    scaled = np.clip((clues - mean) / scale, -FARTHEST, FARTHEST)
    chosen = np.concatenate([np.arange(len(truth)), np.flatnonzero(truth == DISAGREEING_TWICE)])
    shuffle = np.random.RandomState(seed)
    made = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # it stops early on purpose
        for nth in range(NETWORKS):
            order = shuffle.permutation(chosen)
            network = MLPClassifier(
                (UNITS,),
                alpha=DECAY,
                max_iter=ROUNDS,
                learning_rate_init=RATE,
                batch_size=BATCH,
                random_state=seed * NETWORKS + nth,
            )
            made.append(network.fit(scaled[order], truth[order]))
    into, out = (np.stack([network.coefs_[layer] for network in made]) for layer in (0, 1))
    into_bias, out_bias = (np.stack([network.intercepts_[layer] for network in made]) for layer in (0, 1))
    return Networks(version, mean, scale, into, into_bias, out, out_bias)
