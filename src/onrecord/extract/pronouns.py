"""Who a pronoun stands for: every candidate before it (or just after) is scored, the best one taken.

The clues are those of Lappin and Leass (1994): nearness, subject position, repetition, parallel place, who is speaking.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.extract.reports import Reader
from onrecord.records import Span

MALE = {"he", "him", "his", "himself"}
FEMALE = {"she", "her", "hers", "herself"}
PLURAL = {"they", "them", "their", "theirs", "themselves"}
NEUTER = {"it", "its", "itself"}
FIRST = {"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"}
POSSESSIVE = {"his", "her", "their", "its", "my", "our"}
THIRD = MALE | FEMALE | PLURAL | NEUTER
WINDOW_SENTENCES = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """One mention that a pronoun may stand for.

    `figure` is the place of its figure in the cast, -1 where nobody is named; `times` says how often that was named up
    to the pronoun; `place` marks a country or town.
    """

    span: Span
    gender: str
    plural: bool
    animate: bool
    named: bool
    speaks: bool
    figure: int
    times: int = 1
    place: bool = False


def gender_of(pronoun: str) -> str:
    """ "m", "f" or ""."""
    return "m" if pronoun in MALE else "f" if pronoun in FEMALE else ""


def fits(pronoun: str, candidate: Candidate) -> bool:
    """Whether gender, number and animacy allow it."""
    gender = gender_of(pronoun)
    if gender:
        return candidate.animate and not candidate.plural and candidate.gender in {"", gender}
    if pronoun in PLURAL:
        return candidate.plural or not candidate.animate
    if pronoun in NEUTER:
        return not candidate.animate and not candidate.plural
    return True  # a description: whoever calls has chosen the candidates


def score_candidate(reader: Reader, pronoun: Span, speaks: bool, candidate: Candidate) -> float:
    """How well a candidate that fits suits; `speaks` where the pronoun is the source of a report."""
    words = reader.text
    form = pronoun.of(words).lower()
    here, there = reader.sentence_of(pronoun), reader.sentence_of(candidate.span)
    if candidate.span.begin > pronoun.begin:  # "Before he left, Smith said …"
        return -4.0 if here == there else -math.inf
    distance = reader.count_sentences(there, here)
    if distance > WINDOW_SENTENCES and candidate.times < 3:
        return -math.inf
    score = -0.8 * min(distance, 10)
    first = is_subject(reader, candidate.span)
    score += 1.5 * first
    score += 0.4 * math.log(candidate.times)
    score += 0.7 * (bool(candidate.gender) and candidate.gender == gender_of(form))
    score += 0.6 * candidate.named
    if form in PLURAL:  # "they" are the officials rather than the country of which they spoke
        score += 1.2 * candidate.plural - 0.6 * (not candidate.plural)
    if speaks and candidate.speaks:
        score += 1.8 if distance else 0.3
    if not distance and form not in POSSESSIVE and first != is_subject(reader, pronoun):
        score -= 0.3
    if reader.paragraph_of(pronoun) == reader.paragraph_of(candidate.span):
        score += 0.5
    score -= 0.002 * min(pronoun.begin - candidate.span.end, 400)
    if words[candidate.span.end : candidate.span.end + 2] in {"'s", "’s"}:
        score -= 0.6
    if (
        not distance
        and form in {"him", "her", "them", "it"}
        and first
        and _object_of_same_verb(reader, pronoun, candidate)
    ):
        score -= 3.0
    return score


def is_subject(reader: Reader, span: Span) -> bool:
    """Whether a phrase stands as a subject: no preposition or verb right before it, a verb soon after."""
    places = reader.indices(span)
    if not places:
        return False
    k = places[0] - 1
    while k >= 0 and reader.words[k].pos in {"DET", "ADJ", "NUM", "PROPN", "NOUN"}:
        k -= 1
    if k >= 0 and reader.words[k].pos in {"ADP", "VERB"} and reader.sentence_of(reader.words[k].span).covers(span):
        return False
    depth = 0
    for word in reader.words[places[-1] + 1 : places[-1] + 16]:
        form = word.span.of(reader.text)
        if word.pos in {"VERB", "AUX"}:
            return True
        if form in {",", "(", ")"}:
            depth += 1
        elif form in {".", ";", "?", "!", "'s", "’s"} or (word.pos in {"ADP", "PROPN", "NOUN"} and not depth):
            return form == "of"
    return False


def _object_of_same_verb(reader: Reader, pronoun: Span, candidate: Candidate) -> bool:
    """ "Smith told him": the object of a verb is not its subject."""
    between = [reader.words[k] for k in reader.indices(Span(candidate.span.end, pronoun.begin))]
    verbs = [w for w in between if w.pos == "VERB"]
    return len(verbs) == 1 and all(w.pos in {"VERB", "AUX", "ADV", "PART", "ADP"} for w in between)


def best_candidate(
    reader: Reader,
    pronoun: Span,
    speaks: bool,
    candidates: Sequence[Candidate],
    against: Mapping[Span, float] | None = None,
) -> Candidate | None:
    """The candidate that suits best; None where none is allowed. `against` takes from the scores of some."""
    form, costs = pronoun.of(reader.text).lower(), against or {}
    scored = [
        (score_candidate(reader, pronoun, speaks, c) - costs.get(c.span, 0.0), c.span.begin, c)
        for c in candidates
        if fits(form, c)
    ]
    best = max(scored, key=lambda s: s[:2], default=None)
    return best[2] if best and best[0] > -math.inf else None
