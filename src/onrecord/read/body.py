"""Which blocks of an HTML page are the article: a boosted-tree model over each block's looks, place and votes.

The votes are trafilatura's, as a share of the block's runs of four words; the model learns where to follow it and
where to mend it (teasers inside the body, lost quotations and lists).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

import numpy as np
import trafilatura
from numpy.typing import NDArray

from onrecord.read.align import align_words, iter_runs
from onrecord.read.blocks import Block, find_blocks
from onrecord.read.lines import SHAPE, measure_shape
from onrecord.read.trees import Trees

_WORDS = re.compile(r"\w+")
MIN_PROBABILITY = 0.55  # the best of 0.4, 0.5, 0.6, 0.7 in cross-validation was flat between 0.5 and 0.6
_MIN_REPEATED = 8  # words; a shorter line may well stand twice in an article
_REPEATED = 0.9
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_TITLE = re.compile(r"<title[^>]*>([^<]*)", re.IGNORECASE)
_CONTENT = re.compile(r"articl|story|content|entry|post|body|text|main|paragraph|copy")
_ASIDE = re.compile(
    r"relat|recommend|trend|popular|promo|newsletter|subscri|sign-?up|share|social|comment|sidebar|widget|teaser|"
    r"more-|read-?more|most-|outbrain|taboola|sponsor|advert|\bad[-_ ]|\bads\b|footer|header|nav|menu|breadcrumb|"
    r"cookie|consent|popup|modal|hidden|tags|topics|copyright|author|byline|meta|caption|credit|figure|gallery|image|"
    r"photo|video|player|embed|login|paywall|disclaim"
)
_TAGS = (
    "p",
    "li",
    "h",
    "td",
    "figcaption",
    "blockquote",
    "div",
    "a",
    "span",
    "nav",
    "footer",
    "header",
    "aside",
    "figure",
    "article",
    "main",
    "form",
    "button",
    "table",
    "dd",
)
PLACE = (
    *(f"in_{tag}" for tag in _TAGS),
    *(f"is_{tag}" for tag in _TAGS),
    "level", "depth", "soft", "linked", "content_marks", "aside_marks", "near_content", "near_aside",
    "vote", "vote_wide", "before_1", "before_2", "after_1", "after_2",
    "parent_voted", "grandparent_voted", "parent_size", "parent_linked",
    "from_first", "to_last", "since_voted", "until_voted", "inside", "repeated", "title_overlap", "index",
    "next_words", "previous_words", "next_level", "previous_level", "next_linked", "previous_linked", "page_voted",
)  # fmt: skip
NAMES = (*SHAPE, *PLACE)


def measure_page(source: str) -> tuple[list[Block], NDArray[np.float32]]:
    """The blocks of a page and a row of features for each."""
    blocks = find_blocks(source)
    strict, wide = _extract_text(source, precise=True), _extract_text(source, precise=False)
    votes = count_votes(blocks, strict)
    # of most pages both are the same text
    wide_votes = votes if wide == strict else count_votes(blocks, wide)
    return blocks, measure_blocks(blocks, votes, wide_votes, title=_title(source))


def judge_blocks(blocks: Sequence[Block], rows: NDArray[np.float32], trees: Trees) -> list[int]:
    """The indices of the blocks that are the article, in order, without those that repeat it."""
    likely = trees.predict(rows)
    seen: set[tuple[str, ...]] = set()
    kept = []
    for i, block in enumerate(blocks):
        if likely[i] < MIN_PROBABILITY:
            continue
        words = _WORDS.findall(block.text.lower())
        runs = list(iter_runs(words))
        if len(words) >= _MIN_REPEATED and sum(run in seen for run in runs) >= _REPEATED * len(runs):
            continue
        seen.update(runs)
        kept.append(i)
    return kept


def count_votes(blocks: Sequence[Block], extracted: str) -> list[float]:
    """For each block the share of its words that the extracted text has, read in the page's order."""
    words = [_WORDS.findall(block.text.lower()) for block in blocks]
    matched = iter(align_words([word for own in words for word in own], _WORDS.findall(extracted.lower())))
    return [sum(next(matched) for _ in own) / max(1, len(own)) for own in words]


