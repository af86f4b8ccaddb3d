"""Components: strong edges hold them together, weak ones count only inside."""

from __future__ import annotations

from onrecord.records import Edge, Relation
from onrecord.resolve import MemoryStore
from onrecord.resolve.components import find_components
from onrecord.resolve.match import JOIN
from onrecord.resolve.propositions import make_propositions
from tests.resolve.pages import make_story


def make_store(scores: dict[tuple[int, int], float]) -> tuple[MemoryStore, list[str]]:
    store = MemoryStore()
    propositions = [p for page in make_story() for p in make_propositions(*page)]
    store.write_propositions(propositions)
    ids = [p.id for p in propositions]
    store.write_edges(
        Edge(*sorted((ids[a], ids[b])), Relation.SAME_CLAIM, score, (), decided_by="test")
        for (a, b), score in scores.items()
    )
    return store, ids


def test_weak_edges_lead_nowhere_but_count_inside() -> None:
    weak = JOIN - 0.01
    store, ids = make_store({(0, 1): JOIN, (1, 2): 0.9, (0, 2): weak, (2, 3): weak})
    components, looked_at = find_components(store, ids[:1])
    assert looked_at == set(ids[:3])
    (one,) = components
    assert {p.id for p in one.propositions} == set(ids[:3])
    assert sorted(edge.score for edge in one.edges) == [weak, JOIN, 0.9]


def test_what_is_gone_is_looked_at_and_in_no_component() -> None:
    store, ids = make_store({(0, 1): 0.9})
    store.delete_items(ids[:1])
    components, looked_at = find_components(store, ids[:2])
    assert looked_at == set(ids[:2])
    assert [[p.id for p in one.propositions] for one in components] == [[ids[1]]]
