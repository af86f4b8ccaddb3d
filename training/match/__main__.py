"""Fit the weights of `onrecord.resolve.match` on the stories of `matters.json`: `python -m training.match`.

Reads and extracts the stories first (two minutes). Prints what stands in `WEIGHTS`, `BIAS` and `JOIN` there, and how
well each JOIN does on stories that the weights were not fitted on. Each story weighs the same, however many statements
it has. There is no chance in it: the fit is of a convex loss.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score

from bench.stories import find_stories, read_story
from onrecord.extract import make_extractor
from onrecord.inference.embedder import make_embedder
from onrecord.records import Edge, Relation
from onrecord.resolve.clusters import find_clusters
from onrecord.resolve.match import BIAS, JOIN, THRESHOLD, VERSION, WEIGHTS
from onrecord.settings import Settings
from training.match.pairs import Case, Pair, find_clear, make_case, read_matters

STRENGTH = 1.0  # inverse of the ridge
JOINS = (0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65)
Fit = tuple[dict[str, float], float]


def main() -> None:
    """Fit, judge and print."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    settings, embedder, matters = Settings(), make_embedder(), read_matters()
    extractor = make_extractor(settings)
    stories = find_stories(list(matters))
    report([make_case(read_story(g, extractor, settings), embedder, matters[g["story"]]) for g in stories])


def report(cases: Sequence[Case]) -> None:
    """Print how weights do that were fitted on other stories, how those in place do, and those fitted on all."""
    pairs = [pair for case in cases for pair in find_clear(case.pairs)]
    print(f"{len(cases)} stories, {len(pairs)} clear pairs, {sum(bool(pair.is_one) for pair in pairs)} of one claim")
    fits = [fit_weights([pair for pair in pairs if pair.story != case.story]) for case in cases]
    print("left out by story:", json.dumps(judge(cases, fits)))
    shares = {join: judge_clusters(cases, fits, join) for join in JOINS}
    for join, figures in shares.items():
        print(f"  JOIN {join}:", json.dumps(figures))
    standing = [(WEIGHTS, BIAS)] * len(cases)
    print("as they stand in match.py:", json.dumps(judge(cases, standing) | judge_clusters(cases, standing, JOIN)))
    weights, bias = fit_weights(pairs)
    print("WEIGHTS =", json.dumps({name: round(weight, 2) for name, weight in weights.items()}))
    print("BIAS =", round(bias, 2))
    print("JOIN =", max(JOINS, key=lambda join: shares[join]["b3_f1"]))


def fit_weights(pairs: Sequence[Pair]) -> Fit:
    """Weights by term, and the bias."""
    names = sorted({name for pair in pairs for name in pair.terms})
    sizes = Counter(pair.story for pair in pairs)
    shares = [len(pairs) / len(sizes) / sizes[pair.story] for pair in pairs]
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    model.fit(_make_table(pairs, names), [pair.is_one for pair in pairs], sample_weight=shares)
    return dict(zip(names, model.coef_[0].tolist(), strict=True)), float(model.intercept_[0])


def find_chances(pairs: Sequence[Pair], fit: Fit) -> NDArray[np.float64]:
    """The chance of each pair to be of one claim."""
    weights, bias = fit
    names = sorted(weights)
    total = _make_table(pairs, names) @ np.array([weights[name] for name in names]) + bias
    chances: NDArray[np.float64] = 1 / (1 + np.exp(-total))
    return chances


def judge(cases: Sequence[Case], fits: Sequence[Fit]) -> dict[str, float]:
    """F1 of the pairs of one claim at even odds, and average precision, in percent; a fit for each story."""
    clear = [find_clear(case.pairs) for case in cases]
    chances = np.concatenate([find_chances(pairs, fit) for pairs, fit in zip(clear, fits, strict=True)])
    truth = np.array([pair.is_one for pairs in clear for pair in pairs])
    return {
        "f1": round(100 * float(f1_score(truth, chances >= 0.5)), 1),
        "average_precision": round(100 * float(average_precision_score(truth, chances)), 1),
    }


def judge_clusters(cases: Sequence[Case], fits: Sequence[Fit], join: float) -> dict[str, float]:
    """B-cubed (Bagga and Baldwin 1998) of the clusters, in percent: the mean over stories of that over statements."""
    both = np.array([_judge_story(case, fit, join) for case, fit in zip(cases, fits, strict=True)])
    precision, recall = both.mean(0)
    return {
        "b3_precision": round(100 * float(precision), 1),
        "b3_recall": round(100 * float(recall), 1),
        "b3_f1": round(200 * float(precision * recall / (precision + recall)), 1),
    }


def _judge_story(case: Case, fit: Fit, join: float) -> tuple[float, float]:
    edges = [
        Edge(pair.left, pair.right, Relation.SAME_CLAIM, float(chance), decided_by=VERSION)
        for pair, chance in zip(case.pairs, find_chances(case.pairs, fit), strict=True)
        if chance >= THRESHOLD
    ]
    clusters = find_clusters(case.propositions, edges, join=join)
    found = {i: frozenset(dict(cluster).keys() & case.matters.keys()) for cluster in clusters for i, _ in cluster}
    return _measure(case.matters, found)


def _measure(matters: Mapping[str, str], found: Mapping[str, frozenset[str]]) -> tuple[float, float]:
    """Precision and recall."""
    wanted = {i: frozenset(j for j, matter in matters.items() if matter == matters[i]) for i in matters}
    shared = {i: len(found[i] & wanted[i]) for i in matters}
    return (
        float(np.mean([shared[i] / len(found[i]) for i in matters])),
        float(np.mean([shared[i] / len(wanted[i]) for i in matters])),
    )


def _make_table(pairs: Sequence[Pair], names: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[pair.terms.get(name, 0.0) for name in names] for pair in pairs])


if __name__ == "__main__":
    main()
