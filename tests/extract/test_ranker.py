from __future__ import annotations

import numpy as np

from onrecord.extract.mentions import Mentions
from onrecord.extract.ranker import combine, load_ranker, rank
from onrecord.records import Span
from tests.extract.words import annotate

TEXT = "Anna Berg met Peter Lang in Berlin. A guard had seen him before. Peter Lang left and it rained on his hat."


def place(words: str) -> Span:
    begin = TEXT.index(words)
    return Span(begin, begin + len(words))


def test_each_person_is_described_once_by_the_mention_nearest_before() -> None:
    people, mentions, clues = Mentions(annotate(TEXT)).describe_people(place("his"))
    assert len({p.figure for p in people}) == len(people) == len(mentions) == len(clues)
    assert all(p.span in spans for p, spans in zip(people, mentions, strict=True) if p.gender != "f")
    lang = next(p for p in people if p.span.of(TEXT).endswith("Lang"))
    assert lang.span.begin > TEXT.index("guard")


def test_things_and_groups_are_left_to_the_rules() -> None:
    people, _, _ = Mentions(annotate(TEXT)).describe_people(place("it"))
    assert people == []


def test_the_shipped_trees_fit_the_clues() -> None:
    trees = load_ranker()
    assert trees is not None
    _, _, clues = Mentions(annotate(TEXT)).describe_people(place("him"))
    assert trees["clue"].max() < clues.shape[1]
    chances = rank(clues, trees)
    assert chances.shape == (len(clues),)
    assert np.all((chances > 0) & (chances < 1))


def test_a_pronoun_that_is_no_source_goes_to_a_person_of_its_gender() -> None:
    assert Mentions(annotate(TEXT)).name_of(place("him")).name not in {"Anna", "him"}


def test_clues_decide_alone_where_the_pointer_was_not_asked() -> None:
    chances = np.array([0.6, 0.2])
    assert combine(chances, None).tolist() == [0.6, 0.2]
    assert np.allclose(combine(chances, np.array([0.15, 0.8])), [0.3, 0.4])
