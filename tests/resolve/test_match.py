"""Pairs that are one claim, the claim and its denial, or two claims."""

from __future__ import annotations

import pytest

from onrecord.records import Edge, Relation
from onrecord.resolve.match import JOIN, has_other_figures, is_flipped, match_propositions
from onrecord.resolve.propositions import add_vectors, find_wordings, make_propositions
from tests.resolve.pages import WordEmbedder, make_page


def match(left: str, right: str) -> Edge | None:
    found = []
    for address, content in (("a.txt", left), ("b.txt", right)):
        document, statements = make_page(address, f"News\n\n{content}.", "2023-05-02", "officials", content)
        own = make_propositions(document, statements)
        wordings = find_wordings(own)
        vectors = dict(zip(wordings, WordEmbedder().embed(wordings.values()), strict=True))
        found.append(add_vectors(own, vectors)[0])
    edge = match_propositions(*found)
    assert match_propositions(found[1], found[0]) == edge  # the same from both sides
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


def test_figures_are_a_conflict_and_opposites_turn_the_sense() -> None:
    figures = match("Twelve miners died in the Elisabeth mine", "Twenty miners died in the Elisabeth mine")
    assert figures is not None
    assert has_other_figures(figures)
    opposite = match("The captain of the Halden was drunk at sea", "The captain of the Halden was sober at sea")
    assert opposite is not None
    assert is_flipped(opposite)
    assert opposite.relation is Relation.CONTRADICTS


def test_a_replica_is_not_the_original() -> None:
    edge = match("The mask stolen from Campeche was the original", "The mask stolen from Campeche was a replica")
    assert edge is not None
    assert is_flipped(edge)
    assert edge.relation is Relation.CONTRADICTS
