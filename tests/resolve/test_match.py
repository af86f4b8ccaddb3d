"""Pairs that are one claim, the claim and its denial, or two claims."""

from __future__ import annotations

import pytest

from onrecord.records import Edge, Relation
from onrecord.resolve.compare.places import compare_places
from onrecord.resolve.match import JOIN, has_other_figures, is_flipped
from onrecord.resolve.propositions import add_vectors, find_wordings, make_propositions
from tests.factories import make_document, make_statement
from tests.resolve.pages import WordEmbedder, make_page, match_propositions


def match(left: str, right: str, *, leads: float = 1.0) -> Edge | None:
    found = []
    for address, content in (("a.txt", left), ("b.txt", right)):
        document, statements = make_page(address, f"News\n\n{content}.", "2023-05-02", "officials", content)
        own = make_propositions(document, statements)
        wordings = find_wordings(own)
        vectors = dict(zip(wordings, WordEmbedder().embed(wordings.values()), strict=True))
        found.append(add_vectors(own, vectors)[0])
    edge = match_propositions(*found, leads=leads)
    assert match_propositions(found[1], found[0], leads=leads) == edge  # the same from both sides
    return edge


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        ("Eastland asked Westmark for tanks", "Eastland has asked Westmark for new tanks", Relation.SAME_CLAIM),
        ("Eastland asked Westmark for tanks", "Eastland has not asked Westmark for tanks", Relation.CONTRADICTS),
        ("Eastland asked Westmark for tanks", "Westmark asked Eastland for tanks", None),
        ("Eastland asked Westmark for tanks", "Westmark was asked for tanks by Eastland", Relation.SAME_CLAIM),
        ("Halden Group is in talks to buy Norvik", "Halden Hotels is in talks to buy Norvik", None),
        ("Eastland asked Westmark for tanks", "Eastland closed its border with Westmark", None),
    ],
)
def test_pairs(left: str, right: str, relation: Relation | None) -> None:
    edge = match(left, right)
    assert (edge.relation if edge and edge.score >= JOIN else None) == relation


def test_the_farther_apart_two_pages_the_more_alike_must_the_words_be() -> None:
    left, right = "Eastland asked Westmark for tanks", "Eastland has asked Westmark for new tanks"
    scores = [edge.score if (edge := match(left, right, leads=leads)) else 0.0 for leads in (0.8, 0.5, 0.3, 0.1)]
    assert scores[0] == scores[1] > scores[2] >= scores[3]


def test_on_one_page_one_voice_comes_back_to_a_matter_and_two_answer_each_other() -> None:
    text = "The bridge was shut, Moe said. The bridge was closed, Moe said. It was not shut, Lee said. Shut, Ek said."
    rows = [
        ("Moe", "The bridge was shut"),
        ("Moe", "The bridge was closed"),
        ("Lee", "It was not shut"),
        ("Ek", "Shut"),
    ]
    document = make_document(text)
    statements = [make_statement(document, content, chain=(root,)) for root, content in rows]
    said, again, denied, beside = make_propositions(document, statements)
    places = [compare_places(said, other, turned=False).value for other in (again, denied, beside)]
    assert places == [1.0, 0.0, -1.0]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("President Tarn of Eastland", "President Tarn of Eastland"),  # names alone say nothing
        ("Tarn is going to win", "Tarn will not win this, people say"),  # nor do words of every page
    ],
)
def test_what_only_names_and_common_words_have_in_common_is_no_claim(left: str, right: str) -> None:
    edge = match(left, right)
    assert edge is None or edge.score < JOIN


def test_figures_are_a_conflict_and_opposites_turn_the_sense() -> None:
    figures = match("Twelve miners died in the Elisabeth mine", "Twenty miners died in the Elisabeth mine")
    assert figures is not None
    assert has_other_figures(figures)
    opposite = match("The captain of the Halden was drunk at sea", "The captain of the Halden was sober at sea")
    assert opposite is not None
    assert is_flipped(opposite)
    assert opposite.relation is Relation.CONTRADICTS


def test_words_are_opposites_only_of_one_thing() -> None:
    edge = match("A gunman opened fire at Halden", "Halden will be closed on Thursday")
    assert edge is None or not is_flipped(edge)


def test_what_is_denied_beside_a_matter_is_no_denial_of_it() -> None:
    asked = "Eastland asked Westmark for tanks"
    denied, beside = match(asked, "Eastland has not asked Westmark"), match(asked, "Eastland did not thank Westmark")
    assert denied is not None
    assert beside is None or beside.score < denied.score - 0.05


def test_a_replica_is_not_the_original() -> None:
    edge = match("The mask stolen from Campeche was the original", "The mask stolen from Campeche was a replica")
    assert edge is not None
    assert is_flipped(edge)
    assert edge.relation is Relation.CONTRADICTS
