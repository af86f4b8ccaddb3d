"""A pointer from a pronoun to the people named around it: an encoder and one hidden layer over pairs of words."""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from training.attribution.encoder import Encoder

FROZEN = 2  # layers that stay as they came
VIEW, HIDDEN = 128, 96


class Pointer(nn.Module):
    """How well a mention suits a pronoun: their views, the product of these, one hidden layer."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = freeze(encoder)
        self.mention = nn.Linear(2 * encoder.size, VIEW)
        self.pronoun = nn.Linear(encoder.size, VIEW)
        self.hidden = nn.Linear(3 * VIEW, HIDDEN)
        self.out = nn.Linear(HIDDEN, 1)
        self.nobody = nn.Linear(VIEW, 1)

    def forward(self, vectors: Tensor, pronoun: Tensor, mentions: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of the mentions, [mentions], and of nobody, [1].

        `vectors` [pieces, size] are the encoder's; `pronoun` [1] and `mentions` [mentions, 2] say where the pronoun,
        and the first and the last word of each mention, begin in them.
        """
        mention = self.mention(torch.cat([vectors[mentions[:, 0]], vectors[mentions[:, 1]]], -1))
        view = self.pronoun(vectors[pronoun])
        both = torch.cat([mention, view.expand_as(mention), mention * view], -1)
        return self.out(F.gelu(self.hidden(both)))[:, 0], self.nobody(F.gelu(view))[:, 0]

    @property
    def head(self) -> list[nn.Parameter]:
        """The parameters that are not the encoder's."""
        return [p for name, p in self.named_parameters() if not name.startswith("encoder.")]


def freeze(encoder: Encoder) -> Encoder:
    """Train the layers from FROZEN on alone; what a page tells beside its words is left out."""
    for feature in encoder.features:
        nn.init.zeros_(feature.weight)
    encoder.requires_grad_(False)
    encoder.layers[FROZEN:].requires_grad_(True)
    return encoder


def read(encoder: Encoder, texts: Sequence[Tensor]) -> Tensor:
    """Vectors [texts, pieces, size] of texts that are pieces with their marks, padded to the longest."""
    ids = nn.utils.rnn.pad_sequence(list(texts), batch_first=True)
    mask = torch.arange(ids.shape[1])[None] < torch.tensor([len(text) for text in texts])[:, None]
    nothing = torch.zeros_like(ids)
    return encoder(ids, nothing, nothing, nothing, mask)


def find_loss(scores: Tensor, nobody: Tensor, people: Tensor, named: Tensor, truth: Tensor) -> Tensor | None:
    """The loss of one passage; None where nothing is known of those who are in it.

    `people` [mentions] says whose each mention is, `named` [people, names] who bears which of the two names, and
    `truth` [names] whether those are meant. Where none is, anybody else may be.
    """
    table = F.log_softmax(torch.cat([scores, nobody]), 0)
    meant = (named & truth).any(1) if truth.any() else ~named.any(1)
    kept = torch.cat([meant[people], ~truth.any()[None]])
    return -torch.logsumexp(table[kept], 0) if kept.any() else None
