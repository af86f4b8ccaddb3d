"""What a pair of claim and article shows of how the one stands to the other, as a row of numbers.

Meaning (cosines of the claim with each sentence), words, names and figures in common, and six kinds of telling words
in the claim, in the sentences that fit it best, in the first three and in all. The kinds of features are those of the
Fake News Challenge's best entries (Hanselowski et al. 2018); the word lists were written for this project.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from onrecord.records import Span
from onrecord.resolve.base import Vector

Row = NDArray[np.float64]

MOST_SENTENCES = 60  # of an article; what comes later is hardly ever about the headline
LEAST_WORDS = 3  # of a sentence
FIRST = 3  # sentences that an article opens with
# a full stop behind an initial (U.S., John F.) or a title ends nothing
TITLES = "".join(
    rf"(?<!\b{title})" for title in ("Mr", "Mrs", "Ms", "Dr", "St", "Gen", "Sen", "Rep", "Gov", "Lt", "No")
)
SENTENCE = re.compile(rf"\S.*?(?:(?:(?<![.\s][A-Z]){TITLES}\.|[!?])[”\"’')\]]*(?=\s)|\n|$)", re.S)
WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
STOP = frozenset(
    re.findall(
        r"\S+",
        """
        a about after all also an and any are as at be because been before being between both but by can could did do
        does for from had has have having he her here hers him his how i if in into is it its just may me might more
        most must my of off on once only or other our out over own said say says she should so some such than that the
        their them then there these they this those through to too under until up was we were what when where which
        while who why will with would yet you your not no new
        """,
    )
)
ENDINGS = tuple(re.findall(r"\w+", "ations ation ingly ments ment ings ions ing ion ies ied ers ed es er ly s"))


def _any_of(words: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(words.split()).replace("_", " ") + r")\b", re.I)


REFUTING = _any_of(
    r"hoax(?:es)? fake[ds]? false(?:ly|hood)? untrue not_true fabricat\w+ den(?:y|ies|ied|ying|ial) debunk\w* refut\w+ "
    r"bogus satir\w+ parody made[-_]up incorrect inaccurate wrong myths? lie lies lying disput\w+ dismiss\w+ "
    r"contradict\w+ reject\w* retract\w* mistaken misleading never_happened unfounded baseless no_evidence no_truth "
    r"scam nonsense disprov\w+ in_fact actually discredit\w* clarif\w+ correction misreport\w* rebut\w* fiction\w*"
)
NEGATING = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|nothing|nobody|cannot|(?:is|are|was|were|do|does|did|wo|would|ca|could|"
    r"has|have|had)n[’']t)\b|n[’']t\b",
    re.I,
)
HEDGING = re.compile(
    _any_of(
        r"reportedly alleged\w* allegations? apparent\w* claim(?:s|ed|ing)? rumou?r\w* reports? reported supposed\w* "
        r"purport\w* unconfirmed unverified unclear suggest\w* possibl[ey] may might could would believed speculat\w* "
        r"suspect\w* appears? seems? likely perhaps if_true said_to allegedly question\w* doubt\w* skeptic\w* "
        r"sceptic\w* mystery investigat\w* verif\w* confirm\w*"
    ).pattern
    + r"|\?",
    re.I,
)
REPORTING = _any_of(
    r"according_to sources? told said says tweet\w* posted wrote published newspaper website report(?:s|ed|ing)? cited "
    r"citing quoted spokes\w+ officials? media"
)
CONFIRMING = _any_of(
    r"confirm(?:s|ed|ing)? announce[ds]? official(?:ly)? reveal\w* prove[dsn]? proof verified admit\w* acknowledg\w* "
    r"true indeed"
)
DOUBTING = _any_of(
    r"unconfirmed unverified not_(?:been_)?(?:independently_)?(?:verified|confirmed|clear|immediately) "
    r"no_(?:official_)?(?:confirmation|comment|word) declined could_not couldn[’']t unclear skeptic\w* doubt\w* "
    r"question\w* if_true rumou?r\w* allegedly reportedly"
)
KINDS = (REFUTING, NEGATING, HEDGING, REPORTING, CONFIRMING, DOUBTING)
REFUTES, NEGATES, HEDGES = range(3)
MOST = 3  # telling words of one kind in one sentence: more say nothing more


@dataclass(frozen=True, slots=True)
class Sentences:
    """An article taken apart. `vectors` is (sentences, size), `telling` (sentences, kinds), the rest is by sentence."""

    text: str
    spans: tuple[Span, ...]
    vectors: Vector
    stems: tuple[frozenset[str], ...]
    pairs: frozenset[tuple[str, str]]
    telling: Row


@dataclass(frozen=True, slots=True)
class Wording:
    """A claim taken apart; `stems` are in its order."""

    text: str
    vector: Vector
    stems: tuple[str, ...]
    names: frozenset[str]
    figures: frozenset[str]
    telling: Row


def find_sentences(text: str) -> tuple[Span, ...]:
    """The sentences and lines of a text of at least three words, the first sixty; of a shorter text all of it."""
    found = [match for match in SENTENCE.finditer(text) if len(match.group().split()) >= LEAST_WORDS]
    spans = (Span(match.start(), match.start() + len(match.group().rstrip())) for match in found[:MOST_SENTENCES])
    return tuple(spans) or (Span(0, len(text)),)


def describe_article(text: str, spans: tuple[Span, ...], vectors: Vector) -> Sentences:
    """An article with the vectors of its `find_sentences`."""
    words = [span.of(text) for span in spans]
    stems = [find_stems(sentence) for sentence in words]
    pairs = frozenset((a, b) for some in stems for a, b in pairwise(some))
    telling = np.array([_count(sentence) for sentence in words])
    return Sentences(text, spans, vectors, tuple(frozenset(some) for some in stems), pairs, telling)


def describe_claim(claim: str, vector: Vector) -> Wording:
    """A claim with its vector."""
    names = frozenset(_stem(w) for w in WORD.findall(claim) if w[0].isupper() and w.lower() not in STOP)
    figures = frozenset(re.findall(r"\d+", claim))
    return Wording(claim, vector, find_stems(claim), names, figures, np.minimum(_count(claim), MOST))


def find_fit(claim: Wording, article: Sentences) -> tuple[Row, Row]:
    """For each sentence the cosine with the claim, and the share of the claim's stems that it holds."""
    wanted = frozenset(claim.stems) or frozenset("-")
    shared = np.array([len(wanted & stems) / len(wanted) for stems in article.stems])
    return np.asarray(article.vectors @ claim.vector, np.float64), shared