def measure_blocks(
    blocks: Sequence[Block], votes: Sequence[float], wide: Sequence[float], *, title: str | None
) -> NDArray[np.float32]:
    """One row for each block, columns as in `NAMES`."""
    n = len(blocks)
    sizes = [len(_WORDS.findall(block.text)) for block in blocks]
    voted = [i for i in range(n) if votes[i] >= 0.5]
    first, last = (voted[0], voted[-1]) if voted else (0, n)
    parents: dict[int, list[float]] = {}
    for block, size, vote in zip(blocks, sizes, votes, strict=True):
        for element in block.path[-8:]:
            totals = parents.setdefault(element.serial, [0.0, 0.0, 0.0])
            totals[0] += size
            totals[1] += size * vote
            totals[2] += block.linked
    total = max(1.0, sum(size * vote for size, vote in zip(sizes, votes, strict=True)))
    since = _distances(n, set(voted))
    until = _distances(n, {n - 1 - i for i in voted})[::-1]
    seen: set[tuple[str, ...]] = set()
    title_words = set(_WORDS.findall((title or "").lower()))
    rows = []
    for i, block in enumerate(blocks):
        names = [element.name for element in block.path]
        marks = [element.marks for element in block.path[-10:]]
        content = [_CONTENT.search(some) is not None for some in marks]
        aside = [_ASIDE.search(some) is not None for some in marks]
        holders = [
            element for element in block.path if element.name not in ("p", "a", "b", "strong", "em", "i", "span", "li")
        ]
        parent = parents.get(holders[-1].serial if holders else -1, [0.0, 0.0, 0.0])
        grandparent = parents.get(holders[-2].serial if len(holders) > 1 else -1, [0.0, 0.0, 0.0])
        words = _WORDS.findall(block.text.lower())
        runs = list(iter_runs(words))
        tags = ["h" if name in _HEADINGS else name for name in names]
        above, own = set(tags), tags[-1] if tags else ""
        rows.append([
            *measure_shape(block.text),
            *(float(tag in above) for tag in _TAGS),
            *(float(tag == own) for tag in _TAGS),
            float(block.level), float(len(names)), float(block.soft), block.linked / max(1, len(block.text)),
            float(sum(content)), float(sum(aside)), float(any(content[-3:])), float(any(aside[-3:])),
            votes[i], wide[i],
            votes[i - 1] if i else 0.0, votes[i - 2] if i > 1 else 0.0,
            votes[i + 1] if i + 1 < n else 0.0, votes[i + 2] if i + 2 < n else 0.0,
            parent[1] / max(1.0, parent[0]), grandparent[1] / max(1.0, grandparent[0]),
            parent[0] / total, parent[2] / max(1.0, 6 * parent[0]),
            float(min(50, max(-50, i - first))), float(min(50, max(-50, last - i))),
            float(min(20, since[i])), float(min(20, until[i])), float(first <= i <= last),
            sum(run in seen for run in runs) / max(1, len(runs)),
            sum(word in title_words for word in words) / max(1, len(words)), i / max(1, n),
            float(min(100, sizes[i + 1])) if i + 1 < n else 0.0, float(min(100, sizes[i - 1])) if i else 0.0,
            float(blocks[i + 1].level) if i + 1 < n else 0.0, float(blocks[i - 1].level) if i else 0.0,
            blocks[i + 1].linked / max(1, len(blocks[i + 1].text)) if i + 1 < n else 0.0,
            blocks[i - 1].linked / max(1, len(blocks[i - 1].text)) if i else 0.0,
            total,
        ])  # fmt: skip
        seen.update(runs)
    return np.array(rows, dtype=np.float32).reshape(n, len(NAMES))


def _distances(n: int, marked: set[int]) -> list[int]:
    found = []
    distance = n
    for i in range(n):
        distance = 0 if i in marked else distance + 1
        found.append(distance)
    return found


def _extract_text(source: str, *, precise: bool) -> str:
    found = trafilatura.extract(source, include_comments=False, favor_precision=precise)
    return found or ""


def _title(source: str) -> str:
    match = _TITLE.search(source)
    return unescape(match[1]) if match else ""
