"""The pairs of fnc1-dev as clues, and folds in which no rumour stands on both sides."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.inference.embedder import Embedder
from onrecord.resolve.stance import BEARINGS, Bearing
from onrecord.resolve.stance_clues import describe_article, describe_claim, find_clues, find_sentences

FNC = Path(__file__).resolve().parents[3] / "shared" / "data" / "fnc1-dev.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs in the order of the file: `clues` is (pairs, clues), `truth` an index into BEARINGS.

    `rumours` holds two for each pair: that of its article and that of its claim, which are one where they are related.
    """

    clues: NDArray[np.float64]
    truth: NDArray[np.int64]
    rumours: NDArray[np.int64]


def read_rows(path: Path = FNC) -> list[dict[str, Any]]:
    """The articles with their claims."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def make_pairs(rows: list[dict[str, Any]], embedder: Embedder) -> Pairs:
    """Embed and describe every pair. Minutes."""
    claims = sorted({pair["claim"] for row in rows for pair in row["claims"]})
    wordings = {c: describe_claim(c, v) for c, v in zip(claims, embedder.embed(claims), strict=True)}
    clues, truth = [], []
    for row in rows:
        spans = find_sentences(row["text"])
        article = describe_article(row["text"], spans, embedder.embed([span.of(row["text"]) for span in spans]))
        clues += [find_clues(wordings[pair["claim"]], article) for pair in row["claims"]]
        truth += [BEARINGS.index(Bearing(pair["stance"])) for pair in row["claims"]]
    return Pairs(np.array(clues), np.array(truth), _find_rumours(rows))


def iter_folds(pairs: Pairs, *, folds: int, seed: int) -> Iterator[tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
    """Which pairs to train on and which to test, by articles; claims of the tested rumours are left out of training."""
    of_article, of_claim = pairs.rumours.T
    related = pairs.truth != BEARINGS.index(Bearing.UNRELATED)
    sizes = Counter(of_article[related].tolist())
    names = sorted(set(of_article.tolist()))
    np.random.RandomState(seed).shuffle(names)
    names.sort(key=lambda name: -sizes[name])
    filled, fold_of = [0] * folds, dict[int, int]()
    for name in names:
        fold = int(np.argmin(filled))
        fold_of[name] = fold
        filled[fold] += sizes[name] + 1
    articles = np.array([fold_of[name] for name in of_article.tolist()])
    claims = np.array([fold_of.get(name, -1) for name in of_claim.tolist()])
    for fold in range(folds):
        yield (articles != fold) & (claims != fold), articles == fold


def _find_rumours(rows: list[dict[str, Any]]) -> NDArray[np.int64]:
    """Articles and claims that are connected by related pairs are of one rumour."""
    parent: dict[tuple[str, str], tuple[str, str]] = {}

    def find(node: tuple[str, str]) -> tuple[str, str]:
        while (above := parent.setdefault(node, node)) != node:
            node = above
        return node

    for row in rows:
        for pair in row["claims"]:
            article, claim = find(("article", row["id"])), find(("claim", pair["claim"]))
            if pair["stance"] != Bearing.UNRELATED:
                parent[article] = claim
    number: dict[tuple[str, str], int] = {}
    return np.array(
        [
            [number.setdefault(find(node), len(number)) for node in (("article", row["id"]), ("claim", pair["claim"]))]
            for row in rows
            for pair in row["claims"]
        ]
    )
