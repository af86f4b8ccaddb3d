"""Pronouns on gap-dev, by GAP's own rules: F1 over pronoun-name pairs, by gender. Cross-validated by passage.

`snippet` sees the passage alone, `page` also the title of its page: the two settings of the paper.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench.record import print_table, record
from onrecord.extract import make_annotator
from onrecord.settings import Settings

GAP = Path(__file__).resolve().parents[2] / "shared" / "data" / "gap-dev.tsv"
THRESHOLD = 0.4
GOAL = 80.0
PAPER = {"snippet": 66.9, "page": 70.6}


def main() -> None:
    """Measure, print and record."""
    if not GAP.is_file():
        sys.exit(f"bench pronouns needs {GAP.name} in ../shared/data; it is not part of the project")
    from training.mentions.gap import choose_pairs, read_passages, score_pairs
    from training.mentions.ranker import cross_validate

    annotator = make_annotator(Settings.from_environment())
    figures: dict[str, object] = {"goal": GOAL, "annotator": annotator.version}
    rows = []
    for setting, titles in (("snippet", False), ("page", True)):
        passages = read_passages(GAP, annotator, titles=titles)
        scores = score_pairs(choose_pairs(cross_validate(passages), THRESHOLD), passages)
        figures[setting] = scores
        rows.append({"setting": setting, **scores, "paper": PAPER[setting]})
    print_table(rows)
    record("pronouns", figures, command="make bench-pronouns")


if __name__ == "__main__":
    main()
