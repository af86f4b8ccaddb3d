"""How articles stand to claims, on fnc1-dev: cross-validated by rumour, so no network is asked about what it has seen.

Five ways of splitting, each scored as a whole by `score_stance.py`; the record holds the means and their range.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from bench.record import print_table, record
from bench.statements import SHARED, load_scorer
from onrecord.inference.embedder import make_embedder
from onrecord.resolve.stance import BEARINGS
from training.stance.fit import fit_networks
from training.stance.pairs import FNC, Pairs, iter_folds, make_pairs, read_rows

SPLITS, FOLDS = 5, 5
GOAL = {"macro_f1": 61.0, "weighted": 82.0}
# Hanselowski et al. 2018, trained on all of FNC-1 and tested on its test set: not the same pairs
PUBLISHED = {"best with features": {"macro_f1": 60.9}, "people": {"macro_f1": 75.4}}


def main() -> None:
    """Measure, print and record."""
    if not FNC.is_file():
        sys.exit(f"bench-stance needs {FNC.name} in {SHARED / 'data'}; it is not part of the project")
    scorer = load_scorer("score_stance")
    rows, embedder = read_rows(), make_embedder()
    pairs = make_pairs(rows, embedder)
    scored = [scorer.score(rows, predict(rows, pairs, split)) for split in range(SPLITS)]
    table = [{"split": split, **_flatten(figures)} for split, figures in enumerate(scored)]
    mean = {name: round(float(np.mean([row[name] for row in table])), 2) for name in table[0] if name != "split"}
    published = [{"split": f"published, {name}", **figures} for name, figures in PUBLISHED.items()]
    print_table([*table, {"split": "mean", **mean}, {"split": "goal", **GOAL}, *published])
    spread = {name: [min(r[name] for r in table), max(r[name] for r in table)] for name in mean}
    figures = {"mean": mean, "range": spread, "goal": GOAL, "published": PUBLISHED, "embedder": embedder.version}
    record("stance", figures, command="make bench-stance")


def predict(rows: list[dict[str, Any]], pairs: Pairs, seed: int) -> list[dict[str, Any]]:
    """The articles with a stance to each claim, by networks that know nothing of its rumour."""
    chosen = np.zeros(len(pairs.truth), np.int64)
    for train, test in iter_folds(pairs, folds=FOLDS, seed=seed):
        networks = fit_networks(pairs.clues[train], pairs.truth[train], version="fold")
        chosen[test] = networks.find_chances(pairs.clues[test]).argmax(axis=1)
    stances = iter(BEARINGS[index].value for index in chosen)
    return [
        {"id": row["id"], "claims": [{"claim": pair["claim"], "stance": next(stances)} for pair in row["claims"]]}
        for row in rows
    ]


def _flatten(figures: dict[str, Any]) -> dict[str, float]:
    return {"macro_f1": figures["macro_f1"], "weighted": figures["weighted"], **figures["f1"]}


if __name__ == "__main__":
    main()
