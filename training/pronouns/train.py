"""Train one pointer on passages: a step is a few of about one length, each read in a way of its own."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from onrecord.extract.pointer import Pieces, pack_pieces
from training.attribution.encoder import find_minilm, load_encoder
from training.pronouns.examples import Names, find_names, vary
from training.pronouns.gap import Passage
from training.pronouns.network import Pointer, find_loss, read

BATCH, SPREAD = 8, 30  # passages a step; words by which their lengths may come to differ
RATE, HEAD_RATE, WARM_UP, LAST_SHARE = 1.2e-4, 7e-4, 0.1, 0.02
SAVE_EVERY = 100  # steps
Reads = Callable[[str], Pieces]


def train(passages: Sequence[Passage], tokenizer: Tokenizer, path: Path, *, seed: int, epochs: float) -> Pointer:
    """A pointer trained on the passages; goes on where the checkpoint at `path` ends.

    Each step draws its random numbers from the seed and its own number, so that a broken run ends as an unbroken one.
    """
    torch.manual_seed(seed)
    pointer = Pointer(load_encoder(find_minilm()))
    body = [p for p in pointer.encoder.parameters() if p.requires_grad]
    parts = [{"params": body, "peak": RATE}, {"params": pointer.head, "peak": HEAD_RATE}]
    optimiser = torch.optim.AdamW(parts, lr=RATE, weight_decay=0.01, betas=(0.9, 0.98))
    first = _restore(path, pointer, optimiser)
    names = find_names(p.excerpt for p in passages)
    reads: Reads = cache(lambda form: tuple(tokenizer.encode(form, add_special_tokens=False).ids))
    an_epoch = len(passages) // BATCH
    steps = int(an_epoch * epochs)
    for step in range(first, steps):
        share = min(1.0, (step + 1) / (WARM_UP * steps)) * max(LAST_SHARE, (steps - step) / steps)
        for part in optimiser.param_groups:
            part["lr"] = part["peak"] * share
        batch = _choose_batch(passages, seed, *divmod(step, an_epoch))
        loss = _find_mean_loss(pointer, batch, names, reads, random.Random(f"{seed} {step}"))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(body, 1.0)
        optimiser.step()
        if (step + 1) % SAVE_EVERY == 0 or step + 1 == steps:
            state = {"pointer": pointer.state_dict(), "optimiser": optimiser.state_dict(), "step": step + 1}
            torch.save(state, path)
            print(f"{path.stem}: step {step + 1} of {steps}, loss {loss.item():.3f}", flush=True)
    return pointer


def _restore(path: Path, pointer: Pointer, optimiser: torch.optim.Optimizer) -> int:
    """The number of steps that are done."""
    if not path.is_file():
        return 0
    kept = torch.load(path)
    pointer.load_state_dict(kept["pointer"])
    optimiser.load_state_dict(kept["optimiser"])
    return int(kept["step"])


def _choose_batch(passages: Sequence[Passage], seed: int, epoch: int, at: int) -> list[Passage]:
    """Passages of about one length: a batch is padded to its longest."""
    chance = random.Random(f"{seed} {epoch}")
    order = sorted(passages, key=lambda p: len(p.excerpt.pieces) + SPREAD * chance.random())
    batches = [order[k : k + BATCH] for k in range(0, len(order) - BATCH + 1, BATCH)]
    chance.shuffle(batches)
    return batches[at]


def _find_mean_loss(
    pointer: Pointer, batch: Sequence[Passage], names: Names, reads: Reads, chance: random.Random
) -> Tensor:
    packed = [pack_pieces(vary(p.excerpt, names, reads, p.gender, chance)) for p in batch]
    vectors = read(pointer.encoder, [torch.from_numpy(ids) for ids, _ in packed])
    losses = []
    for row, (_, first), passage in zip(vectors, packed, batch, strict=True):
        places, mentions = torch.from_numpy(first), torch.from_numpy(passage.excerpt.mentions)
        if len(mentions):
            scores, nobody = pointer(row, places[[passage.excerpt.pronoun]], places[mentions[:, 1:]])
            named, truth = torch.from_numpy(passage.named), torch.from_numpy(passage.truth)
            losses.append(find_loss(scores, nobody, mentions[:, 0], named, truth))
    return torch.stack([loss for loss in losses if loss is not None]).mean()
