"""Two propositions to an edge: the same claim, or the one against the other, with the score's parts and reasons.

The score is the odds that both are one claim, by logistic regression over the features of `compare`, fitted on the
pairs of statements in sixteen stories of `tests/stories`, with vectors of all-MiniLM-L6-v2. `python -m training.match`
fits weights to the stories of `training/match/matters.json` and to the vectors of now, and judges both: the stories
come out worse with those, for which docs/decisions/claims.md has the figures. "pages" and "rarity" tell pages of other
stories apart, "denial" what is denied from what is beside it, "document-" what several say of several things on one
page, of which those pairs know little; their weights were chosen on real articles. "figures+" is what the pairs of 160
other stories give (`tests/stories/written`); other figures for the same thing are no sign there of another matter, and
weigh nothing.

Where a reader is at hand, it reads all pairs that these odds would keep, and both are weighed together (`Weighing`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from onrecord.records import Edge, Part, Relation
from onrecord.resolve.base import Proposition, Reads
from onrecord.resolve.compare.antonyms import compare_antonyms
from onrecord.resolve.compare.denials import compare_denials
from onrecord.resolve.compare.direction import compare_direction
from onrecord.resolve.compare.figures import compare_figures
from onrecord.resolve.compare.meaning import compare_meaning, find_cosine
from onrecord.resolve.compare.names import compare_names, find_marks, is_akin
from onrecord.resolve.compare.pages import compare_pages
from onrecord.resolve.compare.places import are_against, compare_places
from onrecord.resolve.compare.rarity import NOTHING, compare_rarity
from onrecord.resolve.compare.reading import Reading, compare_readings
from onrecord.resolve.compare.retelling import RETOLD, find_retold
from onrecord.resolve.compare.speakers import compare_speakers
from onrecord.resolve.compare.withdrawals import FEATURE, find_withdrawal
from onrecord.resolve.compare.words import compare_words, find_overlap, find_plain

VERSION = "match 9"
# a feature and its sign: agreeing and disagreeing names or figures weigh differently
WEIGHTS = {
    "words+": 3.17, "meaning+": 2.65, "names+": -0.53, "figures+": 2.0,
    "direction+": 0.06, "direction-": 0.09, "antonyms+": 1.72, "document+": 0.31, "speaker+": 0.15,
    "pages-": 6.0, "rarity-": 1.0, "denial-": 0.5, "document-": 0.6,
}  # fmt: skip
BIAS = -2.77
LEAST_COSINE = 0.25  # nothing below was ever one claim
# of two statements whose pages share no name: overlap of words, cosine, days between them
NEARLY_SAME, ALIKE, DAYS = 0.5, 0.6, 14
THRESHOLD = 0.3  # odds from which on a pair is kept as an edge; claims are clustered from the edges
LEAST_TOTAL = math.log(THRESHOLD / (1 - THRESHOLD))
SLOW = ("names", "figures", "direction")  # features that are found last, each between -1 and 1
BEST = {name: max(0.0, WEIGHTS.get(f"{name}+", 0.0), -WEIGHTS.get(f"{name}-", 0.0)) for name in SLOW}
BEST_OF_ALL = sum(BEST.values())
BEST_WITHOUT_FIGURES = BEST_OF_ALL - BEST["figures"]
SAME_STORY = 0.4  # cosine of the leads of two pages, of which the one may take back what the other tells
ROUNDING = 1e-6  # sums come out a little otherwise in another order
TAKEN_BACK = 0.5  # odds that stand for what is taken back
JOIN = 0.4  # mean odds over all pairs of two clusters, from which on they are one claim


@dataclass(frozen=True, slots=True)
class Weighing:
    """How much the logit by WEIGHTS and the reader's logit count."""

    rules: float
    reading: float
    bias: float

    def weigh(self, rules: float, reading: float) -> float:
        """The logit of both."""
        return self.rules * rules + self.reading * reading + self.bias


AGAINST = 0.25  # of the reader's chance of one matter, the least share for opposites where rules see two sides
# the reader's logit of one matter from which on two voices can be against each other, and say the same
LEAST_AGAINST, LEAST_SAME = -0.25, 0.1
# of pairs of two pages, and of one; docs/decisions/claims.md says how they were chosen
ACROSS, WITHIN = Weighing(0.7, 0.4, -0.5), Weighing(0.7, 0.3, -0.4)


class Unread(NamedTuple):
    """A pair that rules would keep: the features that they found, and their logit."""

    a: Proposition
    b: Proposition
    parts: tuple[Part, ...]
    total: float

    @property
    def needs_reading(self) -> bool:
        """What one voice says on one page makes nobody another voice: rules will do."""
        return self.a.body != self.b.body or self.a.document_id != self.b.document_id


