"""Windows with their classes in batches: packed anew for each epoch, with some of what the model relies on hidden."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from onrecord.extract.labels import PARTS
from onrecord.extract.windows import MAX_PIECES, Window, cut_windows, pack_window
from onrecord.extract.words import Ints
from training.attribution.corpus import Article, Gold
from training.attribution.encoder import MASK

SHORTEST_FIRST = 60  # the first window of an article takes so many pieces at least, so that windows begin anywhere
LENGTH_STEP = 16
# how often a word is masked, and how often a window loses its letter case, quotation state, paragraph starts
MASKED_WORDS, NO_CASE, NO_QUOTES, NO_PARAGRAPHS = 0.06, 0.05, 0.1, 0.05
IGNORED = -100

Item = tuple[Article, Window]


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows as tensors; words of all windows stand in one row, classes are over them.

    `inputs` are [windows, pieces], `plain` the ids before words were masked. `first` has each word's first piece among
    all pieces of the batch, `padded` [windows, longest in words] each window's words, 0 beyond it, `lengths` how many.
    `annotated` [words] tells where people annotated. `links` has a row for each anchor: window, place in it, kind; and
    its labels [anchors, longest].
    """

    inputs: dict[str, Tensor]
    plain: Tensor
    first: Tensor
    padded: Tensor
    lengths: Tensor
    labels: Tensor
    anchors: Tensor
    annotated: Tensor
    pos: Tensor
    entities: Tensor
    sentences: Tensor
    links: Tensor
    link_labels: Tensor

    def to(self, device: torch.device) -> Batch:
        """The same on another device."""
        moved: dict[str, Any] = {
            field.name: getattr(self, field.name).to(device, non_blocking=True)
            for field in fields(self)
            if field.name != "inputs"
        }
        inputs = {name: tensor.to(device, non_blocking=True) for name, tensor in self.inputs.items()}
        return replace(self, inputs=inputs, **moved)


