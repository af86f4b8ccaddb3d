"""The training run: losses, schedule, averaged weights, checkpoints that a broken run goes on from."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn
from torch.nn.utils.rnn import pad_sequence

from training.attribution.batches import IGNORED, Batch, count_batches, iter_batches
from training.attribution.corpus import Article
from training.attribution.distil import find_teaching
from training.attribution.network import LABELS, Network

BODY_RATE, HEAD_RATE = 3e-4, 1e-3
WARM_UP_STEPS, LEAST_RATE = 80, 0.02
WEIGHT_DECAY, BETAS, LONGEST_GRADIENT = 0.01, (0.9, 0.98), 1.0
AVERAGED = 0.996
SAVE_EVERY, TELL_EVERY = 150, 20
# annotators differ, on which words are cues above all: no target is certain
SMOOTHING, ANCHOR_FLOOR = 0.02, 0.003
# a third of the signal is the linker's; what spaCy says is easy and must not crowd out what people said
ANCHOR_WEIGHT, LINK_WEIGHT, SILVER_WEIGHT = 4.0, 3.0, 0.15
# whole features of the encoder's output are dropped for a window: ordinary dropout doubles a step's time on a CPU
DROPPED_FEATURES = 0.1


@dataclass(slots=True)
class Run:
    """Everything that a checkpoint holds."""

    network: Network
    average: Network
    optimiser: torch.optim.Optimizer
    teacher: Network | None = None
    step: int = 0


def train(
    network: Network,
    articles: Sequence[Article],
    *,
    epochs: float,
    seed: int,
    checkpoint: Path,
    teacher: Network | None = None,
) -> Network:
    """Train, from the checkpoint where there is one, and give the network with averaged weights.

    With a teacher, what it says of each window is learnt beside what the annotators said.
    A resumed run packs its windows anew, so that it ends near an unbroken one, not at the same weights.
    """
    torch.manual_seed(seed)
    total = int(count_batches(articles, seed) * epochs)
    run = Run(network, copy.deepcopy(network), _make_optimiser(network), teacher)
    if checkpoint.exists():
        _resume(run, checkpoint)
    rng = random.Random(f"{seed} {run.step}")
    began, first = time.monotonic(), run.step
    while run.step < total:
        for batch in iter_batches(articles, rng):
            loss = _step(run, batch, total)
            if run.step % TELL_EVERY == 0:
                seconds = (time.monotonic() - began) / (run.step - first)
                print(f"step {run.step} of {total}, {seconds:.1f} s each, loss {loss:.3f}", flush=True)
            if run.step % SAVE_EVERY == 0 or run.step == total:
                _save(run, checkpoint)
            if run.step == total:
                break
    return run.average


def load_average(network: Network, checkpoint: Path) -> Network:
    """The averaged weights of a checkpoint."""
    network.load_state_dict(torch.load(checkpoint, weights_only=True)["average"])
    return network


def find_loss(network: Network, batch: Batch, teacher: Network | None = None) -> Tensor:
    """The weighted sum of all heads' losses, and of what a teacher adds to them."""
    vectors = network.encoder(**batch.inputs)
    keep = (torch.rand(len(vectors), 1, vectors.shape[2]) > DROPPED_FEATURES) / (1 - DROPPED_FEATURES)
    windows = [window[first] for window, first in zip(vectors * keep, batch.first, strict=True)]
    labels, anchors, pos, entities, sentences = network.heads(torch.cat(windows))
    spread = batch.anchors * (1 - SMOOTHING) + ANCHOR_FLOOR
    silver = (
        F.cross_entropy(pos, batch.pos)
        + F.cross_entropy(entities, batch.entities)
        + F.binary_cross_entropy_with_logits(sentences.squeeze(-1), batch.sentences.float())
    )
    loss: Tensor = (
        F.cross_entropy(labels, batch.labels, label_smoothing=SMOOTHING)
        + ANCHOR_WEIGHT * F.binary_cross_entropy_with_logits(anchors, spread)
        + LINK_WEIGHT * _find_link_loss(network, batch, windows, labels)
        + SILVER_WEIGHT * silver
    )
    if teacher is None:
        return loss
    whole = torch.cat([window[first] for window, first in zip(vectors, batch.first, strict=True)])
    return loss + find_teaching(teacher, batch, whole, labels, anchors)


def _find_link_loss(network: Network, batch: Batch, windows: list[Tensor], labels: Tensor) -> Tensor:
    if not len(batch.links):
        return torch.zeros(())
    number, place, kind = batch.links.unbind(1)
    # the labels are a hint to the linker; what it makes of them must not bend them
    hints = pad_sequence(list(labels.detach().split([len(w) for w in windows])), batch_first=True)
    words, anchors = network.linker.project(pad_sequence(windows, batch_first=True), hints)
    distances = torch.arange(words.shape[1])[None] - place[:, None]
    logits = network.linker(words[number], anchors[number, place], kind, distances)
    return F.cross_entropy(
        logits.reshape(-1, LABELS), batch.link_labels.reshape(-1), ignore_index=IGNORED, label_smoothing=SMOOTHING
    )


def _make_optimiser(network: Network) -> torch.optim.Optimizer:
    new = {id(p) for table in network.encoder.features for p in table.parameters()}
    body = [p for p in network.encoder.parameters() if p.requires_grad and id(p) not in new]
    heads = [p for p in network.parameters() if p.requires_grad and id(p) not in {id(q) for q in body}]
    groups = [{"params": body, "peak": BODY_RATE}, {"params": heads, "peak": HEAD_RATE}]
    return torch.optim.AdamW(groups, lr=BODY_RATE, weight_decay=WEIGHT_DECAY, betas=BETAS)


def _step(run: Run, batch: Batch, total: int) -> float:
    factor = min(1.0, (run.step + 1) / WARM_UP_STEPS) * max(LEAST_RATE, (total - run.step) / total)
    for group in run.optimiser.param_groups:
        group["lr"] = group["peak"] * factor
    loss = find_loss(run.network, batch, run.teacher)
    run.optimiser.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(run.network.parameters(), LONGEST_GRADIENT)
    run.optimiser.step()
    run.step += 1
    kept = min(AVERAGED, (1 + run.step) / (10 + run.step))
    with torch.no_grad():
        for old, new in zip(run.average.parameters(), run.network.parameters(), strict=True):
            if new.requires_grad:
                old.lerp_(new, 1 - kept)
    return loss.item()


def _save(run: Run, checkpoint: Path) -> None:
    state: dict[str, Any] = {
        "network": run.network.state_dict(),
        "average": run.average.state_dict(),
        "optimiser": run.optimiser.state_dict(),
        "step": run.step,
    }
    unfinished = checkpoint.with_suffix(".part")
    torch.save(state, unfinished)
    unfinished.replace(checkpoint)


def _resume(run: Run, checkpoint: Path) -> None:
    state = torch.load(checkpoint, weights_only=True)
    run.network.load_state_dict(state["network"])
    run.average.load_state_dict(state["average"])
    run.optimiser.load_state_dict(state["optimiser"])
    run.step = state["step"]
