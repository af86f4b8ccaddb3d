"""The incremental step: new documents to keys, edges and claims in a store; and taking documents out again.

A new document is compared with what shares a key with it; only the claims of the components that it touches are made
again. The outcome is that of resolving everything at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from onrecord.records import Document, Edge, Relation, Statement
from onrecord.resolve.base import ClaimStore, Embeds, Proposition, Resolution, Vector
from onrecord.resolve.claims import make_claims
from onrecord.resolve.copies import LEAD, make_sketch, match_documents
from onrecord.resolve.keys import (
    LIMIT,
    find_document_keys,
    find_statement_keys,
    make_document_keys,
    make_statement_keys,
)
from onrecord.resolve.match import match_propositions
from onrecord.resolve.memory import MemoryStore
from onrecord.resolve.propositions import add_vectors, find_context, find_wordings, make_propositions
from onrecord.resolve.wording import find_names

COMPONENT = 3000  # statements of one component that claims are made from at most
STATEMENT_RELATIONS = (Relation.SAME_CLAIM, Relation.CONTRADICTS)


def resolve_documents(pages: Iterable[tuple[Document, Sequence[Statement]]], embedder: Embeds) -> Resolution:
    """All at once, in memory: the edges and claims of documents with their statements."""
    store = MemoryStore()
    for document, statements in pages:
        store.put_page(document, statements)
    add_documents(store, list(store.documents), embedder)
    return Resolution(store.edges, tuple(store.claims[claim] for claim in sorted(store.claims)))


def add_documents(store: ClaimStore, document_ids: Iterable[str], embedder: Embeds) -> None:
    """Let the claims know of documents that the store already holds. Doing so again changes nothing."""
    ids = sorted(set(document_ids))
    new = _prepare(store, ids, embedder)
    touched: set[str] = set()
    for document_id, propositions in new.items():
        edges = _match_statements(store, propositions)
        store.write_edges([*edges, *_match_copies(store, document_id)])
        touched.update(p.id for p in propositions)
    copies = [edge for edge in store.find_edges(ids) if edge.relation is Relation.COPY_OF]
    _remake_claims(store, touched | _find_propositions_of(store, {end for e in copies for end in (e.left, e.right)}))


def remove_documents(store: ClaimStore, document_ids: Iterable[str]) -> None:
    """Take the effects of documents back, before the store drops them."""
    ids = sorted(set(document_ids))
    own = _find_propositions_of(store, ids)
    touched = {end for edge in store.find_edges(own) for end in (edge.left, edge.right)} - own
    copies = {end for edge in store.find_edges(ids) for end in (edge.left, edge.right)} - set(ids)
    store.replace_claims(sorted(store.find_claims(_find_statements(own))), ())
    store.delete_items([*own, *ids])
    _remake_claims(store, touched | _find_propositions_of(store, copies))


def _prepare(store: ClaimStore, ids: Sequence[str], embedder: Embeds) -> dict[str, tuple[Proposition, ...]]:
    """Keys and vectors of new documents and their statements."""
    documents, statements = store.find_documents(ids), store.find_statements(ids)
    new = {}
    for document_id, document in sorted(documents.items()):
        own = make_propositions(document, statements.get(document_id, ()))
        wordings = {document_id: document.text[:LEAD], **find_wordings(own)}
        vectors: Mapping[str, Vector] = dict(zip(wordings, embedder.embed(list(wordings.values())), strict=True))
        store.write_vectors(vectors)
        new[document_id] = add_vectors(own, vectors)
        keys = {p.id: make_statement_keys(p) for p in new[document_id]}
        store.write_keys({document_id: make_document_keys(*_describe(document), vectors[document_id]), **keys})
    return new


def _match_statements(store: ClaimStore, propositions: Sequence[Proposition]) -> list[Edge]:
    own = {p.id for p in propositions}
    found = {p.id: store.find_items(find_statement_keys(p), limit=LIMIT) - own for p in propositions}
    others = _load(store, {i for ids in found.values() for i in ids})
    edges = []
    for at, p in enumerate(propositions):
        near = [others[i] for i in sorted(found[p.id]) if i in others]
        edges += [edge for q in (*propositions[at + 1 :], *near) if (edge := match_propositions(p, q))]
    return edges


def _match_copies(store: ClaimStore, document_id: str) -> list[Edge]:
    vector = store.find_vectors([document_id]).get(document_id)
    document = store.find_documents([document_id])[document_id]
    near = store.find_items(find_document_keys(*_describe(document), vector), limit=LIMIT) - {document_id}
    sketch = make_sketch(document, vector)
    vectors = store.find_vectors(near)
    others = [make_sketch(other, vectors.get(i)) for i, other in sorted(store.find_documents(near).items())]
    return [edge for other in others if (edge := match_documents(sketch, other))]


def _describe(document: Document) -> tuple[str, str, frozenset[str]]:
    day = document.published.value[:10] if document.published else ""
    return document.text, day, find_context(document.text, find_names(document.text))


def _load(store: ClaimStore, ids: Iterable[str]) -> dict[str, Proposition]:
    """Statements as propositions; they are made again from their documents, only vectors are kept."""
    wanted = set(ids)
    documents = store.find_documents(sorted(set(store.find_owners({i.partition("/")[0] for i in wanted}).values())))
    statements = store.find_statements(documents)
    found: dict[str, Proposition] = {}
    for document_id, document in documents.items():
        own = make_propositions(document, statements.get(document_id, ()))
        vectors = store.find_vectors(p.id for p in own)
        found.update((p.id, p) for p in add_vectors(own, vectors) if p.id in wanted)
    return found


def _remake_claims(store: ClaimStore, ids: Iterable[str]) -> None:
    """Make the claims of every component that one of these statements is in anew."""
    members = set(ids)
    todo = members
    edges: dict[tuple[str, str], Edge] = {}
    while todo and len(members) < COMPONENT:
        for edge in store.find_edges(sorted(todo)):
            if edge.relation in STATEMENT_RELATIONS:
                edges[edge.left, edge.right] = edge
        todo = {end for pair in edges for end in pair} - members
        members |= todo
    propositions = _load(store, members)
    documents = {p.document_id for p in propositions.values()}
    copies = {e.left: e.right for e in store.find_edges(sorted(documents)) if e.relation is Relation.COPY_OF}
    made = make_claims(propositions.values(), [edges[key] for key in sorted(edges)], copies=copies)
    store.replace_claims(sorted(store.find_claims(_find_statements(members))), made)


def _find_propositions_of(store: ClaimStore, document_ids: Iterable[str]) -> set[str]:
    ids = sorted(set(document_ids))
    statements = store.find_statements(ids)
    return {
        p.id
        for document_id, document in store.find_documents(ids).items()
        for p in make_propositions(document, statements.get(document_id, ()))
    }


def _find_statements(propositions: Iterable[str]) -> set[str]:
    return {i.partition("/")[0] for i in propositions}