def find_clues(claim: Wording, article: Sentences) -> Row:
    """The clues of one pair, always the same number."""
    cosines, shared = find_fit(claim, article)
    closeness = np.maximum(cosines, 0) + shared
    by_fit = np.argsort(-closeness, kind="stable")
    weights = np.maximum(cosines, 0) ** 3
    weights = weights / (weights.sum() + 1e-6)
    few = np.minimum(article.telling, MOST)
    near = (weights[:, None] * few).sum(0)
    everywhere = article.telling.sum(0) / len(article.spans)
    return np.concatenate(
        [
            _describe_meaning(claim, article, cosines),
            _describe_words(claim, article, shared, float(closeness[by_fit[0]])),
            claim.telling,
            few[by_fit[:FIRST]].sum(0),
            few[by_fit[0]],
            near,
            few[:FIRST].sum(0),
            everywhere,
            _describe_sides(claim, few, by_fit, near, everywhere),
        ]
    )


def find_stems(text: str) -> tuple[str, ...]:
    """The words that carry meaning, cut to their stems, in order."""
    return tuple(_stem(word) for word in WORD.findall(text) if word.lower() not in STOP and len(word) > 1)


def _describe_meaning(claim: Wording, article: Sentences, cosines: Row) -> list[float]:
    best = np.argsort(-cosines, kind="stable")
    number = len(cosines)
    mean = article.vectors.mean(0)
    return [
        cosines[best[0]],
        cosines[best[min(1, number - 1)]],
        cosines[best[:FIRST]].mean(),
        cosines.mean(),
        cosines[:FIRST].max(),
        cosines[0],
        best[0] / number,
        min(number, MOST_SENTENCES) / MOST_SENTENCES,
        (cosines > 0.5).mean(),
        (cosines > 0.6).sum(),
        float((mean / np.linalg.norm(mean + 1e-9)) @ claim.vector),
    ]


def _describe_words(claim: Wording, article: Sentences, shared: Row, closeness: float) -> list[float]:
    everything = frozenset().union(*article.stems)
    wanted = frozenset(claim.stems) or frozenset("-")
    pairs = list(pairwise(claim.stems))
    return [
        shared.max(),
        shared[:FIRST].max(),
        shared[0],
        len(wanted & everything) / len(wanted),
        sum(pair in article.pairs for pair in pairs) / max(1, len(pairs)),
        closeness,
        len(claim.names & everything) / max(1, len(claim.names)),
        sum(figure in article.text for figure in claim.figures) / max(1, len(claim.figures)),
        len(claim.figures),
        len(claim.stems),
    ]


def _describe_sides(claim: Wording, few: Row, by_fit: NDArray[np.intp], near: Row, everywhere: Row) -> list[float]:
    """Whether claim and article refute: an article that calls it a hoax agrees with a claim that it is a hoax."""
    refutes = float(claim.telling[REFUTES] + claim.telling[NEGATES] > 0)
    negated = claim.telling[NEGATES] > 0
    opening = few[:FIRST, REFUTES].sum()
    marks = {"?": "?" in claim.text, "quoted": any(mark in claim.text for mark in "\"'‘")}
    return [
        refutes * near[REFUTES],
        refutes * near[NEGATES],
        refutes * everywhere[REFUTES],
        (1 - refutes) * near[REFUTES],
        (1 - refutes) * near[NEGATES],
        (1 - refutes) * everywhere[REFUTES],
        float(claim.telling[HEDGES] > 0) * near[HEDGES],
        float(marks["?"]),
        float(marks["quoted"]),
        refutes * opening,
        (1 - refutes) * opening,
        float((few[by_fit[0], NEGATES] > 0) != negated),
        float((few[by_fit[:FIRST], NEGATES].sum() > 0) != negated),
    ]


def _count(text: str) -> Row:
    return np.array([len(kind.findall(text)) for kind in KINDS], np.float64)


def _stem(word: str) -> str:
    word = word.lower().replace("’", "'").removesuffix("'s")
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
