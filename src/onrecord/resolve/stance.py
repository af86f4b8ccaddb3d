"""How an article stands to a claim: agree, disagree, discuss or unrelated, as the Fake News Challenge defines them.

Clues of a pair go through a few small networks, whose chances are averaged; they run in numpy. `training.stance` fits
them, `make bench-stance` measures them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.resolve.stance_clues import Row

WEIGHTS = "networks.npz"
FARTHEST = 4.0  # deviations from the mean; clues beyond are cut


class Bearing(StrEnum):
    """How a text bears on a claim, in the words of the Fake News Challenge."""

    AGREE = "agree"
    DISAGREE = "disagree"
    DISCUSS = "discuss"
    UNRELATED = "unrelated"


BEARINGS = tuple(Bearing)


@dataclass(frozen=True, slots=True)
class Networks:
    """One hidden layer each: `into` is (networks, clues, units), `out` (networks, units, bearings)."""

    version: str
    mean: Row
    scale: Row
    into: Row
    into_bias: Row
    out: Row
    out_bias: Row

    def find_chances(self, clues: Row) -> Row:
        """The chance of each of BEARINGS, (pairs, 4), for clues of (pairs, clues)."""
        scaled = np.clip((clues - self.mean) / self.scale, -FARTHEST, FARTHEST)
        hidden = np.maximum(np.einsum("pc,ncu->npu", scaled, self.into) + self.into_bias[:, None], 0)
        logits = np.einsum("npu,nub->npb", hidden, self.out) + self.out_bias[:, None]
        powers = np.exp(logits - logits.max(axis=2, keepdims=True))
        chances: NDArray[np.float64] = (powers / powers.sum(axis=2, keepdims=True)).mean(axis=0)
        return chances


def load_networks() -> Networks:
    """The networks that ship. Raises RunError where their file is missing or another."""
    from onrecord.inference import load_model  # brings ONNX, which readers of a ledger have no need of

    model = load_model("stance")
    with np.load(model.folder / WEIGHTS) as arrays:
        return Networks(model.version, **{name: arrays[name].astype(np.float64) for name in arrays.files})


def save_networks(networks: Networks, path: Path) -> None:
    """Write the arrays, in single precision."""
    names = ("mean", "scale", "into", "into_bias", "out", "out_bias")
    np.savez_compressed(path, **{name: getattr(networks, name).astype(np.float32) for name in names})
