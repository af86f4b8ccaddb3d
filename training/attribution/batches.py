"""Windows with their classes in batches: packed anew for each epoch, with some of what the model relies on hidden."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from onrecord.extract.labels import PARTS
from onrecord.extract.windows import MAX_PIECES, Window, cut_windows, pack_window
from onrecord.extract.words import Ints
from training.attribution.corpus import Article, Gold

BATCH = 16
SHORTEST_FIRST = 60  # the first window of an article takes so many pieces at least, so that windows begin anywhere
LENGTH_STEP = 16
MASK = 103
# how often a word is masked, and how often a window loses its letter case, quotation state, paragraph starts
MASKED_WORDS, NO_CASE, NO_QUOTES, NO_PARAGRAPHS = 0.06, 0.05, 0.1, 0.05
IGNORED = -100

Item = tuple[Article, Window]


@dataclass(frozen=True, slots=True)
class Batch:
    """`inputs` are [windows, pieces]; `first` has the place of each word's first piece; classes are over all words.

    `links` has a row for each anchor: window, place in it, kind; and its labels [anchors, longest window in words].
    """

    inputs: dict[str, Tensor]
    first: list[Tensor]
    labels: Tensor
    anchors: Tensor
    pos: Tensor
    entities: Tensor
    sentences: Tensor
    links: Tensor
    link_labels: Tensor


def iter_batches(articles: Sequence[Article], rng: random.Random) -> Iterator[Batch]:
    """One epoch, windows of like length together, in random order."""
    items = [(article, window) for article in articles for window in _cut(article, rng)]
    items.sort(key=lambda item: (_count_pieces(item) // LENGTH_STEP, rng.random()))
    groups = [items[k : k + BATCH] for k in range(0, len(items), BATCH)]
    rng.shuffle(groups)
    for group in groups:
        yield make_batch(group, rng)


def count_batches(articles: Sequence[Article], seed: int) -> int:
    """About how many batches an epoch has: packing is random."""
    windows = sum(len(_cut(article, random.Random(seed))) for article in articles)
    return -(-windows // BATCH)


def make_batch(items: Sequence[Item], rng: random.Random) -> Batch:
    """Windows as tensors, some of their features hidden."""
    packed = [_hide(pack_window(article.words, window), rng) for article, window in items]
    longest = max(len(window["ids"]) for window in packed)
    inputs = {
        name: torch.from_numpy(np.stack([_pad(window[name], longest) for window in packed]))
        for name in ("ids", "shape", "quote", "start")
    }
    lengths = torch.tensor([len(window["ids"]) for window in packed])
    inputs["mask"] = torch.arange(longest)[None] < lengths[:, None]
    labels, anchors, links, link_labels = _label(items)
    return Batch(
        inputs,
        [torch.from_numpy(window["first"]) for window in packed],
        labels,
        anchors,
        _join([article.pos[slice(*window)] for article, window in items]),
        _join([article.entities[slice(*window)] for article, window in items]),
        _join([article.sentences[slice(*window)] for article, window in items]),
        links,
        link_labels,
    )


def _join(columns: list[Ints]) -> Tensor:
    return torch.from_numpy(np.concatenate(columns))


def _cut(article: Article, rng: random.Random) -> list[Window]:
    return cut_windows(article.words, first=rng.randint(SHORTEST_FIRST, MAX_PIECES))


def _count_pieces(item: Item) -> int:
    article, (begin, end) = item
    return sum(len(pieces) for pieces in article.words.pieces[begin:end])


def _pad(column: Ints, length: int) -> Ints:
    return np.pad(column, (0, length - len(column)))


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
        for gold in article.golds:
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
