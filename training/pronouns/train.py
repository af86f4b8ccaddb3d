"""Train a pointer on readings of lessons, and ask it."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from training.pronouns.batches import PEOPLE, Key, Readings
from training.pronouns.network import Pointer, find_loss

RATE, NEW_RATE, WARM_UP, LAST_SHARE = 4e-5, 7e-4, 0.1, 0.02
AVERAGED, AVERAGE_EVERY = 0.1, 10  # the share of the steps, about, whose weights are averaged; which of them
TOLD_EVERY = 20  # steps


def train(
    pointer: Pointer, readings: Readings, plan: Sequence[Sequence[Key]], *, device: str, workers: int = 0,
    seconds: float = np.inf,
) -> Pointer:  # fmt: skip
    """A pointer trained by a plan, its weights averaged over the last steps.

    Where `seconds` are too few for the plan, the rates fall the sooner.
    """
    pointer.to(device).train()
    new = {id(p) for p in pointer.new}
    body = [p for p in pointer.parameters() if p.requires_grad and id(p) not in new]
    parts = [{"params": body, "peak": RATE}, {"params": pointer.new, "peak": NEW_RATE}]
    optimiser = torch.optim.AdamW(parts, lr=RATE, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    decay = 1 - 1 / (1 + AVERAGED * len(plan) / AVERAGE_EVERY)
    average = AveragedModel(pointer, multi_avg_fn=get_ema_multi_avg_fn(decay))
    begin = time.monotonic()
    for step, made in enumerate(readings.load(plan, workers, device)):
        done = max(step / len(plan), (time.monotonic() - begin) / seconds)
        if done >= 1:
            break
        for part in optimiser.param_groups:
            part["lr"] = part["peak"] * min(1.0, (done + 1 / len(plan)) / WARM_UP) * max(LAST_SHARE, 1 - done)
        batch = made.to(device)
        with torch.autocast(device, torch.bfloat16):
            chances = pointer(batch)
        loss = find_loss(chances, batch)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(body, 1.0)
        optimiser.step()
        if step % AVERAGE_EVERY == 0:
            average.update_parameters(pointer)
        if step % TOLD_EVERY == 0:
            print(f"{step} of {len(plan)} steps, loss {loss.item():.3f}", flush=True)
    trained: Pointer = average.module
    return trained


@torch.no_grad()
def weigh(pointer: Pointer, readings: Readings, plan: Sequence[Sequence[Key]], *, device: str) -> NDArray[np.float64]:
    """The chances [lessons, PEOPLE] of nobody and of each person, for a plan that reads each lesson once."""
    pointer.to(device).eval()
    chances = np.zeros((len(readings.lessons), PEOPLE))
    for keys, batch in zip(plan, readings.load(plan, 0, device), strict=True):
        with torch.autocast(device, torch.bfloat16):
            found = pointer(batch.to(device))
        chances[[number for number, _ in keys]] = found.float().cpu().numpy()
    return chances