def match_pairs(pairs: Sequence[tuple[Proposition, Proposition, float]], reader: Reads | None = None) -> list[Edge]:
    """The edges between propositions of a page and others: for (b, a) the same as for (a, b), and none where the two
    speak of different things.

    The page's own is on the left of each pair; the number is the cosine of the leads of both pages, 1 where they are
    of one. All pairs that must be are read at once.
    """
    found = [_weigh_pair(a, b, leads) for a, b, leads in pairs]
    readings: dict[int, Reading] = {}
    if reader is not None:
        unread = {at: (one.a, one.b) for at, one in enumerate(found) if isinstance(one, Unread) and one.needs_reading}
        readings.update(zip(unread, compare_readings(list(unread.values()), reader), strict=True))
    retold = find_retold((a, b) for a, b, _ in pairs)
    edges: list[Edge] = []
    for at, (one, (_, b, _)) in enumerate(zip(found, pairs, strict=True)):
        edge = _settle(one, readings.get(at)) if isinstance(one, Unread) else one
        if edge is not None and b.document_id in retold and edge.relation is Relation.SAME_CLAIM:
            edge = replace(edge, parts=(*edge.parts, RETOLD))
        if edge is not None:
            edges.append(edge)
    return edges


def _weigh_pair(a: Proposition, b: Proposition, leads: float) -> Edge | Unread | None:
    """What rules make of a pair: an edge where they need nobody else, None where it is no claim of both."""
    a, b = (a, b) if a.id <= b.id else (b, a)
    if a.points_at == b.id or b.points_at == a.id or (a.points_at and a.points_at == b.points_at):
        return _make_edge(a, b, 1.0, (Part("points back", 1.0, "one points at the words of the other"),))
    if is_inside(a, b):
        return None
    if a.points_at or b.points_at:
        return None
    may_take_back = a.retracts != b.retracts and leads >= SAME_STORY and find_cosine(a, b) >= LEAST_COSINE
    if may_take_back and is_one_story(a, b):
        withdrawal = find_withdrawal(a, b)
        if withdrawal is not None:
            return _make_edge(a, b, TAKEN_BACK, (withdrawal,))
    if not _can_be_one(a, b, leads):
        return None
    if a.document_id != b.document_id and not (says_something(a) and says_something(b) and is_one_story(a, b)):
        return None
    parts = compare(a, b, leads=leads)
    total = _add_up(parts)
    if total < LEAST_TOTAL or _are_in_conflict(parts):
        return None
    return Unread(a, b, parts, total)


def _settle(pair: Unread, reading: Reading | None) -> Edge | None:
    """The edge of a pair once it is read, or needs no reading."""
    a, b, parts, total = pair
    if reading is not None:
        value = reading.find_logit()
        if a.body != b.body and not _is_borne_out(a, b, parts, reading):
            return None
        parts += (Part("reading", round(value, 4), f"read as one matter: {reading.one:.0%}"),)
        total = (ACROSS if a.document_id != b.document_id else WITHIN).weigh(total, value)
    score = _find_chance(total)
    return _make_edge(a, b, round(score, 4), parts) if score >= THRESHOLD else None


def _is_borne_out(a: Proposition, b: Proposition, parts: tuple[Part, ...], reading: Reading) -> bool:
    """Whether the reader bears out what rules make of two voices: that they say the same, or are against each other."""
    if not _is_against(a, b, parts):
        return reading.find_logit() >= LEAST_SAME
    takes_sides = None not in (a.holds, b.holds)
    return reading.find_logit() >= LEAST_AGAINST and not (takes_sides and reading.against < AGAINST * reading.one)


def compare(a: Proposition, b: Proposition, *, leads: float = 1.0) -> tuple[Part, ...]:
    """All features of a pair."""
    antonyms = compare_antonyms(a, b)
    return (
        compare_words(a, b),
        compare_meaning(a, b),
        compare_names(a, b),
        compare_figures(a, b),
        compare_direction(a, b),
        antonyms,
        compare_pages(leads),
        NOTHING if antonyms.value else compare_rarity(a, b),
        NOTHING if antonyms.value else compare_denials(a, b),
        compare_places(a, b, turned=antonyms.value > 0),
        compare_speakers(a, b),
    )


