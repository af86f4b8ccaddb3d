"""A smaller network cut out of a trained one, to be taught by larger ones.

Layers go first, then the weakest units of the feed-forward parts, by how much each adds to its layer's output, as in
structured pruning (Michel, Levy and Neubig 2019 for heads). What was cut is made good by distillation (Hinton, Vinyals
and Dean 2015; Jiao et al., TinyBERT, 2020).
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from itertools import islice
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from training.attribution.batches import Batch, load_batches
from training.attribution.corpus import Article
from training.attribution.encoder import Layer
from training.attribution.network import Network

RATED_BATCHES, RATED_WINDOWS = 8, 16


def prune(network: Network, articles: Sequence[Article], depth: int, inner: int, seed: int) -> Network:
    """A copy with `depth` layers, spread over those that there are, whose feed-forward parts keep `inner` units."""
    small = copy.deepcopy(network)
    layers = list(small.encoder.layers)
    kept_layers = [round(k * (len(layers) - 1) / max(depth - 1, 1)) for k in range(depth)]
    batches = list(islice(load_batches(articles, RATED_WINDOWS, f"{seed} prune"), RATED_BATCHES))
    strengths = _rate_units(network, batches)
    small.encoder.layers = nn.ModuleList(_narrow(layers[k], strengths[k], inner) for k in kept_layers)
    return small


def _narrow(layer: Any, strength: Tensor, inner: int) -> Layer:
    kept = strength.topk(inner).indices.sort().values
    narrow = Layer(layer.norm.normalized_shape[0], inner, layer.heads, layer.norm.eps)
    narrow.load_state_dict(_keep_units(layer.state_dict(), kept))
    return narrow


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
