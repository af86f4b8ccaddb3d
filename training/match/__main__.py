"""Fit the weights of `onrecord.resolve.match` on the open stories, judged story by story: `python -m training.match`.

Prints what stands in `WEIGHTS` and `BIAS` there, and how well it does on stories that it was not fitted on. Each story
weighs the same, however many statements it has. There is no chance in it: the fit is of a convex loss.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score

from bench.stories import find_stories, read_story
from onrecord.extract import make_extractor
from onrecord.inference.embedder import make_embedder
from onrecord.resolve.match import BIAS, WEIGHTS
from onrecord.settings import Settings
from training.match.pairs import Pair, make_pairs

STRENGTH = 1.0  # inverse of the ridge
Fit = tuple[dict[str, float], float]


def main() -> None:
    """Fit, judge and print."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    settings, embedder = Settings(), make_embedder()
    extractor = make_extractor(settings)
    folders = [f for f in find_stories() if not json.loads((f / "gold.json").read_text("utf-8"))["held"]]
    pairs = [pair for f in folders for pair in make_pairs(read_story(f, extractor, settings), embedder)]
    weights, bias = fit_weights(pairs)
    print(f"{len(folders)} stories, {len(pairs)} pairs, {sum(pair.is_one for pair in pairs)} of one claim")
    print("left out by story:", json.dumps(cross_validate(pairs)))
    print("as they stand in match.py:", json.dumps(judge(pairs, find_chances(pairs, (WEIGHTS, BIAS)))))
    print("WEIGHTS =", json.dumps({name: round(weight, 2) for name, weight in weights.items()}))
    print("BIAS =", round(bias, 2))


def fit_weights(pairs: Sequence[Pair]) -> Fit:
    """Weights by term, and the bias."""
    names = sorted({name for pair in pairs for name in pair.terms})
    sizes = Counter(pair.story for pair in pairs)
    shares = [len(pairs) / len(sizes) / sizes[pair.story] for pair in pairs]
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    model.fit(_make_table(pairs, names), [pair.is_one for pair in pairs], sample_weight=shares)
    return dict(zip(names, model.coef_[0].tolist(), strict=True)), float(model.intercept_[0])


def cross_validate(pairs: Sequence[Pair]) -> dict[str, float]:
    """How well weights do on each story that were fitted on all others."""
    chances = np.zeros(len(pairs))
    for story in sorted({pair.story for pair in pairs}):
        held = [at for at, pair in enumerate(pairs) if pair.story == story]
        fit = fit_weights([pair for pair in pairs if pair.story != story])
        chances[held] = find_chances([pairs[at] for at in held], fit)
    return judge(pairs, chances)


def find_chances(pairs: Sequence[Pair], fit: Fit) -> NDArray[np.float64]:
    """The chance of each pair to be of one claim."""
    weights, bias = fit
    names = sorted(weights)
    total = _make_table(pairs, names) @ np.array([weights[name] for name in names]) + bias
    chances: NDArray[np.float64] = 1 / (1 + np.exp(-total))
    return chances


def judge(pairs: Sequence[Pair], chances: NDArray[np.float64]) -> dict[str, float]:
    """F1 of the pairs of one claim at even odds, and average precision, in percent."""
    truth = np.array([pair.is_one for pair in pairs])
    return {
        "f1": round(100 * float(f1_score(truth, chances >= 0.5)), 1),
        "average_precision": round(100 * float(average_precision_score(truth, chances)), 1),
    }


def _make_table(pairs: Sequence[Pair], names: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[pair.terms.get(name, 0.0) for name in names] for pair in pairs])


if __name__ == "__main__":
    main()
