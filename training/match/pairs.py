"""Pairs of statements of the open stories, with whether the gold has the two on one claim.

The gold names roots and articles, not statements: a statement is taken for one on the claim on which its root takes a
side in its article, and, where there are several such claims, on the one whose wording shares most words with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from bench.stories import Story
from bench.story_match import is_root, measure_overlap
from onrecord.resolve import Embeds
from onrecord.resolve.base import Proposition
from onrecord.resolve.compare.meaning import compare_meaning
from onrecord.resolve.match import LEAST_COSINE, compare, is_conflict, is_inside, is_one_story, make_terms
from onrecord.resolve.propositions import add_vectors, find_wordings, make_propositions

LEAST_OVERLAP = 0.15  # Dice of words: below it a root in an article speaks of something that the gold leaves out


@dataclass(frozen=True, slots=True)
class Pair:
    """What the weights weigh of two statements of a story, and whether they are of one claim."""

    story: str
    terms: Mapping[str, float]
    is_one: bool


def make_pairs(story: Story, embedder: Embeds) -> list[Pair]:
    """All pairs of a story that the rules leave to the weights."""
    gold, documents, statements = story
    labelled: list[tuple[Proposition, str]] = []
    for row, document, own in zip(gold["articles"], documents, statements, strict=True):
        made = make_propositions(document, own)
        wordings = find_wordings(made)
        vectors = dict(zip(wordings, embedder.embed(list(wordings.values())), strict=True))
        telling = [p for p in add_vectors(made, vectors) if p.points_at is None and p.stems]
        labelled += [(p, _find_claim(p, row["id"], gold["claims"]) or p.id) for p in telling]
    return [
        Pair(gold["story"], make_terms(compare(a, b)), left == right)
        for (a, left), (b, right) in combinations(labelled, 2)
        if _is_open(a, b)
    ]


def _find_claim(p: Proposition, article: str, claims: Sequence[Mapping[str, Any]]) -> str | None:
    """The key of the gold claim that a statement is on, or None."""
    overlaps = {
        claim["key"]: measure_overlap(claim["wording"], p.text)
        for claim in claims
        for position in claim["positions"]
        if article in position["articles"] and any(is_root(name, position["root"]) for name in (p.body, p.root))
    }
    best = max(sorted(overlaps), key=lambda key: overlaps[key], default=None)
    return best if best is not None and overlaps[best] >= LEAST_OVERLAP else None


def _is_open(a: Proposition, b: Proposition) -> bool:
    if is_inside(a, b) or compare_meaning(a, b).value < LEAST_COSINE or is_conflict(a, b):
        return False
    return a.document_id == b.document_id or is_one_story(a, b)
