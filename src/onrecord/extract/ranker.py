"""The trained ranker of antecedents: gradient-boosted trees over clues, and the pointer's word beside theirs.

It ranks the people named around a pronoun of one person ("he", "her"), each beside its strongest rival; a pronoun of
things or of several is left to the rules of `pronouns.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.extract.clues import describe_candidates
from onrecord.extract.pointer import load_pointer
from onrecord.extract.pronouns import Candidate, gender_of, score_candidate
from onrecord.extract.reports import Reader
from onrecord.records import Span

RANKER = Path(__file__).parents[1] / "models" / "pronouns" / "ranker.npz"
LEAF = -2
REACH = 1_500  # characters before a pronoun; its clues come from passages of a third of that
MOST = 30  # mentions that are compared, the nearest ones
FAR = -20.0


@cache
def load_ranker() -> dict[str, NDArray[np.float64]] | None:
    """The arrays of the trees; None where the weights are not installed."""
    if not RANKER.is_file():
        return None
    with np.load(RANKER) as arrays:
        return {name: arrays[name] for name in arrays.files}


def rank_people(
    reader: Reader, pronoun: Span, speaks: bool, candidates: Sequence[Candidate], title: str | None
) -> list[tuple[float, Candidate]]:
    """The chance of each person named near the pronoun, likeliest first, told by a mention each.

    Empty where the pronoun is not of one person, nobody is named, or the weights are not installed.
    """
    trees = load_ranker()
    people, mentions, rows = describe_people(reader, pronoun, speaks, candidates, title)
    if trees is None or not people:
        return []
    chances = combine(rank(rows, trees), load_pointer().weigh(reader.text, pronoun, mentions)).tolist()
    return sorted(zip(chances, people, strict=True), key=lambda pair: (-pair[0], pair[1].span))


def describe_people(
    reader: Reader, pronoun: Span, speaks: bool, candidates: Sequence[Candidate], title: str | None
) -> tuple[list[Candidate], list[list[Span]], NDArray[np.float64]]:
    """The people named near a pronoun, by the mention nearest before it, all their mentions and their clues.

    Whoever is of another gender has no mentions. Clues are [people, 2 × clues + 1]: the second half of a row says how
    the strongest rival differs, the last column who has none.
    """
    gender = gender_of(pronoun.of(reader.text).lower())
    near = [c for c in candidates if c.named and c.animate and not c.plural and c.figure >= 0]
    near = sorted((c for c in near if pronoun.begin - c.span.end < REACH), key=lambda c: _distance(c, pronoun))[:MOST]
    if not gender or not near:
        return [], [], np.zeros((0, 0))
    rows = np.array(describe_candidates(reader, pronoun, speaks, near, title))
    places: dict[int, int] = {}
    for k, candidate in enumerate(near):
        places.setdefault(candidate.figure, k)
    strength = {
        figure: max(max(score_candidate(reader, pronoun, speaks, c), FAR) for c in near if c.figure == figure)
        for figure in places
    }
    order = sorted(places, key=lambda figure: -strength[figure])
    widened = []
    for figure, k in places.items():
        rival = next((other for other in order if other != figure), None)
        differs = rows[places[rival]] - rows[k] if rival is not None else np.zeros_like(rows[k])
        widened.append(np.concatenate([rows[k], differs, [float(rival is None)]]))
    mentions = [sorted(c.span for c in near if c.figure == f and c.gender in {"", gender}) for f in places]
    return [near[k] for k in places.values()], mentions, np.array(widened)


def combine(chances: NDArray[np.float64], pointed: NDArray[np.float64] | None) -> NDArray[np.float64]:
    """The geometric mean of the chances by clues and by the pointer, which may not have been asked."""
    return chances if pointed is None else np.sqrt(chances * pointed)


def rank(rows: NDArray[np.float64], trees: dict[str, NDArray[np.float64]]) -> NDArray[np.float64]:
    """The chance of each row of clues."""
    clue, limit, left, right = (trees[name] for name in ("clue", "limit", "left", "right"))
    nodes = np.tile(trees["roots"], (len(rows), 1))
    each = np.arange(len(rows))[:, None]
    narrow = rows.astype(np.float32)
    while (inner := clue[nodes] != LEAF).any():
        goes_left = narrow[each, np.maximum(clue[nodes], 0)] <= limit[nodes]
        nodes = np.where(inner, np.where(goes_left, left[nodes], right[nodes]), nodes)
    scores = trees["base"] + trees["value"][nodes].sum(axis=1)
    return np.asarray(1 / (1 + np.exp(-scores)), dtype=np.float64)


def _distance(candidate: Candidate, pronoun: Span) -> tuple[bool, int]:
    """Mentions before a pronoun first, the nearest first."""
    after = candidate.span.begin > pronoun.begin
    return after, abs(candidate.span.begin - pronoun.begin)
