"""Pairs worth a closer look: near in meaning and near in time, found by blocks of vectors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from onrecord.resolve.match import LEAST_MEANING
from onrecord.resolve.wordings import Wording

BLOCK = 1024  # rows a product: 4 MB of scores at a time for each thousand columns
DAYS_APART = 60  # a story comes back, but not the same news


def iter_candidates(wordings: Sequence[Wording]) -> Iterator[tuple[Wording, Wording]]:
    """Each pair once, whatever the order of `wordings`."""
    ordered = sorted(wordings, key=lambda w: (w.day or "", w.id))
    if not ordered:
        return
    vectors = np.stack([w.vector for w in ordered])
    days = np.array([_day_number(w.day) for w in ordered])
    for begin in range(0, len(ordered), BLOCK):
        block = days[begin : begin + BLOCK]
        dated = block[block >= 0]
        latest = dated.max() + DAYS_APART if len(dated) else np.inf
        stop = len(ordered) if not len(dated) else int(np.searchsorted(days, latest, "right"))
        near = vectors[begin : begin + BLOCK] @ vectors[begin:stop].T >= LEAST_MEANING
        for row, column in zip(*np.nonzero(np.triu(near, 1)), strict=True):
            a, b = begin + int(row), begin + int(column)
            if days[a] < 0 or days[b] - days[a] <= DAYS_APART:
                yield ordered[a], ordered[b]


def _day_number(day: str | None) -> int:
    """Days since 1970; -1 for none, and for one that is not known to the day."""
    return int(np.datetime64(day).astype("datetime64[D]").astype(int)) if day and len(day) == 10 else -1
