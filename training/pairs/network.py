"""A cross-encoder: both passages in one pass of an encoder, a small head over the first piece (Devlin et al. 2019)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn

from onrecord.inference.pairs import cut_passage, join_pieces
from training.attribution.encoder import Encoder
from training.pairs.examples import EITHER, Example

CLASSES = 3
LENGTH_STEP = 8
TAUGHT = 2.0  # weight of what a teacher says, to that of a label
SHOWN_AT_ONCE = 96


class PairNetwork(nn.Module):
    """Pieces of two passages to logits of ONE, OPPOSITE, TWO.

    The encoder's feature for quotation marks the second passage, that for where paragraphs start the contents.
    """

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.head = nn.Sequential(nn.Linear(encoder.size, encoder.size), nn.GELU(), nn.Linear(encoder.size, CLASSES))

    def forward(self, ids: Tensor, second: Tensor, content: Tensor, mask: Tensor) -> Tensor:
        """[pairs, length] each to [pairs, CLASSES]."""
        vectors = self.encoder(ids, torch.zeros_like(ids), second, content, mask)
        logits: Tensor = self.head(vectors[:, 0].float())
        return logits


class Pieces:
    """Passages to wordpieces, each cut only once."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self.cut = cache(lambda passage: cut_passage(passage, tokenizer))

    def count(self, example: Example) -> int:
        """Of both passages."""
        return sum(len(part) for passage in (example.left, example.right) for part in self.cut(passage))

    def stack(self, examples: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """ids, second, content, mask: [examples, longest]."""
        rows = [join_pieces(self.cut(e.left), self.cut(e.right)) for e in examples]
        longest = -(-max(len(row.ids) for row in rows) // LENGTH_STEP) * LENGTH_STEP
        ids, second, content = (torch.zeros(len(rows), longest, dtype=torch.long) for _ in range(3))
        mask = torch.zeros(len(rows), longest, dtype=torch.bool)
        for k, row in enumerate(rows):
            for table, values in zip((ids, second, content), row, strict=True):
                table[k, : len(values)] = torch.from_numpy(values)
            mask[k, : len(row.ids)] = True
        return ids, second, content, mask


def find_loss(logits: Tensor, examples: Sequence[Example]) -> Tensor:
    """The mean over examples: cross-entropy to a label, divergence from a teacher's chances."""
    logs = logits.log_softmax(-1)
    losses = []
    for row, example in zip(logs, examples, strict=True):
        if isinstance(example.truth, np.ndarray):
            losses.append(TAUGHT * F.kl_div(row, torch.from_numpy(example.truth), reduction="sum"))
        elif example.truth == EITHER:
            losses.append(-torch.logsumexp(row[:2], -1))
        else:
            losses.append(-row[example.truth])
    return torch.stack(losses).mean()


@torch.no_grad()
def find_chances(network: PairNetwork, examples: Sequence[Example], pieces: Pieces) -> NDArray[np.float32]:
    """[examples, CLASSES], each pair read in the order given."""
    network.eval()
    found = np.zeros((len(examples), CLASSES), np.float32)
    order = sorted(range(len(examples)), key=lambda k: pieces.count(examples[k]))
    for begin in range(0, len(order), SHOWN_AT_ONCE):
        some = order[begin : begin + SHOWN_AT_ONCE]
        with torch.autocast("cpu", torch.bfloat16):
            logits = network(*pieces.stack([examples[k] for k in some]))
        found[some] = logits.float().softmax(-1).numpy()
    network.train()
    return found
