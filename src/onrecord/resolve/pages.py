"""The incremental step: new documents to keys, edges and claims in a store; and taking documents out again.

A new document is compared with what shares a key with it; only claims of clusters that change by it are made again. The
outcome is that of resolving everything at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np

from onrecord.records import Document, Edge, Relation, Statement
from onrecord.resolve.base import KEPT_AS, ClaimStore, Embeds, Proposition, Reads, Resolution, Vector
from onrecord.resolve.claims import leads_out, make_claims
from onrecord.resolve.copies import LEAD, make_sketch, match_documents
from onrecord.resolve.keys import LIMIT, is_band, make_document_keys, make_statement_keys, widen_keys
from onrecord.resolve.match import LEAST_COSINE, match_pairs
from onrecord.resolve.memory import MemoryStore
from onrecord.resolve.propositions import add_vectors, find_context, find_wordings, make_propositions
from onrecord.resolve.regroup import regroup

ROUNDING = 1e-4  # cosines of a whole table differ in the last places from those of a pair
NEAR_LEAD = 0.4  # cosine of two leads: a translation into German comes to that at least, a copy in English to 0.5
# bounds on what a statement or document is compared with, however busy its topic; no story of the tests comes near them
SHARING, NEAREST = 150, 60

Pair = tuple[str, str]
"""The ids of two items, ordered."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page ready to be compared, made by looking at it alone: vectors and keys are those of its items."""

    document: Document
    statements: tuple[Statement, ...]
    propositions: tuple[Proposition, ...]
    vectors: Mapping[str, Vector]
    keys: Mapping[str, frozenset[int]]

    def is_of(self, document: Document, statements: Sequence[Statement]) -> bool:
        """Whether it was made of the page as a store gives it back, whose way to the raw text stays behind."""
        own = replace(self.document, origin=(), first_seen=document.first_seen)
        return self.statements == tuple(statements) and own == replace(document, origin=())


def resolve_documents(
    pages: Iterable[tuple[Document, Sequence[Statement]]], embedder: Embeds, reader: Reads | None = None
) -> Resolution:
    """All at once, in memory: the edges and claims of documents with their statements."""
    store = MemoryStore()
    for document, statements in pages:
        store.put_page(document, statements)
    add_documents(store, list(store.documents), embedder, reader)
    return Resolution(store.edges, tuple(store.claims[claim] for claim in sorted(store.claims)))


def add_documents(
    store: ClaimStore,
    document_ids: Iterable[str],
    embedder: Embeds,
    reader: Reads | None = None,
    *,
    prepared: Mapping[str, Prepared] | None = None,
) -> None:
    """Let the claims know of documents that the store already holds. Doing so again changes nothing.

    Without a `reader`, rules alone decide what is one claim.

    What is `prepared`, by document id, is taken as it is where it was made of the page that the store holds.
    """
    ids = sorted(set(document_ids))
    touched, before = _forget(store, ids)
    pages = prepare_documents(store, ids, embedder, prepared=prepared or {})
    matched: set[Pair] = set()
    beyond: set[str] = set()
    for page in pages:
        edges = match_document(store, page.document.id, page.propositions, page.keys, matched, reader)
        store.write_edges(edges)
        beyond |= {end for edge in edges if leads_out(edge) for end in (edge.left, edge.right)}
    changed = beyond | regroup(store, new={p.id for page in pages for p in page.propositions}, touched=touched)
    _remake_claims(store, changed | store.find_propositions_of(before | _find_copies(store, ids)))


def remove_documents(store: ClaimStore, document_ids: Iterable[str]) -> None:
    """Take the effects of documents back, before the store drops them."""
    touched, copies = _forget(store, sorted(set(document_ids)))
    _remake_claims(store, regroup(store, new=(), touched=touched) | store.find_propositions_of(copies))


def _forget(store: ClaimStore, ids: Sequence[str]) -> tuple[set[str], set[str]]:
    """Take out all that was made of documents; gives what had an edge to it or was in a cluster with it, and copies."""
    own = store.find_propositions_of(ids)
    beside = {i for cluster in store.find_clusters(sorted(own)) for i, _ in cluster}
    touched = (_find_ends(store, own) | beside) - own
    copies = _find_copies(store, ids)
    store.replace_claims(sorted(store.find_claims(_find_statements(own))), ())
    store.delete_items([*own, *ids])
    return touched, copies


def _find_copies(store: ClaimStore, ids: Sequence[str]) -> set[str]:
    """Other documents that one of these is a copy of, or the other way round."""
    return _find_ends(store, ids) - set(ids)


def _find_ends(store: ClaimStore, ids: Iterable[str]) -> set[str]:
    return {end for edge in store.find_edges(ids) for end in (edge.left, edge.right)}


