"""Monotone alignment of an extracted text with the page it came from, word by word.

Equal runs of words are chained so that both texts advance and the most words are covered; what lies between two links
of the chain is aligned by difflib. A teaser that repeats words of the article elsewhere on the page stays unaligned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import numpy as np

RUN = 4  # words that must agree to start a link
_MAX_PLACES = 12  # a run that occurs more often on the page says nothing
_MAX_GAP = 40_000  # word pairs; a wider gap between links is left unaligned
_GAP_COST = 0.02  # per log of words passed over on the page: of two equal places, the nearer one


def align_words(page: Sequence[str], extracted: Sequence[str]) -> list[bool]:
    """For each word of the page, whether the extracted text has it, read in the page's order."""
    matched = [False] * len(page)
    page_at = extracted_at = 0
    for begin, at, length in [*_chain_links(_find_links(page, extracted)), (len(page), len(extracted), 0)]:
        for i in _align_gap(page, extracted, page_at, begin, extracted_at, at):
            matched[i] = True
        matched[begin : begin + length] = [True] * length
        page_at, extracted_at = begin + length, at + length
    return matched


def iter_runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """All runs of `RUN` words."""
    return zip(*(words[k:] for k in range(RUN)), strict=False)


def _find_links(page: Sequence[str], extracted: Sequence[str]) -> list[tuple[int, int, int]]:
    """Maximal equal runs: begin on the page, begin in the extracted text, words."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, run in enumerate(iter_runs(page)):
        places[run].append(i)
    opened: dict[int, int] = {}  # where each link that goes on begins in the extracted text, by its diagonal
    links: list[tuple[int, int, int]] = []
    for at, run in enumerate([*iter_runs(extracted), ()]):
        found = places.get(run, ())
        going_on = {begin - at: opened.pop(begin - at, at) for begin in found} if len(found) <= _MAX_PLACES else {}
        links += [(diagonal + first, first, at - first + RUN - 1) for diagonal, first in opened.items()]
        opened = going_on
    return sorted(links)


def _chain_links(links: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The heaviest chain of links that advance in both texts; an overlap is cut off the later link."""
    if not links:
        return []
    table = np.array(links, dtype=np.int64)
    begins, ats, lengths = table[:, 0], table[:, 1], table[:, 2]
    best = np.zeros(len(links))
    previous = np.full(len(links), -1)
    for i, (begin, at, length) in enumerate(links):
        best[i] = length
        overlap = np.maximum(begins[:i] + lengths[:i] - begin, ats[:i] + lengths[:i] - at).clip(0)
        allowed = (begins[:i] < begin) & (ats[:i] < at) & (overlap < length)
        if allowed.any():
            passed = (begin - begins[:i] - lengths[:i]).clip(0)
            total = np.where(allowed, best[:i] + length - overlap - _GAP_COST * np.log1p(passed), -1.0)
            j = int(total.argmax())
            if total[j] > best[i]:
                best[i], previous[i] = total[j], j
    chain = []
    i = int(best.argmax())
    while i >= 0:
        chain.append(links[i])
        i = int(previous[i])
    cut: list[tuple[int, int, int]] = []
    for begin, at, length in reversed(chain):
        skip = max(0, cut[-1][0] + cut[-1][2] - begin, cut[-1][1] + cut[-1][2] - at) if cut else 0
        if skip < length:
            cut.append((begin + skip, at + skip, length - skip))
    return cut


def _align_gap(page: Sequence[str], extracted: Sequence[str], begin: int, end: int, at: int, until: int) -> list[int]:
    if end <= begin or until <= at or (end - begin) * (until - at) > _MAX_GAP:
        return []
    matcher = SequenceMatcher(None, page[begin:end], extracted[at:until], autojunk=False)
    return [begin + block.a + i for block in matcher.get_matching_blocks() for i in range(block.size)]
