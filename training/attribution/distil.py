"""A smaller student of a trained network: feed-forward parts cut to their strongest units, then taught by the teacher.

The student learns the annotations and, beside them, the teacher's soft decisions and word vectors (Hinton, Vinyals and
Dean 2015; Jiao et al., TinyBERT, 2020). Units are kept by how much they add to their layer's output, as in structured
pruning (Michel, Levy and Neubig 2019 for heads).
"""

from __future__ import annotations

import copy
import random
from collections.abc import Sequence
from itertools import islice
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from training.attribution.batches import Batch, iter_batches
from training.attribution.corpus import Article
from training.attribution.encoder import Layer
from training.attribution.network import Network

RATED_BATCHES = 8
# what the teacher says against what the annotators say, whose losses are weighted in optimise.py
LABEL_WEIGHT, ANCHOR_WEIGHT, VECTOR_WEIGHT = 1.0, 4.0, 4.0


def prune(teacher: Network, articles: Sequence[Article], inner: int, seed: int) -> Network:
    """A copy of the teacher whose feed-forward parts keep their `inner` strongest units."""
    strengths = _rate_units(teacher, list(islice(iter_batches(articles, random.Random(seed)), RATED_BATCHES)))
    student = copy.deepcopy(teacher)
    for number, (layer, strength) in enumerate(zip(teacher.encoder.layers, strengths, strict=True)):
        kept = strength.topk(inner).indices.sort().values
        small = Layer(teacher.encoder.size, inner)
        small.load_state_dict(_keep_units(layer.state_dict(), kept))
        student.encoder.layers[number] = small
    return student


def find_teaching(teacher: Network, batch: Batch, vectors: Tensor, labels: Tensor, anchors: Tensor) -> Tensor:
    """How far the student's word vectors [words, size], label and anchor logits are from the teacher's."""
    with torch.no_grad():
        told = teacher.encoder(**batch.inputs)
        wanted = torch.cat([window[first] for window, first in zip(told, batch.first, strict=True)])
        wanted_labels, wanted_anchors, *_ = teacher.heads(wanted)
    softened = F.kl_div(labels.log_softmax(-1), wanted_labels.softmax(-1), reduction="batchmean")
    anchored = F.binary_cross_entropy_with_logits(anchors, wanted_anchors.sigmoid())
    near: Tensor = F.mse_loss(vectors, wanted) / wanted.var()
    return LABEL_WEIGHT * softened + ANCHOR_WEIGHT * anchored + VECTOR_WEIGHT * near


def _rate_units(network: Network, batches: Sequence[Batch]) -> list[Tensor]:
    """For each layer, the mean strength of each unit's activation times the length of what it writes."""
    layers: list[Any] = list(network.encoder.layers)
    sums = [torch.zeros(layer.widen.out_features) for layer in layers]

    def watch(total: Tensor) -> Any:
        def add(_module: nn.Module, _inputs: Any, output: Tensor) -> None:
            total.add_(F.gelu(output).abs().mean((0, 1)))

        return add

    hooks = [layer.widen.register_forward_hook(watch(total)) for layer, total in zip(layers, sums, strict=True)]
    with torch.no_grad():
        for batch in batches:
            network.encoder(**batch.inputs)
    for hook in hooks:
        hook.remove()
    return [total * layer.narrow.weight.norm(dim=0) for total, layer in zip(sums, layers, strict=True)]


def _keep_units(state: dict[str, Tensor], kept: Tensor) -> dict[str, Tensor]:
    return state | {
        "widen.weight": state["widen.weight"][kept],
        "widen.bias": state["widen.bias"][kept],
        "narrow.weight": state["narrow.weight"][:, kept],
    }
