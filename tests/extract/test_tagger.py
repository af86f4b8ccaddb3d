from __future__ import annotations

import pytest

from onrecord.extract.base import Annotation
from onrecord.extract.tagger import Tagger

pytestmark = pytest.mark.model

STORY = (
    "Ferry sinks off Lindholm\n\n"
    "Anna Berg, the harbour master, said on Monday that the ferry had been overloaded. “We didn't see it coming,” she "
    "added.\n\n"
    "The company denied that it had sold too many tickets. According to the U.S. Coast Guard, 1,200 people were aboard."
)
ODD = ["", " \n\n ", "“", "\ufeff", "a" * 3000, "😀 said “x”", "said", ". . . " * 400]


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger.load(threads=1)


@pytest.fixture(scope="module")
def story(tagger: Tagger) -> Annotation:
    return tagger.annotate([STORY])[0]


def test_who_said_what(story: Annotation) -> None:
    found = {(a.cue[0].of(STORY), a.source[0].of(STORY)): a.content[0].of(STORY) for a in story.attributions}
    assert found["denied", "The company"] == "that it had sold too many tickets"
    assert found["According to", "the U.S. Coast Guard"] == "1,200 people were aboard"
    assert found["added", "she"] == "We didn't see it coming"


def test_confidence_is_a_probability(story: Annotation) -> None:
    assert all(0 < a.confidence < 1 for a in story.attributions)


def test_words_are_cut_as_linguists_do(story: Annotation) -> None:
    forms = [w.span.of(STORY) for w in story.words]
    assert {"did", "n't", "U.S.", "1,200"} <= set(forms)
    assert "didn" not in forms
    assert [w.pos for w in story.words if w.span.of(STORY) in {"did", "n't"}] == ["AUX", "PART"]


def test_sentences_end_with_their_paragraph(story: Annotation) -> None:
    sentences = [s.of(STORY) for s in story.sentences]
    assert sentences[0] == "Ferry sinks off Lindholm"
    assert sentences[-1].startswith("According to")


def test_names(story: Annotation) -> None:
    assert ("Anna Berg", "PERSON") in [(e.span.of(STORY), e.label) for e in story.entities]


def test_a_text_alone_is_as_in_a_batch(story: Annotation) -> None:
    others = [f"{STORY} Then it rained.", *ODD]
    assert Tagger.load(threads=1).annotate([*others, STORY])[-1] == story


def test_a_text_that_comes_again_is_not_read_again(tagger: Tagger, story: Annotation) -> None:
    assert tagger.annotate([STORY])[0] is story


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_pass(tagger: Tagger, text: str) -> None:
    [annotation] = tagger.annotate([text])
    assert annotation.text == text
    assert all(0 <= w.span.begin < w.span.end <= len(text) for w in annotation.words)


def test_what_comes_after_many_windows_is_still_found(tagger: Tagger) -> None:
    text = f"{'The water rose all night and nobody slept. ' * 200}\n\nThe mayor said the dam would hold."
    [annotation] = tagger.annotate([text])
    last = annotation.attributions[-1]
    assert last.cue[0].of(text) == "said"
    assert last.content[0].of(text) == "the dam would hold"
