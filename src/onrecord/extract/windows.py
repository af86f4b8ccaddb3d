"""Windows: runs of whole paragraphs that the encoder reads at once, and the arrays that it is given for each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from onrecord.extract.words import END, START, Ints, Words

# the model was trained on windows of up to this many pieces, with a start and an end piece: it fails on longer ones
MAX_PIECES = 254

Window = tuple[int, int]
"""First word and the one after the last."""


def cut_windows(words: Words, *, first: int = MAX_PIECES, longest: int = MAX_PIECES) -> list[Window]:
    """Pack paragraphs into windows of at most `longest` pieces, the first of at most `first` where that can be.

    A paragraph that is longer than a window is cut before its last sentence that fits only in part.
    """
    sizes = np.array([len(pieces) for pieces in words.pieces], np.int64)
    total = np.concatenate([[0], np.cumsum(sizes)])
    windows: list[Window] = []
    begin, limit = 0, min(first, longest)
    for start, stop in _iter_stretches(words, total, longest):
        if start > begin and total[stop] - total[begin] > limit:
            windows.append((begin, start))
            begin, limit = start, longest
    if len(words):
        windows.append((begin, len(words)))
    return windows


def _iter_stretches(words: Words, total: Ints, longest: int) -> Iterator[Window]:
    """The paragraphs, those too long for one window in pieces."""
    edges = [*np.flatnonzero(words.opens).tolist(), len(words)]
    for begin, stop in pairwise(edges):
        while total[stop] - total[begin] > longest:
            end = int(np.searchsorted(total, total[begin] + longest, "right")) - 1
            cut = next((i for i in range(end, begin + 1, -1) if _starts_sentence(words, i)), end)
            yield begin, cut
            begin = cut
        yield begin, stop


def _starts_sentence(words: Words, i: int) -> bool:
    """Whether a sentence may start at word `i`, as far as the marks before it tell."""
    k = i - 1
    while k > 0 and words.text[words.begins[k]] in "\"”’')":
        k -= 1
    return words.text[words.begins[k]] in ".?!" and words.text[words.begins[i]] not in "\"”’')"


def pack_window(words: Words, window: Window) -> dict[str, Ints]:
    """The encoder's inputs: `ids`, `shape`, `quote`, `start`, a value a piece; `first`, each word's first piece."""
    begin, end = window
    sizes = np.array([len(pieces) for pieces in words.pieces[begin:end]], np.int64)
    first = 1 + np.cumsum(sizes) - sizes
    length = 2 + int(sizes.sum())
    ids = np.full(length, START, np.int64)
    ids[1:-1] = [piece for pieces in words.pieces[begin:end] for piece in pieces]
    ids[-1] = END
    shape, quote, start = (np.zeros(length, np.int64) for _ in range(3))
    shape[1:-1] = np.repeat(words.shape[begin:end], sizes)
    quote[1:-1] = np.repeat(words.quoted[begin:end], sizes)
    start[first] = words.opens[begin:end]
    return {"ids": ids, "shape": shape, "quote": quote, "start": start, "first": first}
