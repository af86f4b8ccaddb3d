"""A sentence encoder of three layers whose cosine says whether two texts are on one matter, and what it learns from.

The student keeps every other layer of its teacher (Sanh et al. 2019). Reimers and Gurevych 2019 for comparing texts by
vectors that were made apart.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from training.attribution.encoder import Encoder
from training.relation.groups import Group

LAYERS = (0, 2, 4)
TOGETHER = 32  # texts that are padded to one length
ACROSS, AGAINST = 0.05, 0.6  # weights of pairs of two groups, and of pairs of one that do not say the same
TABLE = 5.0  # weight of the cosines among sentences, beside that of each vector


def take_layers(encoder: Encoder) -> Encoder:
    """The encoder with the layers of LAYERS only, and without its features of a page."""
    for feature in encoder.features:
        nn.init.zeros_(feature.weight)
    return keep_layers(encoder)


def keep_layers(encoder: Encoder) -> Encoder:
    """The encoder with the layers of LAYERS only."""
    encoder.layers = nn.ModuleList(encoder.layers[at] for at in LAYERS)
    return encoder


def find_vectors(encoder: Encoder, pieces: Sequence[Sequence[int]]) -> Tensor:
    """Unit vectors [texts, size] for pieces with their marks; those of about one length go through together."""
    order = sorted(range(len(pieces)), key=lambda at: len(pieces[at]))
    parts = [order[begin : begin + TOGETHER] for begin in range(0, len(order), TOGETHER)]
    vectors = torch.cat([_find_vectors(encoder, [pieces[at] for at in part]) for part in parts])
    return vectors[torch.tensor(order).argsort()]


def _find_vectors(encoder: Encoder, pieces: Sequence[Sequence[int]]) -> Tensor:
    longest = max(len(row) for row in pieces)
    ids = torch.tensor([[*row, *[0] * (longest - len(row))] for row in pieces])
    mask = torch.arange(longest)[None] < torch.tensor([len(row) for row in pieces])[:, None]
    nothing = torch.zeros_like(ids)
    vectors = encoder(ids, nothing, nothing, nothing, mask)
    return F.normalize((vectors * mask[..., None]).sum(1) / mask.sum(1, keepdim=True), dim=-1)


class Matter(nn.Module):
    """The cosine from which on two texts are likelier on one matter than not, and how steeply."""

    def __init__(self) -> None:
        super().__init__()
        self.scale, self.bias = nn.Parameter(torch.tensor(10.0)), nn.Parameter(torch.tensor(0.5))

    def forward(self, vectors: Tensor, groups: Sequence[Group]) -> Tensor:
        """The loss of all known pairs of the texts of some groups, in order, each with its row of vectors."""
        logits = self.scale * (vectors @ vectors.T - self.bias)
        truth, weights = find_truth(groups)
        losses = F.binary_cross_entropy_with_logits(logits, truth, reduction="none")
        return (losses * weights).sum() / weights.sum()


def find_truth(groups: Sequence[Group]) -> tuple[Tensor, Tensor]:
    """Which pairs of texts of some groups, in order, are on one matter, and what each pair weighs: [texts, texts]."""
    size = sum(len(group.texts) for group in groups)
    truth, weights = torch.zeros(size, size), torch.full((size, size), ACROSS)
    begin = 0
    for group in groups:
        for at, left in enumerate(group.texts):
            for beside, right in enumerate(group.texts):
                one = group.is_one(left, right)
                against = one and left.relation != right.relation
                truth[begin + at, begin + beside] = bool(one)
                weights[begin + at, begin + beside] = 0.0 if one is None else AGAINST if against else 1.0
        begin += len(group.texts)
    return truth, weights.triu(1)


def find_distance(student: Tensor, teacher: Tensor) -> Tensor:
    """How far the vectors of sentences [sentences, size], and the cosines among them, are from the teacher's."""
    apart = ((student @ student.T - teacher @ teacher.T) ** 2).mean()
    return (1 - (student * teacher).sum(-1)).mean() + TABLE * apart
