"""Average linkage: near topics do not chain, and what came together at better means is nested in the rest."""

from __future__ import annotations

from itertools import pairwise

from onrecord.records import Edge, Relation
from onrecord.resolve.base import Proposition
from onrecord.resolve.clusters import LEVELS, cut_cluster, find_clusters
from onrecord.resolve.match import JOIN
from onrecord.resolve.propositions import make_propositions
from tests.factories import make_document, make_statement


def make_four() -> dict[str, Proposition]:
    """Four statements of four pages that no name or party keeps apart, by the letters of their pages."""
    made = {}
    for letter in "abcd":
        document = make_document("The bridge is closed, a driver said.", address=f"{letter}.txt")
        (p,) = make_propositions(document, [make_statement(document, "The bridge is closed", chain=("a driver",))])
        made[letter] = p
    return made


def find_letters(scores: dict[str, float], *, level: int = len(LEVELS)) -> list[str]:
    """The clusters by a level, each as letters, where two letters have that odds."""
    four = make_four()
    letters = {p.id: letter for letter, p in four.items()}
    edges = [
        Edge(*sorted((four[a].id, four[b].id)), Relation.SAME_CLAIM, score, (), decided_by="test")
        for (a, b), score in scores.items()
    ]
    clusters = find_clusters({p.id: p for p in four.values()}, edges)
    parts = [part for cluster in clusters for part in cut_cluster(cluster, level)]
    return sorted("".join(sorted(letters[i] for i, _ in part)) for part in parts)


def test_a_chain_is_cut_where_the_mean_is_too_low() -> None:
    assert find_letters({"ab": 0.9, "bc": 0.8, "cd": 0.44}) == ["abc", "d"]
    assert find_letters({"ab": 0.9, "bc": 0.6, "cd": 0.8}) == ["ab", "cd"]


def test_an_edge_of_join_is_enough_and_less_is_not() -> None:
    assert find_letters({"ab": JOIN, "cd": JOIN - 0.001}) == ["ab", "c", "d"]


def test_earlier_levels_are_nested() -> None:
    scores = {"ab": 0.9, "ac": 0.6, "bc": 0.7, "cd": 0.68, "bd": 0.7}
    assert find_letters(scores, level=0) == ["a", "b", "c", "d"]
    by_level = [find_letters(scores, level=level) for level in range(len(LEVELS) + 1)]
    for before, after in pairwise(by_level):
        assert all(any(set(small) <= set(large) for large in after) for small in before)
    assert [by_level[1], by_level[3], by_level[-1]] == [["ab", "c", "d"], ["ab", "cd"], ["abcd"]]
