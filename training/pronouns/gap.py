"""GAP (Webster et al. 2018): passages with a pronoun and two names, as the program sees them.

The two names are given as people, as the task gives them; everything else is found by the annotator, and all people
whom it finds are candidates.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.extract.base import Annotation, Annotator, Entity
from onrecord.extract.mentions import Mentions
from onrecord.extract.pointer import Excerpt, cut_excerpt
from onrecord.extract.pronouns import gender_of
from onrecord.records import Span

GAP = Path(__file__).resolve().parents[3] / "shared" / "data" / "gap-dev.tsv"
NAMES = ("A", "B")
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Passage:
    """`clues` is [people, clue]; `named` [people, 2] says who of them bears name A or B; `truth` whether those fit."""

    page: str
    excerpt: Excerpt
    clues: NDArray[np.float64]
    named: NDArray[np.bool_]
    truth: NDArray[np.bool_]
    gender: str
    by_rule: NDArray[np.bool_]
    """Which of the two names the rules give the pronoun."""


def read_passages(path: Path, annotator: Annotator, tokenizer: Tokenizer) -> tuple[list[Passage], list[Passage]]:
    """All passages of a GAP file, without and with the titles of their pages (the task's page-context setting)."""
    rows = read_rows(path)
    read = list(zip(rows, annotator.annotate([row["Text"] for row in rows]), strict=True))
    plain, titled = ([_read(*pair, tokenizer, titles) for pair in read] for titles in (False, True))
    return plain, titled


def score_pairs(predicted: NDArray[np.bool_], passages: Sequence[Passage]) -> dict[str, float]:
    """GAP's figures: F1 over all pronoun-name pairs in percent, for each gender, and feminine over masculine."""
    truth = np.array([p.truth for p in passages])
    gender = np.array([p.gender for p in passages])
    f1 = {g: _f1(predicted[gender == g], truth[gender == g]) for g in ("m", "f")}
    overall = _f1(predicted, truth)
    return {"overall": overall, "masculine": f1["m"], "feminine": f1["f"], "ratio": round(f1["f"] / f1["m"], 4)}


def choose_names(chances: Sequence[NDArray[np.float64]], passages: Sequence[Passage]) -> NDArray[np.bool_]:
    """The names of the likeliest person of each passage, [passage, name]: none where it is a third one."""
    nobody = np.zeros(len(NAMES), bool)
    return np.array([p.named[c.argmax()] if len(c) else nobody for c, p in zip(chances, passages, strict=True)])


def read_rows(path: Path) -> list[Row]:
    """The rows of a GAP file, by column."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def find_pronoun(row: Row) -> Span:
    """The labelled pronoun."""
    return _find_words(row, "Pronoun")


def add_names(row: Row, annotation: Annotation) -> Annotation:
    """The annotation of a passage with its two names as people, in place of what else was found there."""
    pair = _find_pair(row)
    others = [e for e in annotation.entities if not any(e.span.overlaps(s) for s in pair)]
    given = sorted([*others, *(Entity(span, "PERSON") for span in pair)], key=lambda e: e.span)
    return replace(annotation, entities=tuple(given))


def _find_pair(row: Row) -> list[Span]:
    return [_find_words(row, name) for name in NAMES]


def _find_words(row: Row, column: str) -> Span:
    begin = int(row[f"{column}-offset"])
    return Span(begin, begin + len(row[column]))


def _f1(predicted: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    return round(200.0 * float((predicted & truth).sum()) / float(predicted.sum() + truth.sum()), 2)


def _read(row: Row, annotation: Annotation, tokenizer: Tokenizer, titles: bool) -> Passage:
    pronoun = find_pronoun(row)
    title = unquote(row["URL"].rsplit("/", 1)[-1]).replace("_", " ") if titles else None
    mentions = Mentions(add_names(row, annotation), title)
    people, spans, clues = mentions.describe_people(pronoun)
    bearers = [mentions.figures_at(span) for span in _find_pair(row)]
    named = np.array([[c.figure in b for b in bearers] for c in people], bool).reshape(-1, len(NAMES))
    by_rule = mentions.find_person_by_rule(pronoun)
    return Passage(
        row["URL"],
        cut_excerpt(annotation.text, pronoun, spans, tokenizer),
        clues,
        named,
        np.array([row[f"{name}-coref"].upper() == "TRUE" for name in NAMES]),
        gender_of(row["Pronoun"].lower()),
        np.array([by_rule is not None and by_rule in b for b in bearers]),
    )
