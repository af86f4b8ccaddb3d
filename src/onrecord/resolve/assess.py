"""How a text stands to claims that somebody words, with the sentences that show it and the statements in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from onrecord.records import Span, Statement
from onrecord.resolve.base import Embeds, Vector
from onrecord.resolve.stance import BEARINGS, Bearing, Networks, load_networks
from onrecord.resolve.stance_clues import (
    MOST,
    REFUTES,
    Sentences,
    Wording,
    describe_article,
    describe_claim,
    find_clues,
    find_fit,
    find_sentences,
)

MOST_EVIDENCE = 3
CLAIMS_KEPT = 4096  # described claims: rumours come up again in article after article
LEAST_FIT = 0.35  # half the cosine plus half the share of stems; sentences below have little to do with the claim


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that shows how a text stands to a claim. `fit`, from 0 to 1, is how near it is to the claim's words.

    `statements` are ids of those that stand in it: who says it, on whose word.
    """

    span: Span
    fit: float
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """How a text stands to a claim; `chances` are those of agree, disagree, discuss, unrelated.

    `evidence` comes in order of the text, and is empty where text and claim are unrelated.
    """

    claim: str
    bearing: Bearing
    chances: tuple[float, ...]
    evidence: tuple[Evidence, ...] = ()

    @property
    def chance(self) -> float:
        """That of the bearing."""
        return self.chances[BEARINGS.index(self.bearing)]


class Assessor:
    """The models that it takes, loaded once."""

    def __init__(self, embedder: Embeds, networks: Networks) -> None:
        self.version = networks.version
        self._embedder = embedder
        self._networks = networks
        self._describe_claim = lru_cache(CLAIMS_KEPT)(self._make_wording)

    def embed(self, claim: str) -> Vector:
        """The vector of a claim, (size,)."""
        return self._describe_claim(claim).vector

    def assess(
        self, text: str, claims: Sequence[str], *, statements: Sequence[Statement] = ()
    ) -> tuple[Assessment, ...]:
        """How `text` stands to each of `claims`; `statements` are those of the text, where they are known."""
        if not claims:
            return ()
        article = self._describe(text)
        wordings = [self._describe_claim(claim) for claim in claims]
        chances = self._networks.find_chances(np.array([find_clues(wording, article) for wording in wordings]))
        return tuple(
            _assess(wording, article, [float(chance) for chance in row], statements)
            for wording, row in zip(wordings, chances, strict=True)
        )

    def _make_wording(self, claim: str) -> Wording:
        return describe_claim(claim, self._embedder.embed([claim])[0])

    def _describe(self, text: str) -> Sentences:
        spans = find_sentences(text)
        return describe_article(text, spans, self._embedder.embed([span.of(text) for span in spans]))


def make_assessor(*, threads: int = 1) -> Assessor:
    """With the models that ship. Raises RunError where their files are missing or wrong."""
    from onrecord.inference.embedder import make_embedder

    return Assessor(make_embedder(threads=threads), load_networks())


def _assess(
    claim: Wording, article: Sentences, chances: Sequence[float], statements: Sequence[Statement]
) -> Assessment:
    bearing = BEARINGS[int(np.argmax(chances))]
    evidence = () if bearing is Bearing.UNRELATED else _find_evidence(claim, article, bearing, statements)
    return Assessment(claim.text, bearing, tuple(round(chance, 4) for chance in chances), evidence)


def _find_evidence(
    claim: Wording, article: Sentences, bearing: Bearing, statements: Sequence[Statement]
) -> tuple[Evidence, ...]:
    cosines, shared = find_fit(claim, article)
    fit = np.clip(cosines, 0, 1) / 2 + shared / 2
    order = fit
    if bearing is Bearing.DISAGREE:
        # of sentences about the claim, those that refute it show the most
        order = fit * (1 + np.minimum(article.telling[:, REFUTES], MOST) / MOST)
    best = [int(i) for i in np.argsort(-order, kind="stable")[:MOST_EVIDENCE]]
    kept = [i for i in best if fit[i] >= LEAST_FIT] or best[:1]
    return tuple(
        Evidence(article.spans[i], round(float(fit[i]), 3), _find_statements(article.spans[i], statements))
        for i in sorted(kept)
    )


def _find_statements(sentence: Span, statements: Sequence[Statement]) -> tuple[str, ...]:
    return tuple(s.id for s in statements if any(span.overlaps(sentence) for span in (*s.content, *s.cue)))
