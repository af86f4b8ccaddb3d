"""The whole resolver on records: one claim from five pages, in any order, and with pages taken out again."""

from __future__ import annotations

import pickle
import random
from dataclasses import replace

from onrecord.records import Act, Polarity, Relation, Stance, Status
from onrecord.resolve import (
    MemoryStore,
    Resolution,
    add_documents,
    prepare_document,
    remove_documents,
    resolve_documents,
)
from tests.factories import BrokenEmbedder
from tests.resolve.pages import Page, WordEmbedder, make_page, make_rivals, make_story, make_withdrawal

EMBEDDER = WordEmbedder()


def put(store: MemoryStore, page: Page) -> None:
    store.put_page(*page)
    add_documents(store, [page[0].id], EMBEDDER)


def find(store: MemoryStore) -> Resolution:
    return Resolution(store.edges, tuple(store.claims[i] for i in sorted(store.claims)))


def test_denied_then_admitted() -> None:
    story = make_story()
    ids = {document.address: document.id for document, _ in story}
    resolution = resolve_documents(story, EMBEDDER)
    claim = max(resolution.claims, key=lambda claim: len(claim.documents))
    assert claim.text == "Eastland asked Westmark for forty tanks"
    assert claim.status is Status.CONFIRMED
    assert set(claim.documents) == {ids[name] for name in ("a.txt", "b.txt", "c.txt", "d.txt")}
    assert claim.independent_roots == 2  # two pages tell of the same two officials
    assert [(change.day, change.status) for change in claim.history] == [
        ("2023-05-02", Status.SINGLE_SOURCE),
        ("2023-05-04", Status.DISPUTED),
        ("2023-05-09", Status.CONFIRMED),
    ]
    denial = next(p for p in claim.positions if p.stance is Stance.DENIES)
    assert (denial.root, denial.withdrawn, denial.first) == ("Eastland", True, "2023-05-04")


def test_the_later_page_is_the_copy() -> None:
    story = make_story()
    ids = {document.address: document.id for document, _ in story}
    copies = [e for e in resolve_documents(story, EMBEDDER).edges if e.relation is Relation.COPY_OF]
    assert [(e.left, e.right) for e in copies] == [(ids["b.txt"], ids["a.txt"])]
    assert all(e.parts for e in copies)


def test_another_figure_disputes_whatever_came_first() -> None:
    claims = resolve_documents(make_rivals(), EMBEDDER).claims
    assert {(claim.status, claim.independent_roots) for claim in claims} == {(Status.DISPUTED, 2), (Status.DISPUTED, 1)}
    alone = resolve_documents(make_rivals()[1:2], EMBEDDER).claims
    assert [claim.status for claim in alone] == [Status.SINGLE_SOURCE]


def test_what_is_only_named_is_taken_back_on_another_page() -> None:
    before, after = (resolve_documents(make_withdrawal()[:pages], EMBEDDER).claims for pages in (2, 3))
    assert [(claim.status, claim.independent_roots) for claim in before] == [(Status.CORROBORATED, 2)]
    (claim,) = (claim for claim in after if len(claim.documents) > 1)
    assert (claim.status, claim.independent_roots) == (Status.SINGLE_SOURCE, 1)
    assert {p.root.lower(): p.withdrawn for p in claim.positions if p.stance is Stance.ASSERTS} == {
        "the city": True,
        "a butcher": False,
    }
    alone = resolve_documents([make_withdrawal()[0], make_withdrawal()[2]], EMBEDDER).claims
    assert Status.RETRACTED in {claim.status for claim in alone}


def test_order_leaves_no_trace() -> None:
    expected = resolve_documents([*make_story(), *make_rivals(), *make_withdrawal()], EMBEDDER)
    for seed in range(20):
        store, story = MemoryStore(), [*make_story(), *make_rivals(), *make_withdrawal()]
        random.Random(seed).shuffle(story)
        for page in story:
            put(store, page)
        assert find(store) == expected


def test_removal_takes_effects_back() -> None:
    story = [*make_story(), *make_rivals(), *make_withdrawal()]
    for gone in range(len(story)):
        store = MemoryStore()
        for page in story:
            put(store, page)
        remove_documents(store, [story[gone][0].id])
        store.drop_page(story[gone][0].id)
        assert find(store) == resolve_documents(story[:gone] + story[gone + 1 :], EMBEDDER)


def test_adding_again_changes_nothing() -> None:
    store = MemoryStore()
    for page in make_story():
        put(store, page)
    before = find(store)
    add_documents(store, list(store.documents), EMBEDDER)
    assert find(store) == before


def test_prepared_elsewhere_is_the_same() -> None:
    store, story = MemoryStore(), make_story()
    for page in story:
        store.put_page(*page)
    prepared = {document.id: prepare_document(document, said, EMBEDDER) for document, said in story}
    sent = pickle.loads(pickle.dumps(prepared))
    add_documents(store, list(store.documents), BrokenEmbedder(), prepared=sent)
    assert find(store) == resolve_documents(make_story(), EMBEDDER)


def test_prepared_from_another_state_of_the_page_is_not_used() -> None:
    store, story = MemoryStore(), make_story()
    for page in story:
        store.put_page(*page)
    stale = {}
    for nth, (document, said) in enumerate(story):
        other = (replace(document, outlet="Elsewhere"), said) if nth % 2 else (document, said[1:])
        stale[document.id] = prepare_document(*other, EMBEDDER)
    add_documents(store, list(store.documents), EMBEDDER, prepared=stale)
    assert find(store) == resolve_documents(make_story(), EMBEDDER)


STORY = "Both have been at odds over the border and its river for a year, and talks about it begin this spring."


def find_together(left: str, right: str, *, later: str = "2023-05-06", beside: str = STORY) -> bool:
    """Whether what officials say on one page and the ministry denies on a later one is one claim."""
    asserted = make_page("a.txt", f"One\n\n{left}, officials said. {beside}", "2023-05-02", "officials", left)
    denial = {"polarity": Polarity.NEGATIVE, "act": Act.DENY}
    text = f"Two\n\nThe ministry denied it: {right}. {beside}"
    denied = make_page("b.txt", text, later, "the ministry", right, **denial)
    return any(len(claim.documents) > 1 for claim in resolve_documents([asserted, denied], EMBEDDER).claims)


def test_a_capital_leads_to_its_country() -> None:
    assert find_together("Russia asked China for new weapons", "Moscow asked Beijing for new weapons")
    assert not find_together("Norway asked Chile for new weapons", "Moscow asked Beijing for new weapons", later="2024")


def test_pages_of_other_stories_do_not_share_a_claim() -> None:
    left, right = "Marlow closed the school in Ander", "Marlow would close a school"
    assert find_together(left, right)
    assert not find_together(left, right, beside="")


def test_nearly_the_same_words_in_the_same_days_need_no_common_name() -> None:
    left = "substitute teachers received no salary since the winter holidays in Marlow"
    right = "substitute teachers received their salary since the winter holidays"
    assert find_together(left, f"Borrel says {right}")
    assert not find_together(left, f"Borrel says {right}", later="2023-06-06")
