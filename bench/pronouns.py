"""Pronouns on gap-dev, by GAP's own rules: F1 over pronoun-name pairs, by gender.

`snippet` sees the passage alone, `page` also the title of its page: the two settings of the paper. All people whom the
program finds are candidates, not the two names alone. The ranker is cross-validated by passage; it is what the program
asks for a pronoun that is no source, the rules for one that is.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from bench.record import print_table, record
from onrecord.extract import make_annotator
from onrecord.settings import Settings

GAP = Path(__file__).resolve().parents[2] / "shared" / "data" / "gap-dev.tsv"
GOAL = 80.0
PAPER = {"snippet": 66.9, "page": 70.6}


def main() -> None:
    """Measure, print and record."""
    if not GAP.is_file():
        sys.exit(f"bench pronouns needs {GAP.name} in ../shared/data; it is not part of the project")
    from training.mentions.gap import choose_names, read_passages, score_pairs
    from training.mentions.ranker import cross_validate

    annotator = make_annotator(Settings.from_environment())
    figures: dict[str, object] = {"goal": GOAL, "annotator": annotator.version}
    rows = []
    for setting, titles in (("snippet", False), ("page", True)):
        passages = read_passages(GAP, annotator, titles=titles)
        ruled = score_pairs(np.array([p.by_rule for p in passages]), passages)
        ranked = score_pairs(choose_names(cross_validate(passages), passages), passages)
        for name, scores in ((f"{setting} by rule", ruled), (setting, ranked)):
            figures[name] = scores
            rows.append({"setting": name, **scores, "paper": PAPER[setting]})
    print_table(rows)
    record("pronouns", figures, command="make bench-pronouns")


if __name__ == "__main__":
    main()
