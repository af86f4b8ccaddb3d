"""Choose on polnear-dev what needs no training: label biases, thresholds, and the calibration of confidence.

The scorer is the one that the benchmark uses. Everything is decoded from outputs kept in memory, so that a setting
costs a few seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from onrecord.extract.base import Attribution
from onrecord.extract.linker import Candidate, Decision, Edges, Linked, choose, find_candidates
from onrecord.extract.tagger import Tagger
from onrecord.extract.words import Words

# anchors less likely than this are never right often enough to pay for reading them
LEAST_ANCHOR = 0.1
START = Decision(LEAST_ANCHOR, 0.4, 0.5, (0.0,) * 7, Edges(3.0, 2.0, 1.0), (1.0, 0.0, 0.0, 0.0, 0.0, 0.0), 0.0)
BIASES = (-0.6, 0.6)
CONFIDENCES = (0.25, 0.3, 0.35, 0.4, 0.45)
COSTS = (0.5, 1.5, 4.0)
SHARES = (0.2, 0.5, 0.8)
FOLDS = 6
# what the biases are chosen by: the goals of the model, found attributions twice
WEIGHTS = {"attribution": 2, "content_exact": 1, "content_half": 1, "span.source": 1, "span.cue": 1, "span.content": 1}


@dataclass(frozen=True, slots=True)
class Read:
    """One article of the development set, read by the network."""

    row: dict[str, Any]
    words: Words
    linked: list[Linked]


def read_articles(tagger: Tagger, rows: Sequence[dict[str, Any]]) -> list[Read]:
    """The articles with every anchor that may be one."""
    found = []
    for row in rows:
        words, readings, *_ = tagger.read(row["text"])
        found.append(Read(row, words, tagger.link(readings, LEAST_ANCHOR)))
    return found


def tune(reads: Sequence[Read], scorer: Any) -> Decision:
    """Biases by coordinate search, then the calibration, then the threshold on it."""
    decision = _search(reads, scorer, START, "least_confidence", CONFIDENCES)
    for name in ("end", "begin", "end_quoted"):
        options = [replace(decision.edges, **{name: cost}) for cost in COSTS]
        decision = _search(reads, scorer, decision, "edges", options)
    for label in range(1, len(decision.bias)):
        decision = _search(reads, scorer, decision, "bias", [_shift(decision.bias, label, by) for by in BIASES])
    decision = calibrate(reads, scorer, decision)
    decision = _search(reads, scorer, decision, "most_shared", SHARES)
    return _search(reads, scorer, decision, "least_confidence", CONFIDENCES)


def predict(reads: Sequence[Read], decision: Decision) -> list[tuple[Attribution, ...]]:
    """The attributions of each article under a decision."""
    found = find_candidates([(read.words, read.linked) for read in reads], decision)
    return [choose(candidates, read.words, decision) for read, candidates in zip(reads, found, strict=True)]


def find_score(reads: Sequence[Read], predicted: Sequence[Sequence[Attribution]], scorer: Any) -> dict[str, Any]:
    """All figures of score_attributions.py."""
    rows = [
        {"id": read.row["id"], "attributions": [to_row(a) for a in found]}
        for read, found in zip(reads, predicted, strict=True)
    ]
    figures: dict[str, Any] = scorer.score([read.row for read in reads], rows)
    return figures


def to_row(attribution: Attribution) -> dict[str, list[list[int]]]:
    """In the form that the scorer reads."""
    parts = {"source": attribution.source, "cue": attribution.cue, "content": attribution.content}
    return {part: [[s.begin, s.end] for s in spans] for part, spans in parts.items()}


def calibrate(reads: Sequence[Read], scorer: Any, decision: Decision) -> Decision:
    """The decision with a logistic regression fitted to which attributions are right."""
    x, y, _ = _judge(reads, scorer, decision)
    fitted = LogisticRegression(C=1.0, max_iter=1000).fit(x, y)
    weights = tuple(round(float(w), 5) for w in fitted.coef_[0])
    return replace(decision, weights=weights, intercept=round(float(fitted.intercept_[0]), 5))


def find_reliability(reads: Sequence[Read], scorer: Any, decision: Decision) -> list[dict[str, float]]:
    """Confidence against the share that is right, for articles that the calibration was not fitted on."""
    x, y, article = _judge(reads, scorer, decision)
    confidence = np.zeros(len(y))
    for fold in range(FOLDS):
        held = article % FOLDS == fold
        fitted = LogisticRegression(C=1.0, max_iter=1000).fit(x[~held], y[~held])
        confidence[held] = fitted.predict_proba(x[held])[:, 1]
    table = []
    for low in np.arange(0, 1, 0.1):
        inside = (confidence >= low) & (confidence < low + 0.1)
        if inside.any():
            row = {
                "from": low,
                "count": inside.sum(),
                "confidence": confidence[inside].mean(),
                "right": y[inside].mean(),
            }
            table.append({name: round(float(value), 3) for name, value in row.items()})
    return table


def _search(reads: Sequence[Read], scorer: Any, decision: Decision, name: str, values: Sequence[Any]) -> Decision:
    options = [decision, *(replace(decision, **{name: value}) for value in values)]
    return max(options, key=lambda option: _rate(reads, scorer, option))


def _rate(reads: Sequence[Read], scorer: Any, decision: Decision) -> float:
    figures = find_score(reads, predict(reads, decision), scorer)
    return sum(weight * float(figures[name]["f1"]) for name, weight in WEIGHTS.items())


def _shift(bias: tuple[float, ...], label: int, by: float) -> tuple[float, ...]:
    return tuple(round(b + by * (k == label), 3) for k, b in enumerate(bias))


def _judge(reads: Sequence[Read], scorer: Any, decision: Decision) -> tuple[Any, Any, Any]:
    """Evidence, whether it is right, and the number of the article, for each candidate that no likelier one covers."""
    rows = [(e, right, n) for n, read in enumerate(reads) for e, right in _judge_article(read, scorer, decision)]
    evidence, right, articles = zip(*rows, strict=True)
    return np.array(evidence), np.array(right, int), np.array(articles)


def _judge_article(read: Read, scorer: Any, decision: Decision) -> Iterator[tuple[tuple[float, ...], bool]]:
    (candidates,) = find_candidates([(read.words, read.linked)], decision)
    every = replace(decision, least_confidence=0.0)
    standing: list[tuple[Candidate, dict[str, frozenset[int]]]] = []
    for candidate in candidates:
        [attribution] = choose([candidate], read.words, every)
        standing.append((candidate, _letters(read, to_row(attribution), scorer)))
    kept = choose(candidates, read.words, every)
    keys = {(a.source, a.cue, a.content) for a in kept}
    standing = [
        (candidate, parts)
        for candidate, parts in standing
        for [a] in [choose([candidate], read.words, every)]
        if (a.source, a.cue, a.content) in keys
    ]
    gold = [_letters(read, row, scorer) for row in read.row["attributions"]]
    right = {
        id(predicted)
        for share, wanted, predicted in scorer.pair([g for g in gold if g["content"]], [p for _, p in standing])
        if share >= 0.5 and _agrees(wanted, predicted, scorer)
    }
    yield from ((candidate.evidence, id(parts) in right) for candidate, parts in standing)


def _letters(read: Read, row: dict[str, Any], scorer: Any) -> dict[str, frozenset[int]]:
    return {part: scorer.letters(read.row["text"], row.get(part) or []) for part in ("source", "cue", "content")}


def _agrees(wanted: dict[str, frozenset[int]], predicted: dict[str, frozenset[int]], scorer: Any) -> bool:
    cue = bool(wanted["cue"] & predicted["cue"]) or not wanted["cue"]
    return cue and bool(scorer.overlap(wanted["source"], predicted["source"]) >= 0.5)
