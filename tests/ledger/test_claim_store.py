"""One contract for every claim store: in memory, on SQLite and on PostgreSQL the same goes in and comes out."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from onrecord.ledger import Ledger, open_ledger
from onrecord.ledger.claim_store import SQLClaimStore, find_pending, forget_decisions, remove_document, resolving
from onrecord.query import find_claims
from onrecord.records import Claim, Document, Edge, Moment, Part, Relation, Statement, Status
from onrecord.resolve import ClaimStore, MemoryStore, add_documents, remove_documents, resolve_documents
from onrecord.resolve.propositions import add_vectors, make_propositions
from tests.factories import PlainExtractor, WordEmbedder, make_document, make_raw

PAGES = (
    ("Westmark said", "Anna Belov said that Eastland had asked Westmark for forty tonnes of military equipment."),
    ("Eastland denied", "Carl Dorn said that Eastland had not asked Westmark for forty tonnes of military equipment."),
    ("Harbour", "Emil Falk said that the harbour of Oldport will stay closed until the end of March."),
    ("Again", "Gita Hult said that Eastland had asked Westmark for forty tonnes of military equipment."),
)


def make_pages() -> list[tuple[Document, tuple[Statement, ...]]]:
    pages = []
    for n, (title, text) in enumerate(PAGES):
        document = make_document(
            f"{title}\n\n{text}\n", address=f"{n}.txt", outlet=f"Paper {n}", published=Moment(f"2022-03-1{n}", "given")
        )
        pages.append((document, PlainExtractor().extract_statements(document)))
    return pages


class Kept:
    """A store of any kind with the pages put in."""

    def __init__(self, ledger: Ledger | None) -> None:
        self.ledger, self.memory = ledger, MemoryStore()
        self.pages = make_pages()
        for document, statements in self.pages:
            if ledger is None:
                self.memory.put_page(document, statements)
            else:
                ledger.write_page(make_raw(document.text, address=document.address), document, statements)

    def use(self, ids: Sequence[str] = ()) -> Any:
        """A context that gives the store."""
        if self.ledger is None:
            return nullcontext(self.memory)
        return resolving(self.ledger, ids)

    def claims(self) -> dict[str, Claim]:
        if self.ledger is None:
            return self.memory.claims
        return {claim.id: claim for claim in find_claims(self.ledger, limit=100).items}


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    if request.param == "memory":
        yield Kept(None)
        return
    is_sqlite = request.param == "sqlite"
    ledger = open_ledger(tmp_path / "ledger.sqlite" if is_sqlite else request.getfixturevalue("postgres_url"))
    yield Kept(ledger)
    ledger.close()


def test_pages(kept: Kept) -> None:
    [(first, statements), (second, _), *_] = kept.pages
    with kept.use() as store:
        found = store.find_documents([second.id, "d-none", first.id])
        assert {i: d.text for i, d in found.items()} == {first.id: first.text, second.id: second.text}
        assert store.find_statements([first.id]) == {first.id: statements}


def test_propositions(kept: Kept) -> None:
    [(first, statements), (second, others), *_] = kept.pages
    plain, other = make_propositions(first, statements), make_propositions(second, others)
    vector = np.ones(384, np.float32)
    own = add_vectors(plain, {plain[0].id: vector})
    with kept.use() as store:
        store.write_vectors({own[0].id: vector})
        store.write_propositions([*own, *other])
        store.write_propositions(own)
    with kept.use() as store:
        found = store.find_propositions([own[0].id, "s-none"])
        assert list(found) == [own[0].id]
        assert np.array_equal(found[own[0].id].vector, vector)
        assert replace(found[own[0].id], vector=None) == plain[0]
        assert store.find_propositions_of([first.id, "d-none"]) == {p.id for p in own}
        store.delete_items([p.id for p in own])
        assert store.find_propositions_of([first.id, second.id]) == {p.id for p in other}
        assert store.find_propositions([own[0].id]) == {}


def test_keys(kept: Kept) -> None:
    a, b, c, none = 1, 2**62, 3, 4

    def find(store: ClaimStore, *keys: int, limit: int = 9) -> dict[int, list[str]]:
        return {key: sorted(items) for key, items in store.find_items(keys, limit=limit).items() if items}

    with kept.use() as store:
        store.write_keys({"s3": [a, b], "s1": [a], "s2/1": [a], "s2": [a]})
        assert find(store, a, b, none) == {a: ["s1", "s2", "s2/1", "s3"], b: ["s3"]}
        # those with the smallest ids, by code points whatever the locale
        assert find(store, a, limit=3) == {a: ["s1", "s2", "s2/1"]}
        store.write_keys({"s3": [c]})
        assert find(store, a, b, c) == {a: ["s1", "s2", "s2/1"], c: ["s3"]}
        store.delete_items(["s1", "s3"])
        assert find(store, a, b, c) == {a: ["s2", "s2/1"]}


def test_vectors(kept: Kept) -> None:
    vector = np.arange(384, dtype=np.float32)
    with kept.use() as store:
        store.write_vectors({"s1": vector, "s2": -vector})
        store.write_vectors({"s2": vector * 2})
        found = store.find_vectors(["s1", "s2", "s3"])
        assert sorted(found) == ["s1", "s2"]
        assert np.array_equal(found["s1"], vector)
        assert np.array_equal(found["s2"], vector * 2)
        assert store.find_vectors(["s3"]) == {}


def test_edges(kept: Kept) -> None:
    stamp = "2022-03-14T09:00:00+00:00"

    def edge(left: str, right: str, **fields: Any) -> Edge:
        parts = (Part("cosine", 0.9, "alike"),)
        return Edge(left, right, Relation.SAME_CLAIM, fields.pop("score", 0.5), parts, "test", stamp, **fields)

    with kept.use() as store:
        store.write_edges([edge("s2", "s3"), edge("s1", "s2"), edge("s1", "s9", withdrawn_at=stamp)])
        store.write_edges([edge("s1", "s2", score=0.7)])
        assert store.find_edges(["s2"]) == [edge("s1", "s2", score=0.7), edge("s2", "s3")]
        assert store.find_edges(["s3", "s9"]) == [edge("s2", "s3")]
        assert sorted(store.find_links(["s2"])) == [("s1", "s2", 0.7), ("s2", "s3", 0.5)]
        assert store.find_edges_between(["s1", "s2", "s9"]) == [edge("s1", "s2", score=0.7)]
        store.delete_items(["s3"])
        assert store.find_edges(["s2", "s3"]) == [edge("s1", "s2", score=0.7)]


def test_contradictions(kept: Kept) -> None:
    same = Edge("s1", "s2", Relation.SAME_CLAIM, 0.5, (), "test")
    against, gone = (Edge(a, "s3", Relation.CONTRADICTS, 0.5, (), "test") for a in ("s1", "s2"))
    with kept.use() as store:
        store.write_edges([same, against, replace(gone, withdrawn_at="2022-03-14T09:00:00+00:00")])
        for ends in (["s1"], ["s3"], ["s1", "s2", "s3"]):
            (found,) = store.find_contradictions(ends)
            assert replace(found, decided_at=None) == against
        assert not store.find_contradictions(["s2"])


def test_clusters(kept: Kept) -> None:
    first, second = (("s2", 0), ("s1", 3), ("s4/1", 9)), (("s3", 0), ("s5", 1))
    with kept.use() as store:
        store.write_clusters([first, second, (("s6", 0),)])
        assert store.find_clusters(["s1", "s4/1", "s6", "s7"]) == [first]
        assert store.find_clusters(["s5", "s2"]) == [first, second]
        store.write_clusters([(("s1", 0), ("s3", 2)), (("s2", 0), ("s4/1", 1)), (("s5", 0),)])
        assert store.find_clusters(["s1", "s2", "s3", "s5"]) == [(("s1", 0), ("s3", 2)), (("s2", 0), ("s4/1", 1))]
        store.delete_items(["s2", "s3", "s1"])
        assert [dict(one).keys() for one in store.find_clusters(["s1", "s4/1"])] == [{"s4/1"}]


def test_the_outcome_is_that_of_resolving_in_memory(kept: Kept) -> None:
    expected = resolve_documents(kept.pages, WordEmbedder())
    ids = [document.id for document, _ in kept.pages]
    for some in (ids[2:], ids[:2]):  # in two goes, and not in order
        with kept.use(some) as store:
            add_documents(store, some, WordEmbedder())
    assert {claim.id: claim for claim in expected.claims} == kept.claims()
    assert Status.DISPUTED in {claim.status for claim in expected.claims}


def test_removing_takes_the_effects_back(kept: Kept) -> None:
    ids = [document.id for document, _ in kept.pages]
    with kept.use(ids) as store:
        add_documents(store, ids, WordEmbedder())
    with kept.use() as store:
        remove_documents(store, [ids[1]])
    if kept.ledger is not None:
        kept.ledger.remove_document(ids[1])
    expected = resolve_documents([page for page in kept.pages if page[0].id != ids[1]], WordEmbedder())
    assert {claim.id: claim for claim in expected.claims} == kept.claims()


def test_a_removal_that_breaks_off_leaves_everything(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Kept(ledger)
    ids = [document.id for document, _ in kept.pages]
    with kept.use(ids) as store:
        add_documents(store, ids, WordEmbedder())
    before = kept.claims()
    with monkeypatch.context() as patch:
        patch.setattr(ledger, "drop_document", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            remove_document(ledger, ids[1])
    assert kept.claims() == before
    assert remove_document(ledger, ids[1])
    assert not remove_document(ledger, ids[1])
    assert not ledger.has_document(ids[1])
    assert all(ids[1] not in claim.documents for claim in kept.claims().values())


def test_a_broken_step_leaves_no_trace(ledger: Ledger) -> None:
    kept = Kept(ledger)
    ids = [document.id for document, _ in kept.pages]

    def break_off(store: ClaimStore) -> None:
        add_documents(store, ids, WordEmbedder())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), kept.use(ids) as store:
        break_off(store)
    assert kept.claims() == {}
    assert find_pending(ledger, limit=10) == ids


def test_forgetting(ledger: Ledger) -> None:
    kept = Kept(ledger)
    ids = [document.id for document, _ in kept.pages]
    with kept.use(ids) as store:
        assert isinstance(store, SQLClaimStore)
        add_documents(store, ids, WordEmbedder())
    assert find_pending(ledger, limit=10) == []
    forget_decisions(ledger)
    assert (kept.claims(), find_pending(ledger, limit=10)) == ({}, ids)


@pytest.mark.postgres
def test_two_resolvers_at_once(postgres_url: str) -> None:
    ledger = open_ledger(postgres_url)
    kept = Kept(ledger)
    failed: list[BaseException] = []

    def resolve(ids: Sequence[str]) -> None:
        try:
            for document_id in ids:
                with resolving(ledger, [document_id]) as store:
                    add_documents(store, [document_id], WordEmbedder())
        except BaseException as error:  # noqa: BLE001 - handed to the test
            failed.append(error)

    ids = [document.id for document, _ in kept.pages]
    resolvers = [threading.Thread(target=resolve, args=(some,)) for some in (ids[:3], ids[1:])]
    for resolver in resolvers:
        resolver.start()
    for resolver in resolvers:
        resolver.join()
    assert failed == []
    assert find_pending(ledger, limit=10) == []
    expected = resolve_documents(kept.pages, WordEmbedder())
    assert {claim.id: claim for claim in expected.claims} == kept.claims()
    ledger.close()
