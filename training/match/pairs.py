"""Pairs of statements of open stories, with whether the two are on one claim.

`matters.json` says it, judged by hand: for each story the statements on one matter, whichever side they take and
whatever figure they give, those that stand `alone`, and those that are too short or too garbled to be said of
(`unclear`), of which nothing is learned. A statement that extraction words a little otherwise is taken for the one that
it is most like.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from bench.stories import Story
from bench.story_match import measure_overlap
from onrecord.resolve import Embeds
from onrecord.resolve.base import Proposition
from onrecord.resolve.compare.meaning import compare_meaning
from onrecord.resolve.copies import LEAD
from onrecord.resolve.match import (
    LEAST_COSINE,
    compare,
    is_conflict,
    is_inside,
    is_one_story,
    make_terms,
    says_something,
)
from onrecord.resolve.propositions import add_vectors, find_wordings, make_propositions

MATTERS = Path(__file__).with_name("matters.json")
ALIKE = 0.8  # Dice of words, from which on two wordings are one
Matters = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Pair:
    """What the weights weigh of two statements of a story, and whether they are of one claim; None where unclear."""

    story: str
    left: str
    right: str
    terms: Mapping[str, float]
    is_one: bool | None


@dataclass(frozen=True, slots=True)
class Case:
    """A story's statements, the matter that each is on where that is clear, and all pairs left to the weights."""

    story: str
    propositions: Mapping[str, Proposition]
    matters: Mapping[str, str]
    pairs: tuple[Pair, ...]


def read_matters() -> dict[str, Matters]:
    """By story and by text, the matter that a statement is on: itself where it is alone, None where unclear."""
    stories = json.loads(MATTERS.read_text("utf-8"))
    special = {"alone", "unclear"}
    return {
        story: {
            text: name if name not in special else text if name == "alone" else None
            for name, texts in rows.items()
            for text in texts
        }
        for story, rows in stories.items()
    }


def make_case(story: Story, embedder: Embeds, matters: Matters) -> Case:
    """The statements of a story, and all pairs that the rules leave to the weights."""
    gold, documents, statements = story
    telling: list[Proposition] = []
    leads = dict(zip((d.id for d in documents), embedder.embed([d.text[:LEAD] for d in documents]), strict=True))
    for document, own in zip(documents, statements, strict=True):
        made = make_propositions(document, own)
        wordings = find_wordings(made)
        vectors = dict(zip(wordings, embedder.embed(list(wordings.values())), strict=True))
        telling += [p for p in add_vectors(made, vectors) if p.points_at is None and p.stems]
    on = {p.id: matter for p in telling if (matter := _find_matter(p.text, matters)) is not None}
    pairs = tuple(
        _make_pair(gold["story"], a, b, on, float(leads[a.document_id] @ leads[b.document_id]))
        for a, b in combinations(telling, 2)
        if _is_open(a, b)
    )
    return Case(gold["story"], {p.id: p for p in telling}, on, pairs)


def _find_matter(text: str, matters: Matters) -> str | None:
    if text in matters:
        return matters[text]
    nearest = max(sorted(matters), key=lambda known: measure_overlap(known, text), default="")
    return matters[nearest] if nearest and measure_overlap(nearest, text) >= ALIKE else None


def _make_pair(story: str, a: Proposition, b: Proposition, on: Mapping[str, str], leads: float) -> Pair:
    is_one = on[a.id] == on[b.id] if a.id in on and b.id in on else None
    return Pair(story, a.id, b.id, make_terms(compare(a, b, leads=leads)), is_one)


def _is_open(a: Proposition, b: Proposition) -> bool:
    if is_inside(a, b) or compare_meaning(a, b).value < LEAST_COSINE or is_conflict(a, b):
        return False
    return a.document_id == b.document_id or (says_something(a) and says_something(b) and is_one_story(a, b))


def find_clear(pairs: Sequence[Pair]) -> list[Pair]:
    """Those of which it is known whether they are of one claim."""
    return [pair for pair in pairs if pair.is_one is not None]