def prepare_document(document: Document, statements: Sequence[Statement], embedder: Embeds) -> Prepared:
    """The propositions, keys and vectors of a page."""
    own = make_propositions(document, statements)
    wordings = {document.id: document.text[:LEAD], **find_wordings(own)}
    # as exact as a store keeps them: what is read back must not differ from what was made now
    rounded = embedder.embed(list(wordings.values())).astype(KEPT_AS).astype(np.float32)
    vectors: Mapping[str, Vector] = dict(zip(wordings, rounded, strict=True))
    propositions = add_vectors(own, vectors)
    day = document.published.value[:10] if document.published else ""
    about = make_document_keys(document.text, day, find_context(document.text), vectors[document.id])
    keys = {document.id: about, **{p.id: make_statement_keys(p) for p in propositions}}
    return Prepared(document, tuple(statements), propositions, vectors, keys)


def prepare_documents(
    store: ClaimStore, ids: Sequence[str], embedder: Embeds, *, prepared: Mapping[str, Prepared]
) -> list[Prepared]:
    """Put the propositions, keys and vectors of documents in, made now where they are not `prepared`."""
    documents, statements = store.find_documents(ids), store.find_statements(ids)
    pages = []
    for document_id, document in sorted(documents.items()):
        own, page = statements.get(document_id, ()), prepared.get(document_id)
        pages.append(page if page and page.is_of(document, own) else prepare_document(document, own, embedder))
    store.write_vectors({item: vector for page in pages for item, vector in page.vectors.items()})
    store.write_propositions([p for page in pages for p in page.propositions])
    store.write_keys({item: keys for page in pages for item, keys in page.keys.items()})
    return pages


def match_document(
    store: ClaimStore,
    document_id: str,
    propositions: Sequence[Proposition],
    keys: Mapping[str, Iterable[int]],
    matched: set[Pair],
    reader: Reads | None,
) -> list[Edge]:
    """The edges between a document with its propositions and all that the store holds; `keys` are their own.

    Pairs that are `matched` already are left out, and those that are matched now put down: of two documents that come
    in together, each is near the other.
    """
    return [
        *_match_statements(store, document_id, propositions, keys, matched, reader),
        *_match_copies(store, document_id, keys[document_id], matched),
    ]


def _match_statements(
    store: ClaimStore,
    document_id: str,
    propositions: Sequence[Proposition],
    keys: Mapping[str, Iterable[int]],
    matched: set[Pair],
    reader: Reads | None,
) -> list[Edge]:
    found = {i: _leave_out(i, near, matched) for i, near in _find_near(store, propositions, keys).items()}
    others = store.find_propositions({i for ids in found.values() for i in ids})
    pairs = [(p, others[i]) for p in propositions for i in found[p.id] if i in others]
    leads = store.find_vectors({document_id, *(q.document_id for _, q in pairs)})
    near = {other: round(float(leads[document_id] @ lead), 4) for other, lead in leads.items()}
    inside = ((p, q, 1.0) for p, q in _find_pairs(propositions))
    across = ((p, q, near[q.document_id]) for p, q in pairs)
    return match_pairs((*inside, *across), reader)


def _leave_out(item: str, others: Iterable[str], matched: set[Pair]) -> list[str]:
    """Those of the others that the item is not matched with yet, ordered."""
    new = [other for other in sorted(others) if _order(item, other) not in matched]
    matched.update(_order(item, other) for other in new)
    return new


def _order(item: str, other: str) -> Pair:
    return (item, other) if item < other else (other, item)


def _find_pairs(propositions: Sequence[Proposition]) -> Iterator[tuple[Proposition, Proposition]]:
    """The pairs of one document that are near enough in meaning, and those that point at something."""
    if not propositions:
        return
    nothing = np.zeros_like(next((p.vector for p in propositions if p.vector is not None), np.zeros(1, np.float32)))
    table = np.stack([nothing if p.vector is None else p.vector for p in propositions])
    points = np.array([p.points_at is not None for p in propositions])
    wanted = (table @ table.T >= LEAST_COSINE - ROUNDING) | points | points[:, np.newaxis]
    for at, beside in np.argwhere(np.triu(wanted, 1)).tolist():
        yield propositions[at], propositions[beside]


def _find_near(
    store: ClaimStore, propositions: Sequence[Proposition], own_keys: Mapping[str, Iterable[int]]
) -> dict[str, set[str]]:
    """For each proposition of a document, those of others that share a key with it and are nearest to it in meaning."""
    own = {p.id for p in propositions}
    keys = {p.id: widen_keys(own_keys[p.id]) for p in propositions}
    items = store.find_items({key for some in keys.values() for key in some}, limit=LIMIT)
    sharing = {p.id: _find_likeliest([items.get(key, ()) for key in sorted(keys[p.id])]) - own for p in propositions}
    table = _Table(store.find_vectors({item for some in sharing.values() for item in some}))
    return {p.id: table.find_nearest(sharing[p.id], p.vector, least=LEAST_COSINE) for p in propositions}


