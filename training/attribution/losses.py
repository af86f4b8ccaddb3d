"""What a network is trained by: what annotators and a parser said, and what teachers make of the same windows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from training.attribution.batches import IGNORED, Batch
from training.attribution.network import LABELS, Network

# annotators differ, on which words are cues above all: no target is certain
SMOOTHING, ANCHOR_FLOOR = 0.02, 0.003
# a third of the signal is the linker's; what spaCy says is easy and must not crowd out what people said
ANCHOR_WEIGHT, LINK_WEIGHT, SILVER_WEIGHT = 4.0, 3.0, 0.15
# whole features of the encoder's output are dropped for a window: ordinary dropout doubles a step's time on a CPU
DROPPED_FEATURES = 0.1
# beside teachers, annotators count for less: one person's reading against that of several networks
TAUGHT_GOLD_WEIGHT = 0.4
# a student learns the links of words that its teachers take for anchors with this probability, so many a window at most
LEAST_ANCHOR, MOST_ANCHORS = 0.08, 16


@dataclass(frozen=True, slots=True)
class Outputs:
    """What a network says of a batch: logits over words, and what its linker reads of each window's words."""

    labels: Tensor
    anchors: Tensor
    pos: Tensor
    entities: Tensor
    sentences: Tensor
    linked: Tensor
    anchored: Tensor


@dataclass(frozen=True, slots=True)
class Teaching:
    """What teachers say, as probabilities; `rows` are the anchors [anchors, (window, place, kind)] that they linked."""

    labels: Tensor
    anchors: Tensor
    rows: Tensor
    links: Tensor


def find_outputs(network: Network, batch: Batch, *, drop: bool, plain: bool = False) -> Outputs:
    """Run a network over a batch, `plain` without masked words."""
    inputs = batch.inputs | {"ids": batch.plain} if plain else batch.inputs
    words = network.read(inputs, batch.first)
    if drop:
        shape = len(batch.lengths), words.shape[1]
        keep = (torch.rand(shape, device=words.device) > DROPPED_FEATURES) / (1 - DROPPED_FEATURES)
        words = words * keep.repeat_interleave(batch.lengths, 0)
    logits = network.heads(words)
    # the labels are a hint to the linker; what it makes of them must not bend them
    linked, anchored = network.linker.project(words[batch.padded], logits[0].detach()[batch.padded])
    labels, anchors, pos, entities, sentences = logits
    return Outputs(labels, anchors, pos, entities, sentences, linked, anchored)


def find_loss(network: Network, batch: Batch, teachers: Sequence[Network] = ()) -> Tensor:
    """The weighted sum of all heads' losses, and of what teachers add to them."""
    said = find_outputs(network, batch, drop=True)
    silver = (
        F.cross_entropy(said.pos, batch.pos)
        + F.cross_entropy(said.entities, batch.entities)
        + F.binary_cross_entropy_with_logits(said.sentences.squeeze(-1), batch.sentences.float())
    )
    gold = _find_gold_loss(network, said, batch)
    if not teachers:
        return gold + SILVER_WEIGHT * silver
    taught = _find_taught_loss(network, said, batch, find_teaching(teachers, batch))
    return TAUGHT_GOLD_WEIGHT * gold + taught + SILVER_WEIGHT * silver


def find_teaching(teachers: Sequence[Network], batch: Batch) -> Teaching:
    """The mean of what the teachers say of the windows as they are, no word masked."""
    with torch.no_grad():
        said = [find_outputs(teacher, batch, drop=False, plain=True) for teacher in teachers]
        anchors = torch.stack([one.anchors.float().sigmoid() for one in said]).mean(0)
        rows = _find_rows(anchors, batch)
        links = [_link(teacher, one, rows).softmax(-1) for teacher, one in zip(teachers, said, strict=True)]
        labels = torch.stack([one.labels.softmax(-1) for one in said]).mean(0)
        return Teaching(labels, anchors, rows, torch.stack(links).mean(0))


def _find_gold_loss(network: Network, said: Outputs, batch: Batch) -> Tensor:
    annotated = batch.annotated.float()
    count = annotated.sum().clamp(min=1)
    labels = F.cross_entropy(said.labels, batch.labels, label_smoothing=SMOOTHING, reduction="none")
    spread = batch.anchors * (1 - SMOOTHING) + ANCHOR_FLOOR
    anchors = F.binary_cross_entropy_with_logits(said.anchors, spread, reduction="none").mean(-1)
    loss = ((labels + ANCHOR_WEIGHT * anchors) * annotated).sum() / count
    if len(batch.links):
        loss = loss + LINK_WEIGHT * F.cross_entropy(
            _link(network, said, batch.links).reshape(-1, LABELS),
            batch.link_labels.reshape(-1),
            ignore_index=IGNORED,
            label_smoothing=SMOOTHING,
        )
    return loss


def _find_taught_loss(network: Network, said: Outputs, batch: Batch, taught: Teaching) -> Tensor:
    labels = F.kl_div(said.labels.log_softmax(-1), taught.labels, reduction="batchmean")
    anchors = F.binary_cross_entropy_with_logits(said.anchors, taught.anchors)
    loss = labels + ANCHOR_WEIGHT * anchors
    if len(taught.rows):
        apart = F.kl_div(_link(network, said, taught.rows).log_softmax(-1), taught.links, reduction="none").sum(-1)
        inside = _is_inside(batch, taught.rows[:, 0])
        loss = loss + LINK_WEIGHT * (apart * inside).sum() / inside.sum()
    return loss


def _find_rows(anchors: Tensor, batch: Batch) -> Tensor:
    """Window, place and kind [anchors, 3] of the words that are likely enough to be anchors."""
    count = min(int((anchors >= LEAST_ANCHOR).sum()), MOST_ANCHORS * len(batch.lengths))
    best = anchors.flatten().topk(count).indices
    word, kind = best // anchors.shape[1], best % anchors.shape[1]
    ends = batch.lengths.cumsum(0)
    window = torch.searchsorted(ends, word, right=True)
    return torch.stack([window, word - (ends - batch.lengths)[window], kind], 1)


def _link(network: Network, said: Outputs, rows: Tensor) -> Tensor:
    """Label logits [anchors, longest window, LABELS] for anchors given as window, place and kind."""
    number, place, kind = rows.unbind(1)
    distances = torch.arange(said.linked.shape[1], device=place.device)[None] - place[:, None]
    logits: Tensor = network.linker(said.linked[number], said.anchored[number, place], kind, distances)
    return logits


def _is_inside(batch: Batch, windows: Tensor) -> Tensor:
    """1 for the words [anchors, longest window] that are in the window."""
    return (torch.arange(batch.padded.shape[1], device=windows.device)[None] < batch.lengths[windows][:, None]).float()