class _Epoch(Dataset[Batch]):
    """Groups of windows of like length, in random order; each batch depends on the seed and its number alone."""

    def __init__(self, articles: Sequence[Article], size: int, seed: str) -> None:
        rng = random.Random(seed)
        items = [(article, window) for article in articles for window in _cut(article, rng)]
        items.sort(key=lambda item: (_count_pieces(item) // LENGTH_STEP, rng.random()))
        self._groups = [items[k : k + size] for k in range(0, len(items), size)]
        rng.shuffle(self._groups)
        self._seed = seed

    def __len__(self) -> int:
        return len(self._groups)

    def __getitem__(self, number: int) -> Batch:
        return make_batch(self._groups[number], random.Random(f"{self._seed} {number}"))


def load_batches(articles: Sequence[Article], size: int, seed: str, *, workers: int = 0) -> DataLoader[Batch]:
    """One epoch in batches of `size` windows, made by `workers` processes beside this one."""
    return DataLoader(
        _Epoch(articles, size, seed),
        batch_size=None,
        num_workers=workers,
        prefetch_factor=4 if workers else None,
    )


def count_batches(articles: Sequence[Article], size: int) -> int:
    """About how many batches an epoch has: packing is random."""
    windows = sum(len(_cut(article, random.Random(0))) for article in articles)
    return -(-windows // size)


def make_batch(items: Sequence[Item], rng: random.Random | None = None) -> Batch:
    """Windows as tensors, with `rng` some of their features hidden."""
    packed = [pack_window(article.words, window) for article, window in items]
    hidden = [_hide(window, rng) for window in packed] if rng else packed
    longest = max(len(window["ids"]) for window in packed)
    inputs = {name: _stack([window[name] for window in hidden], longest) for name in ("ids", "shape", "quote", "start")}
    pieces = torch.tensor([len(window["ids"]) for window in packed])
    inputs["mask"] = torch.arange(longest)[None] < pieces[:, None]
    counts = [len(window["first"]) for window in packed]
    begins = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)
    labels, anchors, links, link_labels = _label(items)
    return Batch(
        inputs,
        _stack([window["ids"] for window in packed], longest),
        torch.from_numpy(np.concatenate([k * longest + window["first"] for k, window in enumerate(packed)])),
        _stack([begin + np.arange(count) for begin, count in zip(begins, counts, strict=True)], max(counts)),
        torch.tensor(counts),
        labels,
        anchors,
        torch.from_numpy(np.repeat([article.golds is not None for article, _ in items], counts)),
        _join([article.pos[slice(*window)] for article, window in items]),
        _join([article.entities[slice(*window)] for article, window in items]),
        _join([article.sentences[slice(*window)] for article, window in items]),
        links,
        link_labels,
    )


def _stack(columns: Sequence[Ints], length: int) -> Tensor:
    return torch.from_numpy(np.stack([np.pad(column, (0, length - len(column))) for column in columns]))


def _join(columns: list[Ints]) -> Tensor:
    return torch.from_numpy(np.concatenate(columns))


def _cut(article: Article, rng: random.Random) -> list[Window]:
    return cut_windows(article.words, first=rng.randint(SHORTEST_FIRST, MAX_PIECES))


def _count_pieces(item: Item) -> int:
    article, (begin, end) = item
    return sum(len(pieces) for pieces in article.words.pieces[begin:end])


def _hide(packed: dict[str, Ints], rng: random.Random) -> dict[str, Ints]:
    ids, edges = packed["ids"].copy(), [*packed["first"].tolist(), len(packed["ids"]) - 1]
    for k in range(len(packed["first"])):
        if rng.random() < MASKED_WORDS:
            ids[edges[k] : edges[k + 1]] = MASK
    hidden = packed | {"ids": ids}
    for name, rate in (("shape", NO_CASE), ("quote", NO_QUOTES), ("start", NO_PARAGRAPHS)):
        if rng.random() < rate:
            hidden[name] = np.zeros_like(packed[name])
    return hidden


def _label(items: Sequence[Item]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    labels, anchors = [], []
    links: list[tuple[int, int, int]] = []
    rows: list[Ints] = []
    for number, (article, (begin, end)) in enumerate(items):
        window_labels = np.zeros(end - begin, np.int64)
        window_anchors = np.zeros((end - begin, 2), np.float32)
        for gold in article.golds or ():
            _paint(window_labels, gold, (begin, end), keep_content=True)
            if begin <= gold.anchor < end:
                window_anchors[gold.anchor - begin, gold.kind] = 1
                links.append((number, gold.anchor - begin, gold.kind))
                rows.append(_paint(np.zeros(end - begin, np.int64), gold, (begin, end)))
        labels.append(window_labels)
        anchors.append(window_anchors)
    longest = max(end - begin for _, (begin, end) in items)
    table: NDArray[np.int64] = np.full((len(rows), longest), IGNORED, np.int64)
    for k, row in enumerate(rows):
        table[k, : len(row)] = row
    return (
        torch.from_numpy(np.concatenate(labels)),
        torch.from_numpy(np.concatenate(anchors)),
        torch.tensor(links, dtype=torch.long).reshape(-1, 3),
        torch.from_numpy(table),
    )


def _paint(row: Ints, gold: Gold, window: Window, *, keep_content: bool = False) -> Ints:
    """Write the labels of one attribution over those words of the window that are in it.

    With `keep_content`, content does not cover what another attribution has painted: an inner cue stays visible.
    """
    begin, end = window
    for number, part in ((2, "content"), (0, "source"), (1, "cue")):
        assert PARTS[number] == part
        for first, last in getattr(gold, part):
            for word in range(max(first, begin), min(last, end)):
                if not (keep_content and part == "content" and row[word - begin]):
                    row[word - begin] = 1 + 2 * number + (word > first)
    return row
