"""Pages that share sentences, and what that makes of those who say the same on both."""

from __future__ import annotations

from onrecord.records import Document, Relation, Stance, Statement
from onrecord.resolve import resolve_documents
from onrecord.resolve.compare.retelling import find_retold
from onrecord.resolve.match import is_retold
from onrecord.resolve.propositions import make_propositions
from onrecord.resolve.roots import find_mouths, group_roots
from tests.factories import make_document, make_statement
from tests.resolve.pages import WordEmbedder

GREW = "the harbour wall had moved by a hand since the storm in the spring"
SPENT = "nobody had spent a crown on the harbour wall for eleven years or more"
CLOSED = "Halden harbour will be closed"


def make_page(address: str, *said: tuple[str, str]) -> tuple[Document, tuple[Statement, ...]]:
    text = "Halden harbour\n\n" + " ".join(f"{root} said {content}." for root, content in said)
    document = make_document(text, address=address)
    return document, tuple(make_statement(document, content, chain=(root,)) for root, content in said)


def find_voices(*pages: tuple[Document, tuple[Statement, ...]]) -> set[str]:
    claims = resolve_documents(pages, WordEmbedder()).claims
    closed = next(claim for claim in claims if "closed" in claim.text)
    return {position.root for position in closed.positions if position.stance is Stance.ASSERTS}


def test_who_says_the_same_where_one_page_retells_the_other_is_one_voice() -> None:
    first = make_page("a.txt", ("Ann Lee", GREW), ("Ann Lee", SPENT), ("Ann Lee", CLOSED))
    retold = make_page("b.txt", ("the engineer", GREW), ("the engineer", SPENT), ("the engineer", CLOSED))
    other = make_page("c.txt", ("the mayor", "the budget is in order"), ("the mayor", CLOSED))
    assert len(find_voices(first, retold)) == 1
    assert find_voices(first, other) == {"Ann Lee", "the mayor"}
    assert len(find_voices(first, retold, other)) == 2


def test_two_voices_of_one_page_stay_two() -> None:
    said = (("Ann Lee", CLOSED), ("Omar Haddad", "the closing of Halden harbour is near"))
    members = [p for address in ("a.txt", "b.txt") for p in make_propositions(*make_page(address, *said))]
    retold = {frozenset((p.id, q.id)) for p in members for q in members}
    assert set(group_roots(members, find_mouths(members), retold).values()) == {"Ann Lee", "Omar Haddad"}
    alone = [members[0], members[3]]
    assert len(set(group_roots(alone, find_mouths(alone), retold).values())) == 1
    assert len(set(group_roots(alone, find_mouths(alone)).values())) == 2


def test_one_shared_quotation_is_no_retelling() -> None:
    first = make_page("a.txt", ("Ann Lee", GREW), ("Ann Lee", CLOSED))
    other = make_page("b.txt", ("the mayor", GREW), ("the mayor", "the budget is in order"))
    pairs = [(p, q) for p in make_propositions(*first) for q in make_propositions(*other)]
    assert find_retold(pairs) == set()
    more = make_page("c.txt", ("the mayor", GREW), ("the mayor", SPENT))
    again = make_page("d.txt", ("Ann Lee", GREW), ("Ann Lee", SPENT))
    pairs = [(p, q) for p in make_propositions(*more) for q in make_propositions(*again)]
    assert find_retold(pairs) == {again[0].id}
    edges = [e for e in resolve_documents([more, again], WordEmbedder()).edges if e.relation is Relation.SAME_CLAIM]
    assert edges
    assert all(is_retold(edge) for edge in edges)
