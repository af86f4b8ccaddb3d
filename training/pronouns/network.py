"""A pointer from a pronoun to the people named around it: an encoder and one hidden layer over pairs of words."""

from __future__ import annotations

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from training.attribution.encoder import Encoder
from training.pronouns.batches import Batch

VIEW, HIDDEN = 128, 96
LEAST = 1e-6  # of a chance whose logarithm is taken


class Pointer(nn.Module):
    """How well a mention suits a pronoun: their views, the product of these, one hidden layer.

    The encoder is told which pronoun is asked about, and who may be meant: the embeddings that mark quotations and
    starts of paragraphs elsewhere do so here. All of it is trained but the embeddings of words.
    """

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        for feature in encoder.features:
            nn.init.zeros_(feature.weight)
        encoder.shape.requires_grad_(False)
        self.mention = nn.Linear(2 * encoder.size, VIEW)
        self.pronoun = nn.Linear(encoder.size, VIEW)
        self.hidden = nn.Linear(3 * VIEW, HIDDEN)
        self.out = nn.Linear(HIDDEN, 1)
        self.nobody = nn.Linear(VIEW, 1)

    def forward(self, batch: Batch) -> Tensor:
        """The chances [texts, PEOPLE] of nobody and of each person."""
        asked, named = mark(batch.ids, batch.pronoun, batch.mentions)
        vectors = self.encoder(batch.ids, torch.zeros_like(batch.ids), asked, named, batch.ids > 0)
        scores, nobody = self.point(vectors, batch.pronoun, batch.mentions)
        return find_chances(scores, nobody, batch.owner, batch.meant.shape[1])

    def point(self, vectors: Tensor, pronoun: Tensor, mentions: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of the mentions, [texts, mentions], and of nobody, [texts].

        `vectors` [texts, pieces, size] are the encoder's; `pronoun` [texts] and `mentions` [texts, mentions, 2] say
        where the pronoun, and the first and the last word of each mention, begin in them.
        """
        texts = torch.arange(len(pronoun), device=pronoun.device)
        mention = self.mention(vectors[texts[:, None, None], mentions].flatten(2))
        view = self.pronoun(vectors[texts, pronoun])
        spread = view[:, None].expand_as(mention)
        both = torch.cat([mention, spread, mention * spread], -1)
        return self.out(F.gelu(self.hidden(both)))[..., 0], self.nobody(F.gelu(view))[:, 0]

    @property
    def new(self) -> list[nn.Parameter]:
        """The parameters that did not come with the encoder."""
        head = [p for name, p in self.named_parameters() if not name.startswith("encoder.")]
        return [*head, self.encoder.quote.weight, self.encoder.start.weight]

    @property
    def trained(self) -> dict[str, Tensor]:
        """The parameters that training changes, by name."""
        return {name: p.detach() for name, p in self.named_parameters() if p.requires_grad}


def mark(ids: Tensor, pronoun: Tensor, mentions: Tensor) -> tuple[Tensor, Tensor]:
    """1 where the pronoun is, and 1 where the ends of mentions are, [texts, pieces] each."""
    nothing = torch.zeros_like(ids)
    ends = mentions.flatten(1)
    return nothing.scatter(1, pronoun[:, None], 1), nothing.scatter(1, ends, (ends > 0).long())


def find_chances(scores: Tensor, nobody: Tensor, owner: Tensor, people: int) -> Tensor:
    """Scores of mentions to the chances [texts, people] of those who own them, nobody first."""
    scores = scores.float().masked_fill(owner == 0, -torch.inf)
    shares = F.softmax(torch.cat([nobody.float()[:, None], scores], 1), 1)
    columns = F.pad(owner, (1, 0))
    return torch.zeros(len(owner), people, device=owner.device).scatter_add(1, columns, shares)


def find_loss(chances: Tensor, batch: Batch) -> Tensor:
    """The mean loss of a batch: minus the logarithm of the chance that is given to those who may be meant."""
    return -(chances * batch.meant).sum(1).clamp(min=LEAST).log().mean()
