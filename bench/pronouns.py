"""Pronouns on gap-dev, by GAP's own rules: F1 over pronoun-name pairs, by gender.

`snippet` sees the passage alone, `page` also the title of its page: the two settings of the paper. All people whom the
program finds are candidates, not the two names alone. The program asks clues and pointer for a pronoun that is no
source, the rules for one that is. Only pages that the pointer has not seen are judged, a third; the trees of the clues
are cross-validated by page over all. `python -m bench.pronouns FOLDER…` judges other weights than those that ship, each
on its own third: three folders cross-validate.

With `--renamed` the passages are also read with other people in them, all men and then all women, pronouns and titles
with them: whether "she" goes worse because of who is read about, or because of what is written (Zhao et al. 2018 swap
genders so).
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from bench.record import print_table, record
from onrecord.extract import make_annotator
from onrecord.extract.pointer import Excerpt, Pointer
from onrecord.extract.ranker import RANKER, combine
from onrecord.inference import load_model
from onrecord.settings import Settings

if TYPE_CHECKING:
    from training.pronouns.gap import Passage

GOAL = 80.0
PAPER = {"snippet": 66.9, "page": 70.6}
Chances = NDArray[np.float64]


def main() -> None:
    """Measure, print and record."""
    from training.pronouns.folds import find_fold
    from training.pronouns.gap import GAP, choose_names, read_passages, score_pairs
    from training.pronouns.ranker import cross_validate

    if not GAP.is_file():
        sys.exit(f"bench pronouns needs {GAP.name} in ../shared/data; it is not part of the project")
    options = _read_options()
    folders = options.folders or [RANKER.parent]
    pointers = [Pointer(load_model(folder.name, threads=1, models=folder.parent)) for folder in folders]
    held = [pointer.settings["held"] for pointer in pointers]
    annotator = make_annotator(Settings.from_environment())
    figures: dict[str, object] = {"goal": GOAL, "annotator": annotator.version, "held": held}
    rows = []
    for setting, everything in zip(PAPER, read_passages(GAP, annotator, pointers[0].tokenizer), strict=True):
        all_chances = cross_validate(everything)
        read_ways = _make_ways(everything, pointers[0].tokenizer) if options.renamed else _read_as_written
        passages: list[Passage] = []
        by_clues: list[Chances] = []
        both: defaultdict[str, list[Chances]] = defaultdict(list)
        for pointer in pointers:
            for passage, clues in zip(everything, all_chances, strict=True):
                if find_fold(passage.page) != pointer.settings["held"]:
                    continue
                passages.append(passage)
                by_clues.append(clues)
                for way, excerpt in read_ways(passage):
                    pointed = pointer.weigh_excerpt(excerpt, len(passage.clues))
                    both[way].append(combine(clues, pointed))
        figures["passages"] = len(passages)
        scores = {
            f"{setting} by rule": score_pairs(np.array([p.by_rule for p in passages]), passages),
            f"{setting} by clues": score_pairs(choose_names(by_clues, passages), passages),
            **{
                f"{setting}{way}": score_pairs(choose_names(chosen, passages), passages) for way, chosen in both.items()
            },
        }
        figures |= scores
        rows += [{"setting": name, **told, "paper": PAPER[setting]} for name, told in scores.items()]
    print_table(rows)
    if folders == [RANKER.parent]:
        record("pronouns", figures, command="make bench-pronouns")


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.pronouns", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="weights to judge; those that ship, where none are given")
    parser.add_argument("--renamed", action="store_true", help="also read every passage with men, and with women")
    return parser.parse_args()


def _read_as_written(passage: Passage) -> Iterator[tuple[str, Excerpt]]:
    yield "", passage.excerpt


def _make_ways(passages: Sequence[Passage], tokenizer: Tokenizer) -> Callable[[Passage], Iterator[tuple[str, Excerpt]]]:
    """What reads a passage as it is written, and with other people in it: once men, once women."""
    from training.pronouns.examples import find_names, rename

    names = find_names(passage.excerpt for passage in passages)
    find_pieces = cache(lambda form: tuple(tokenizer.encode(form, add_special_tokens=False).ids))

    def read_ways(passage: Passage) -> Iterator[tuple[str, Excerpt]]:
        yield from _read_as_written(passage)
        for new, way in (("m", " as men"), ("f", " as women")):
            chance = random.Random(" ".join(passage.excerpt.forms))
            pieces = rename(passage.excerpt, names, find_pieces, (passage.gender, new), chance)
            yield way, replace(passage.excerpt, pieces=tuple(pieces))

    return read_ways


if __name__ == "__main__":
    main()
