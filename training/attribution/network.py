"""The network: one encoder pass, small heads over words, and the linker, which reads the window once for each anchor.

An anchor is the first word of a cue, or of the content where an attribution has no cue. For each anchor the linker
gives every word of the window its part in *that* attribution, so that nested, competing and shared spans need no rule.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from onrecord.extract.labels import ENTITIES, PARTS, POS
from onrecord.extract.windows import MAX_PIECES
from training.attribution.encoder import Encoder

LINK_SIZE = 192
LABELS = 1 + 2 * len(PARTS)
ANCHORS = 2  # kinds: the first word of a cue; of a content without a cue
# distances of fewer words than NEAR have an embedding each, then STEPS for each doubling, BUCKETS to a side
NEAR, STEPS, BUCKETS = 8, 3, 20


class Heads(nn.Module):
    """Over word vectors [words, size]: labels, anchors, parts of speech, names, sentence starts."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.labels = nn.Linear(size, LABELS)
        self.anchors = nn.Linear(size, ANCHORS)
        self.pos = nn.Linear(size, len(POS))
        self.entities = nn.Linear(size, 1 + 2 * len(ENTITIES))
        self.sentences = nn.Linear(size, 1)

    def forward(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Logits of each head, [words, classes]."""
        return (
            self.labels(words),
            self.anchors(words),
            self.pos(words),
            self.entities(words),
            self.sentences(words),
        )


class Linker(nn.Module):
    """Word and anchor, low-dimensional: their sum, product and distance, then one hidden layer."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.word = nn.Linear(size, LINK_SIZE)
        self.anchor = nn.Linear(size, LINK_SIZE)
        self.distance = nn.Embedding(2 * BUCKETS + 1, LINK_SIZE)
        self.kind = nn.Embedding(ANCHORS, LINK_SIZE)
        self.label = nn.Linear(LABELS, LINK_SIZE)
        self.hidden = nn.Linear(LINK_SIZE, LINK_SIZE)
        self.out = nn.Linear(LINK_SIZE, LABELS)
        nn.init.normal_(self.distance.weight, std=0.02)
        nn.init.normal_(self.kind.weight, std=0.02)

    def project(self, words: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        """Word vectors and their label logits to words and anchors as the linker reads them, [..., LINK_SIZE]."""
        return self.word(words) + self.label(labels.softmax(-1)), self.anchor(words)

    def forward(self, words: Tensor, anchors: Tensor, kinds: Tensor, distances: Tensor) -> Tensor:
        """Label logits [anchors, words, LABELS].

        `words` is [anchors or 1, words, LINK_SIZE], `anchors` [anchors, LINK_SIZE], `kinds` [anchors], `distances`
        [anchors, words] counts words from the anchor.
        """
        each = (anchors + self.kind(kinds))[:, None]
        # looked up once for each distance that there is: the logarithms of the buckets stay out of the shipped graph
        table = self.distance(bucket(torch.arange(-MAX_PIECES, MAX_PIECES + 1, device=distances.device)))
        x = F.gelu(words + each + F.embedding(distances + MAX_PIECES, table) + words * each)
        logits: Tensor = self.out(F.gelu(self.hidden(x)) + x)
        return logits


class Network(nn.Module):
    """Encoder, heads and linker."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.heads = Heads(encoder.size)
        self.linker = Linker(encoder.size)

    def read(self, inputs: dict[str, Tensor], first: Tensor) -> Tensor:
        """The vectors [words, size] of all words of some windows; `first` has each word's first piece among all."""
        vectors: Tensor = self.encoder(**inputs)
        return vectors.flatten(0, 1)[first].float()


def bucket(distances: Tensor) -> Tensor:
    """Signed distances in words to 0..2 * BUCKETS, finer near the anchor."""
    far = distances.abs()
    steps = NEAR + (torch.log2(far.clamp(min=NEAR).float() / NEAR) * STEPS).long()
    size = torch.where(far < NEAR, far, steps).clamp(max=BUCKETS)
    return torch.where(distances < 0, BUCKETS - size, BUCKETS + size)