def _can_be_one(a: Proposition, b: Proposition, leads: float) -> bool:
    """Whether the odds can come to THRESHOLD at all: what is soon found of most pairs, and the best of all others."""
    cosine = find_cosine(a, b)
    if cosine < LEAST_COSINE:
        return False
    soon = WEIGHTS["meaning+"] * cosine + WEIGHTS["words+"] * find_overlap(a, b)
    if a.body == b.body:
        soon += WEIGHTS["speaker+"] + WEIGHTS["document+"] * (a.document_id == b.document_id)
    soon += WEIGHTS["pages-"] * compare_pages(leads).value
    others = BEST_OF_ALL if a.figures and b.figures else BEST_WITHOUT_FIGURES
    lacking = LEAST_TOTAL - (BIAS + soon + others)
    if lacking > WEIGHTS["antonyms+"] + ROUNDING:
        return False
    if compare_antonyms(a, b).value:
        return True
    lacking -= WEIGHTS["rarity-"] * compare_rarity(a, b).value + WEIGHTS["denial-"] * compare_denials(a, b).value
    return lacking <= ROUNDING


def find_value(parts: tuple[Part, ...], feature: str) -> float:
    """The value of a feature, 0 where there is none."""
    return next((part.value for part in parts if part.feature == feature), 0.0)


def make_terms(parts: tuple[Part, ...]) -> dict[str, float]:
    """What the weights weigh: each feature's value, under its name with its sign."""
    return {f"{part.feature}{'-' if part.value < 0 else '+'}": part.value for part in parts}


def _add_up(parts: tuple[Part, ...]) -> float:
    return BIAS + sum(WEIGHTS.get(name, 0.0) * value for name, value in make_terms(parts).items())


def _find_chance(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def is_conflict(a: Proposition, b: Proposition) -> bool:
    """Whether the pair cannot be one claim, whatever its words: namesakes, parties the other way round."""
    return _are_in_conflict((compare_names(a, b), compare_direction(a, b)))


def is_inside(a: Proposition, b: Proposition) -> bool:
    """Whether both are of one statement, or one is reported in the other: that Reyes agreed is not what Reyes said."""
    return a.statement_id == b.statement_id or a.outer == b.statement_id or b.outer == a.statement_id


def says_something(p: Proposition) -> bool:
    """Whether a content is more than names: "Senator Rubio of Florida" claims nothing that another page could too."""
    return bool(find_plain(p) or p.figures)


def is_one_story(a: Proposition, b: Proposition) -> bool:
    """Whether two documents can be about one thing: a name that both are about, or that both contents bear, or nearly
    the same words in the same days."""
    left, right = find_marks(a.context, a.names), find_marks(b.context, b.names)
    return (
        not left.isdisjoint(right)
        or not (left and right)
        or any(is_akin(x, y) for x in left for y in right)
        or (find_overlap(a, b) >= NEARLY_SAME and find_cosine(a, b) >= ALIKE and _are_near_in_time(a.day, b.day))
    )


def _are_near_in_time(left: str, right: str) -> bool:
    if len(left) < len("2026-01-01") or len(right) < len("2026-01-01"):
        return False
    return abs((date.fromisoformat(left[:10]) - date.fromisoformat(right[:10])).days) <= DAYS


def is_flipped(edge: Edge) -> bool:
    """Whether the two affirm opposite things where they affirm: the captain was sober, the captain was drunk."""
    return _turn(edge.parts)


def has_other_figures(edge: Edge) -> bool:
    """Whether the two give different figures for the same thing."""
    return _differ_in_figures(edge.parts)


def takes_back(edge: Edge) -> bool:
    """Whether one of the two withdraws the other."""
    return find_value(edge.parts, FEATURE) > 0


def is_retold(edge: Edge) -> bool:
    """Whether the pages of the two retell one another."""
    return find_value(edge.parts, RETOLD.feature) > 0


def _make_edge(a: Proposition, b: Proposition, score: float, parts: tuple[Part, ...]) -> Edge:
    relation = Relation.CONTRADICTS if _is_against(a, b, parts) else Relation.SAME_CLAIM
    told = tuple(part for part in parts if part.value)
    return Edge(a.id, b.id, relation, score, told, decided_by=VERSION)


def _is_against(a: Proposition, b: Proposition, parts: tuple[Part, ...]) -> bool:
    return are_against(a, b, turned=_turn(parts)) or find_value(parts, FEATURE) > 0 or _differ_in_figures(parts)


def _are_in_conflict(parts: tuple[Part, ...]) -> bool:
    return any(part.value == -1.0 for part in parts if part.feature in ("names", "direction"))


def _turn(parts: tuple[Part, ...]) -> bool:
    return find_value(parts, "antonyms") > 0


def _differ_in_figures(parts: tuple[Part, ...]) -> bool:
    return find_value(parts, "figures") < 0
