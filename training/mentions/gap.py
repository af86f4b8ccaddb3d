"""GAP (Webster et al. 2018): passages with a pronoun and two names, as clues and truth for the ranker.

The two names are given as people, as the task gives them; everything else is found by the annotator.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

import numpy as np
from numpy.typing import NDArray

from onrecord.extract.base import Annotation, Annotator, Entity
from onrecord.extract.clues import describe_candidates
from onrecord.extract.mentions import Mentions
from onrecord.extract.pronouns import Candidate, gender_of
from onrecord.extract.reports import Reader
from onrecord.records import Span

NAMES = ("A", "B")
UNKNOWN_FIGURE = -2


@dataclass(frozen=True, slots=True)
class Passages:
    """`clues` is [passage, name, clue]; `truth` [passage, name] whether it is the pronoun's; `gender` "m" or "f"."""

    clues: NDArray[np.float64]
    truth: NDArray[np.bool_]
    gender: NDArray[np.str_]


def read_passages(path: Path, annotator: Annotator, *, titles: bool) -> Passages:
    """All passages of a GAP file; `titles` lends each the title of its page (the task's page-context setting)."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    annotations = annotator.annotate([row["Text"] for row in rows])
    clues = [_describe(row, annotation, titles) for row, annotation in zip(rows, annotations, strict=True)]
    truth = [[row[f"{name}-coref"].upper() == "TRUE" for name in NAMES] for row in rows]
    return Passages(np.array(clues), np.array(truth), np.array([gender_of(row["Pronoun"].lower()) for row in rows]))


def score_pairs(predicted: NDArray[np.bool_], passages: Passages) -> dict[str, float]:
    """GAP's figures: F1 over all pronoun-name pairs in percent, for each gender, and feminine over masculine."""
    f1 = {
        gender: _f1(predicted[chosen], passages.truth[chosen])
        for gender in ("m", "f")
        if (chosen := passages.gender == gender).any()
    }
    overall = _f1(predicted, passages.truth)
    return {"overall": overall, "masculine": f1["m"], "feminine": f1["f"], "ratio": round(f1["f"] / f1["m"], 4)}


def choose_pairs(chances: NDArray[np.float64], threshold: float) -> NDArray[np.bool_]:
    """At most one name a pronoun: the likelier one, where it is likely enough."""
    best = chances == chances.max(axis=1, keepdims=True)
    return np.asarray(best & (chances >= threshold), dtype=np.bool_)


def _f1(predicted: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    return round(200.0 * float((predicted & truth).sum()) / float(predicted.sum() + truth.sum()), 2)


def _describe(row: dict[str, str], annotation: Annotation, titles: bool) -> list[list[float]]:
    begin = int(row["Pronoun-offset"])
    pronoun = Span(begin, begin + len(row["Pronoun"]))
    pair = [Span(int(row[f"{n}-offset"]), int(row[f"{n}-offset"]) + len(row[n])) for n in NAMES]
    others = [e for e in annotation.entities if not any(e.span.overlaps(s) for s in pair)]
    given = sorted([*others, *(Entity(span, "PERSON") for span in pair)], key=lambda e: e.span)
    annotation = replace(annotation, entities=tuple(given))
    mentions = Mentions(annotation)
    candidates = [c for c in mentions.candidates(pronoun) if c.named and c.animate]
    named = [_find_given(span, candidates, k) for k, span in enumerate(pair)]
    if named[0].figure == named[1].figure:
        named[1] = replace(named[1], figure=UNKNOWN_FIGURE - 2)
    gender = gender_of(row["Pronoun"].lower())
    rivals = [c for c in candidates if c.gender in {"", gender} and not any(c.span.overlaps(s) for s in pair)]
    title = unquote(row["URL"].rsplit("/", 1)[-1]).replace("_", " ") if titles else None
    return describe_candidates(Reader(annotation), pronoun, False, [*named, *rivals], title)[: len(pair)]


def _find_given(span: Span, candidates: Sequence[Candidate], k: int) -> Candidate:
    found = [c for c in candidates if c.span.overlaps(span)]
    if found:
        return replace(found[0], span=span)
    return Candidate(span, "", False, True, True, False, UNKNOWN_FIGURE - k)
