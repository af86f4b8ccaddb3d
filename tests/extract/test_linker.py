from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract.linker import LABELS, Candidate, Decision, Edges, Floats, choose, decode_labels
from onrecord.extract.words import split_words
from tests.extract.tiny import make_tokenizer

WORDS = split_words("Smith said the dam held and Jones denied that it had", make_tokenizer())
DECISION = Decision(0.1, 0.4, 0.5, (0.0,) * LABELS, Edges(1.0, 1.0, 0.0), (1.0, 0, 0, 0, 0, 0), 0.0)
CONTENT = {5, 6}


def rate(path: tuple[int, ...], scores: Floats, leave: Floats, enter: Floats) -> float:
    """The score of a path by its definition, or minus infinity."""
    total = 0.0
    for t, label in enumerate(path):
        before = path[t - 1] if t else 0
        if label and label % 2 == 0 and before not in (label, label - 1):
            return float("-inf")
        total += scores[t, label]
        if t and before in CONTENT and label == 0:
            total -= leave[t]
        if t and label == 5 and before == 0:
            total -= enter[t]
    return total


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_decoding_finds_the_best_path(seed: int, length: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(2, length, LABELS)).astype(np.float32)
    leave, enter = rng.uniform(0, 2, (2, 2, length)).astype(np.float32)
    found = decode_labels(scores, leave, enter)
    for row in range(2):
        every = itertools.product(range(LABELS), repeat=length)
        best = max(rate(path, scores[row], leave[row], enter[row]) for path in every)
        assert rate(tuple(found[row]), scores[row], leave[row], enter[row]) == pytest.approx(best, abs=1e-4)


def candidate(logit: float, place: int, **spans: tuple[tuple[int, int], ...]) -> Candidate:
    parts = {"source": (), "cue": (), "content": (), **spans}
    return Candidate(place, not parts["cue"], parts, (logit, 0, 0, 0, 0, 0))


def test_the_likelier_of_two_takes_the_content() -> None:
    strong = candidate(2.0, 1, source=((0, 1),), cue=((1, 2),), content=((2, 5),))
    weak = candidate(0.5, 3, content=((3, 5),))
    [found] = choose([weak, strong], WORDS, DECISION)
    assert found.source[0].of(WORDS.text) == "Smith"
    assert found.content[0].of(WORDS.text) == "the dam held"
    assert found.confidence == pytest.approx(0.8808, abs=1e-4)


def test_the_unlikely_is_left_out_and_order_is_that_of_the_text() -> None:
    later = candidate(3.0, 7, source=((6, 7),), cue=((7, 8),), content=((8, 11),))
    earlier = candidate(1.0, 1, source=((0, 1),), cue=((1, 2),), content=((2, 5),))
    unlikely = candidate(-2.0, 5, content=((5, 6),))
    found = choose([later, unlikely, earlier], WORDS, DECISION)
    assert [a.cue[0].of(WORDS.text) for a in found] == ["said", "denied"]


def test_a_compound_with_hyphens_is_not_cut() -> None:
    words = split_words("Smith said the lift-off at Saint-Aubin failed", make_tokenizer())
    at = {words.text[b:e]: n for n, (b, e) in enumerate(zip(words.begins, words.ends, strict=True))}
    spans = {"source": ((0, 1),), "cue": ((1, 2),), "content": ((at["off"], at["Saint"] + 1),)}
    (found,) = choose([Candidate(1, False, spans, (9.0, 0, 0, 0, 0, 0))], words, DECISION)
    assert [span.of(words.text) for span in found.content] == ["lift-off at Saint-Aubin"]