def _find_likeliest(lists: Iterable[Sequence[str]]) -> set[str]:
    """The SHARING items that stand in the most of the lists, a short one counting for more than a long one."""
    weights: defaultdict[str, float] = defaultdict(float)
    for items in lists:
        share = 1 / len(items) if items else 0.0
        for item in items:
            weights[item] += share
    if len(weights) <= SHARING:
        return set(weights)
    least = np.partition(np.fromiter(weights.values(), float, len(weights)), -SHARING)[-SHARING]
    found = {item for item, weight in weights.items() if weight > least}
    ties = sorted(item for item, weight in weights.items() if weight == least)
    return found.union(ties[: SHARING - len(found)])


class _Table:
    """Vectors in one array, looked at for each proposition of a document."""

    def __init__(self, vectors: Mapping[str, Vector]) -> None:
        self._items = sorted(vectors)
        self._places = {item: place for place, item in enumerate(self._items)}
        size = len(vectors[self._items[0]]) if vectors else 1
        rows = [vectors[item] for item in self._items] or [np.zeros(0, np.float32)]
        self._rows = np.concatenate(rows).reshape(len(self._items), size)

    def find_nearest(self, items: Set[str], vector: Vector | None, *, least: float) -> set[str]:
        """The NEAREST items with a cosine of `least` or more; without a vector nothing can be said against an item."""
        places = np.array(sorted(self._places[item] for item in items if item in self._places), np.int64)
        if vector is None or not len(places):
            return set(items)
        cosines = self._rows[places] @ vector
        best = np.argsort(-cosines, kind="stable")[:NEAREST]
        near = {self._items[place] for place in places[best[cosines[best] >= least]]}
        return near | {item for item in items if item not in self._places}


def _match_copies(store: ClaimStore, document_id: str, keys: Iterable[int], matched: set[Pair]) -> list[Edge]:
    items = store.find_items(widen_keys(keys), limit=LIMIT)
    # runs in common speak for themselves; the same names do for all that a busy day writes of them
    alike = {item for key, some in items.items() if is_band(key) for item in some} - {document_id}
    others = {item for some in items.values() for item in some} - alike - {document_id}
    vectors = store.find_vectors(alike | others | {document_id})
    near = alike | _Table(vectors).find_nearest(others, vectors.get(document_id), least=NEAR_LEAD)
    new = _leave_out(document_id, near, matched)
    if not new:
        return []
    found = store.find_documents([*new, document_id])
    sketch = make_sketch(found[document_id], vectors.get(document_id))
    return [
        edge
        for i, other in sorted(found.items())
        if i != document_id and (edge := match_documents(sketch, make_sketch(other, vectors.get(i))))
    ]


def _remake_claims(store: ClaimStore, ids: Iterable[str]) -> None:
    """Make the claims of the clusters that hold one of these propositions anew, and all that go with what they say."""
    statements = _find_statements(ids)
    # claims are found, and so replaced, by the statements that they hold, of which each may be in several
    own = _find_propositions_of(store, statements)
    clusters = [*store.find_clusters(sorted(own))]
    together = {i for cluster in clusters for i, _ in cluster}
    clusters += [((i, 0),) for i in sorted(own - together)]
    beyond = [edge for edge in store.find_contradictions(own | together) if leads_out(edge)]
    propositions = store.find_propositions(own | together | {end for e in beyond for end in (e.left, e.right)})
    documents = {propositions[i].document_id for i in own | together}
    copies = {e.left: e.right for e in store.find_edges(sorted(documents)) if e.relation is Relation.COPY_OF}
    leading_out = [edge for edge in beyond if not {edge.left, edge.right} <= together]
    made = make_claims(propositions, clusters, [*store.find_edges_between(together), *leading_out], copies=copies)
    store.replace_claims(sorted(store.find_claims(sorted(statements))), made)


def _find_propositions_of(store: ClaimStore, statements: Iterable[str]) -> set[str]:
    """The ids of all that these statements put forward."""
    found: set[str] = set()
    more, nth = store.find_propositions(statements), 1
    while more:
        found |= more.keys()
        more = store.find_propositions(f"{i.partition('/')[0]}/{nth}" for i in more)
        nth += 1
    return found


def _find_statements(propositions: Iterable[str]) -> set[str]:
    return {i.partition("/")[0] for i in propositions}
