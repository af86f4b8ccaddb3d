"""Pronouns on gap-dev, by GAP's own rules: F1 over pronoun-name pairs, by gender.

`snippet` sees the passage alone, `page` also the title of its page: the two settings of the paper. All people whom the
program finds are candidates, not the two names alone. The program asks clues and pointer for a pronoun that is no
source, the rules for one that is. Only pages that the pointer has not seen are judged, a third; the trees of the clues
are cross-validated by page over all. `python -m bench.pronouns FOLDER…` judges other weights than those that ship, each
on its own third: three folders cross-validate.
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
    from training.pronouns.gap import GAP, Passage, choose_names, read_passages, score_pairs
    from training.pronouns.ranker import cross_validate

    if not GAP.is_file():
        sys.exit(f"bench pronouns needs {GAP.name} in ../shared/data; it is not part of the project")
    folders = [Path(folder) for folder in sys.argv[1:]] or [RANKER.parent]
    pointers = [Pointer(load_model(folder.name, threads=1, models=folder.parent)) for folder in folders]
    held = [pointer.settings["held"] for pointer in pointers]
    annotator = make_annotator(Settings.from_environment())
    figures: dict[str, object] = {"goal": GOAL, "annotator": annotator.version, "held": held}
    rows = []
    for setting, everything in zip(PAPER, read_passages(GAP, annotator, pointers[0].tokenizer), strict=True):
        all_chances = cross_validate(everything)
        passages: list[Passage] = []
        by_clues, both = [], []
        for pointer in pointers:
            for passage, clues in zip(everything, all_chances, strict=True):
                if find_fold(passage.page) == pointer.settings["held"]:
                    pointed = pointer.weigh_excerpt(passage.excerpt, len(passage.clues))
                    passages.append(passage)
                    by_clues.append(clues)
                    both.append(combine(clues, pointed))
        figures["passages"] = len(passages)
        scores = {
            f"{setting} by rule": score_pairs(np.array([p.by_rule for p in passages]), passages),
            f"{setting} by clues": score_pairs(choose_names(by_clues, passages), passages),
            setting: score_pairs(choose_names(both, passages), passages),
        }
        figures |= scores
        rows += [{"setting": name, **told, "paper": PAPER[setting]} for name, told in scores.items()]
    print_table(rows)
    if folders == [RANKER.parent]:
        record("pronouns", figures, command="make bench-pronouns")


if __name__ == "__main__":
    main()
