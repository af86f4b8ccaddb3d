"""The training run: schedule, averaged weights, checkpoints that a broken run goes on from."""

from __future__ import annotations

import copy
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from training.attribution.batches import Batch, count_batches, load_batches
from training.attribution.corpus import Article
from training.attribution.losses import find_loss
from training.attribution.network import Network

HEAD_RATE = 1e-3
WARM_UP_STEPS, LEAST_RATE = 80, 0.02
WEIGHT_DECAY, BETAS, LONGEST_GRADIENT = 0.01, (0.9, 0.98), 1.0
AVERAGED = 0.996
TELL_EVERY = 20
# how many of the teachers say what they think of a batch: over many batches the mean is that of all
TEACHERS_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Plan:
    """How long, how fast and where a network is trained; `rate` is the encoder's, at its peak.

    Training ends after `epochs`, or after `seconds` where that is sooner; the rate falls towards whichever it is.
    """

    epochs: float
    seed: int
    rate: float
    batch: int = 16
    device: str = "cpu"
    workers: int = 0
    save_every: int = 150
    seconds: float = math.inf


@dataclass(slots=True)
class Run:
    """Everything that a checkpoint holds."""

    network: Network
    average: Network
    optimiser: torch.optim.Optimizer
    step: int = 0


def train(
    network: Network, articles: Sequence[Article], plan: Plan, *, checkpoint: Path, teachers: Sequence[Network] = ()
) -> Network:
    """Train, from the checkpoint where there is one, and give the network with averaged weights.

    With teachers, what they say of each window is learnt beside what people said. A resumed run packs its windows
    anew, so that it ends near an unbroken one, not at the same weights.
    """
    torch.manual_seed(plan.seed)
    device = torch.device(plan.device)
    total = int(count_batches(articles, plan.batch) * plan.epochs)
    network.to(device)
    teachers = [teacher.to(device).eval() for teacher in teachers]
    run = Run(network, copy.deepcopy(network), _make_optimiser(network, plan.rate))
    if checkpoint.exists():
        _resume(run, checkpoint)
    began, first, epoch = time.monotonic(), run.step, 0
    done = run.step / total
    while done < 1:
        seed = f"{plan.seed} {first} {epoch}"
        rng = random.Random(seed)
        for batch in load_batches(articles, plan.batch, seed, workers=plan.workers):
            some = rng.sample(teachers, min(TEACHERS_AT_ONCE, len(teachers)))
            loss = _step(run, batch.to(device), done, some)
            seconds = time.monotonic() - began
            done = max(run.step / total, seconds / plan.seconds)
            if run.step % TELL_EVERY == 0:
                each = seconds / (run.step - first)
                print(f"{checkpoint.stem}: step {run.step} of {total}, {each:.3f} s each, {loss:.3f}", flush=True)
            if run.step % plan.save_every == 0 or done >= 1:
                _save(run, checkpoint)
            if done >= 1:
                break
        epoch += 1
    return run.average.cpu()


def load_average(network: Network, checkpoint: Path) -> Network:
    """The averaged weights of a checkpoint."""
    state = torch.load(checkpoint, weights_only=True, map_location="cpu")
    network.load_state_dict(state["average"])
    return network


def _make_optimiser(network: Network, rate: float) -> torch.optim.Optimizer:
    new = {id(p) for table in network.encoder.features for p in table.parameters()}
    body = [p for p in network.encoder.parameters() if p.requires_grad and id(p) not in new]
    heads = [p for p in network.parameters() if p.requires_grad and id(p) not in {id(q) for q in body}]
    groups = [{"params": body, "peak": rate}, {"params": heads, "peak": HEAD_RATE}]
    return torch.optim.AdamW(groups, lr=rate, weight_decay=WEIGHT_DECAY, betas=BETAS)


def _step(run: Run, batch: Batch, done: float, teachers: Sequence[Network]) -> torch.Tensor:
    factor = min(1.0, (run.step + 1) / WARM_UP_STEPS) * max(LEAST_RATE, 1 - done)
    for group in run.optimiser.param_groups:
        group["lr"] = group["peak"] * factor
    # a CPU without hardware for bfloat16 is eight times slower with it
    with torch.autocast(batch.plain.device.type, torch.bfloat16, enabled=batch.plain.is_cuda):
        loss = find_loss(run.network, batch, teachers)
    run.optimiser.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(run.network.parameters(), LONGEST_GRADIENT)
    run.optimiser.step()
    run.step += 1
    kept = min(AVERAGED, (1 + run.step) / (10 + run.step))
    pairs = zip(run.average.parameters(), run.network.parameters(), strict=True)
    old, new = zip(*((a, b) for a, b in pairs if b.requires_grad), strict=True)
    with torch.no_grad():
        torch._foreach_lerp_(old, new, 1 - kept)
    return loss.detach()


def _save(run: Run, checkpoint: Path) -> None:
    state: dict[str, Any] = {
        "network": run.network.state_dict(),
        "average": run.average.state_dict(),
        "optimiser": run.optimiser.state_dict(),
        "step": run.step,
    }
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    unfinished = checkpoint.with_suffix(".part")
    torch.save(state, unfinished)
    unfinished.replace(checkpoint)


def _resume(run: Run, checkpoint: Path) -> None:
    state = torch.load(checkpoint, weights_only=True)
    run.network.load_state_dict(state["network"])
    run.average.load_state_dict(state["average"])
    run.optimiser.load_state_dict(state["optimiser"])
    run.step = state["step"]
