"""Pronouns on gap-dev, by GAP's own rules: F1 over pronoun-name pairs, by gender.

`snippet` sees the passage alone, `page` also the title of its page: the two settings of the paper. All people whom the
program finds are candidates, not the two names alone. The program asks clues and pointer for a pronoun that is no
source, the rules for one that is. Only pages that the pointer has not seen are judged, a third; the trees of the clues
are cross-validated by page over all. `python -m bench.pronouns FOLDER` judges other weights than those that ship.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from bench.record import print_table, record
from onrecord.extract import make_annotator
from onrecord.extract.pointer import Pointer
from onrecord.extract.ranker import RANKER, combine
from onrecord.inference import load_model
from onrecord.settings import Settings

GOAL = 80.0
PAPER = {"snippet": 66.9, "page": 70.6}


def main() -> None:
    """Measure, print and record."""
    from training.pronouns.folds import find_fold
    from training.pronouns.gap import GAP, choose_names, read_passages, score_pairs
    from training.pronouns.ranker import cross_validate

    if not GAP.is_file():
        sys.exit(f"bench pronouns needs {GAP.name} in ../shared/data; it is not part of the project")
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else RANKER.parent
    pointer = Pointer(load_model(folder.name, threads=1, models=folder.parent))
    annotator = make_annotator(Settings.from_environment())
    figures: dict[str, object] = {"goal": GOAL, "annotator": annotator.version, **pointer.settings}
    rows = []
    for setting, everything in zip(PAPER, read_passages(GAP, annotator, pointer.tokenizer), strict=True):
        judged = [k for k, p in enumerate(everything) if find_fold(p.page) == pointer.settings["held"]]
        passages, all_chances = [everything[k] for k in judged], cross_validate(everything)
        by_clues = [all_chances[k] for k in judged]
        pointed = [pointer.weigh_excerpt(p.excerpt, len(p.clues)) for p in passages]
        both = [combine(c, w) for c, w in zip(by_clues, pointed, strict=True)]
        figures["passages"] = len(passages)
        scores = {
            f"{setting} by rule": score_pairs(np.array([p.by_rule for p in passages]), passages),
            f"{setting} by clues": score_pairs(choose_names(by_clues, passages), passages),
            setting: score_pairs(choose_names(both, passages), passages),
        }
        figures |= scores
        rows += [{"setting": name, **told, "paper": PAPER[setting]} for name, told in scores.items()]
    print_table(rows)
    if folder == RANKER.parent:
        record("pronouns", figures, command="make bench-pronouns")


if __name__ == "__main__":
    main()
