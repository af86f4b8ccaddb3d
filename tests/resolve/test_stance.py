"""Clues and networks without any model, and what the trained ones make of plain cases."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.resolve.assess import Assessor, make_assessor
from onrecord.resolve.stance import BEARINGS, Bearing, Networks
from onrecord.resolve.stance_clues import describe_article, describe_claim, find_clues, find_sentences
from tests.factories import make_document, make_statement
from tests.resolve.pages import WordEmbedder

EMBEDDER = WordEmbedder()
FIRE = (
    "Ferry fire\n\nThe ferry Halcyon burned off Skerra on Monday, the coastguard said. "
    "Mr. Brown of the U.S. embassy was on board. Nobody was hurt!\n"
)


def make_networks(favourite: int) -> Networks:
    """One network of one unit that always chooses the same."""
    clues, bias = 70, np.zeros((1, len(BEARINGS)))
    bias[0, favourite] = 5.0
    return Networks(
        "test", np.zeros(clues), np.ones(clues), np.zeros((1, clues, 1)), np.zeros((1, 1)), np.zeros((1, 1, 4)), bias
    )


def test_initials_and_titles_end_no_sentence() -> None:
    assert [span.of(FIRE) for span in find_sentences(FIRE)] == [
        "The ferry Halcyon burned off Skerra on Monday, the coastguard said.",
        "Mr. Brown of the U.S. embassy was on board.",
        "Nobody was hurt!",
    ]


@given(st.text(max_size=400))
def test_sentences_are_in_order_and_apart(text: str) -> None:
    spans = find_sentences(text)
    assert spans
    assert all(0 <= span.begin <= span.end <= len(text) for span in spans)
    assert all(a.end <= b.begin for a, b in pairwise(spans))


@given(st.text(max_size=200), st.text(max_size=80))
def test_any_text_gives_finite_clues(text: str, claim: str) -> None:
    spans = find_sentences(text)
    article = describe_article(text, spans, EMBEDDER.embed([span.of(text) for span in spans]))
    clues = find_clues(describe_claim(claim, EMBEDDER.embed([claim])[0]), article)
    assert clues.shape == (70,)
    assert np.isfinite(clues).all()


def test_chances_are_chances() -> None:
    chances = make_networks(2).find_chances(np.random.default_rng(0).normal(size=(5, 70)))
    assert chances.shape == (5, 4)
    assert np.allclose(chances.sum(axis=1), 1)
    assert (chances.argmax(axis=1) == 2).all()


def test_evidence_is_verbatim_with_its_statements() -> None:
    document = make_document(FIRE)
    statement = make_statement(document, "The ferry Halcyon burned off Skerra", chain=("the coastguard",))
    assessor = Assessor(EMBEDDER, make_networks(BEARINGS.index(Bearing.AGREE)))
    (found,) = assessor.assess(FIRE, ["The ferry Halcyon burned off Skerra"], statements=[statement])
    assert found.bearing is Bearing.AGREE
    assert found.chance > 0.9
    best = max(found.evidence, key=lambda evidence: evidence.fit)
    assert best.span.of(FIRE) == "The ferry Halcyon burned off Skerra on Monday, the coastguard said."
    assert best.statements == (statement.id,)


def test_what_is_unrelated_has_no_evidence() -> None:
    assessor = Assessor(EMBEDDER, make_networks(BEARINGS.index(Bearing.UNRELATED)))
    assert assessor.assess(FIRE, ["Wheat is dearer"])[0].evidence == ()
    assert assessor.assess(FIRE, []) == ()


@pytest.mark.model
def test_trained_networks_tell_related_from_unrelated() -> None:
    assessor = make_assessor()
    related, unrelated = assessor.assess(
        FIRE, ["A ferry burned off Skerra", "The finance minister resigned over a loan"]
    )
    assert related.bearing in (Bearing.AGREE, Bearing.DISCUSS)
    assert unrelated.bearing is Bearing.UNRELATED
