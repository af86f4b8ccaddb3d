"""Clusters brought up to date step by step are those of clustering all at once."""

from __future__ import annotations

from random import Random

import pytest

from onrecord.records import Edge, Relation
from onrecord.resolve import MemoryStore
from onrecord.resolve.base import Proposition
from onrecord.resolve.clusters import find_clusters
from onrecord.resolve.propositions import make_propositions
from onrecord.resolve.regroup import regroup
from tests.factories import make_document, make_statement

# two names that cannot be one claim, whatever the odds, and words that go with either
CONTENTS = ("Halberd Group is broke", "Halberd Hotels is broke", "The firm is broke")
PAGES, STEP = 40, 3


def make_world(chance: Random) -> tuple[list[Proposition], list[Edge]]:
    """Propositions with so many strong edges that those lead nearly everywhere."""
    made: list[Proposition] = []
    for n in range(PAGES):
        content = chance.choice(CONTENTS)
        document = make_document(f"{content}, a banker said.", address=f"{n}.txt")
        made += make_propositions(document, [make_statement(document, content, chain=("a banker",))])
    edges = [
        Edge(*sorted((p.id, q.id)), Relation.SAME_CLAIM, round(chance.uniform(0.3, 1.0), 2), (), decided_by="test")
        for at, p in enumerate(made)
        for q in made[:at]
        if chance.random() < 0.15
    ]
    return made, edges


def find_expected(propositions: list[Proposition], edges: list[Edge]) -> set[frozenset[str]]:
    by_id = {p.id: p for p in propositions}
    kept = [edge for edge in edges if edge.left in by_id and edge.right in by_id]
    return {frozenset(dict(cluster)) for cluster in find_clusters(by_id, kept) if len(cluster) > 1}


def find_kept(store: MemoryStore, propositions: list[Proposition]) -> set[frozenset[str]]:
    return {frozenset(dict(cluster)) for cluster in store.find_clusters(p.id for p in propositions)}


@pytest.mark.parametrize("seed", range(8))
def test_additions_and_removals(seed: int) -> None:
    chance = Random(seed)
    propositions, edges = make_world(chance)
    store, have = MemoryStore(), list[Proposition]()
    chance.shuffle(propositions)
    for begin in range(0, len(propositions), STEP):
        new = propositions[begin : begin + STEP]
        have += new
        ids = {p.id for p in have}
        store.write_propositions(new)
        store.write_edges(edge for edge in edges if edge.left in ids and edge.right in ids)
        regroup(store, new={p.id for p in new}, touched=set())
        assert find_kept(store, have) == find_expected(have, edges)
    assert max(map(len, find_kept(store, have))) > 2
    for gone in chance.sample(propositions, PAGES // 2):
        ends = {end for edge in store.find_edges([gone.id]) for end in (edge.left, edge.right)}
        beside = {i for cluster in store.find_clusters([gone.id]) for i, _ in cluster}
        store.delete_items([gone.id])
        have.remove(gone)
        regroup(store, new=set(), touched=(ends | beside) - {gone.id})
        assert find_kept(store, have) == find_expected(have, edges)


def test_only_what_may_have_moved_is_given() -> None:
    propositions, _ = make_world(Random(1))
    same = [p for p in propositions if p.text == CONTENTS[2]]
    near, far = same[:2], same[2:4]
    edges = [Edge(*sorted((p.id, q.id)), Relation.SAME_CLAIM, 0.9, (), decided_by="test") for p, q in (near, far)]
    store = MemoryStore()
    store.write_propositions(same)
    store.write_edges(edges)
    regroup(store, new={p.id for p in same}, touched=set())
    store.delete_items([near[0].id])
    assert regroup(store, new=set(), touched={near[1].id}) == {near[1].id}
    assert find_kept(store, same) == {frozenset(p.id for p in far)}
