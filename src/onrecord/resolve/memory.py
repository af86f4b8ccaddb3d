"""A claim store in memory: for tests, for the library without a ledger, and for one shard of a batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from onrecord.records import Claim, Document, Edge, Relation, Statement
from onrecord.resolve.base import STATEMENT_RELATIONS, Cluster, Proposition, Vector


class MemoryStore:
    """A `ClaimStore` of dictionaries."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.statements: dict[str, tuple[Statement, ...]] = {}
        self.claims: dict[str, Claim] = {}
        self._propositions: dict[str, Proposition] = {}
        self._of_document: dict[str, set[str]] = defaultdict(set)
        self._keys: dict[str, frozenset[int]] = {}
        self._items: dict[int, set[str]] = defaultdict(set)
        self._vectors: dict[str, Vector] = {}
        self._edges: dict[str, dict[tuple[str, str, str], Edge]] = defaultdict(dict)
        self._clusters: dict[str, Cluster] = {}
        self._claims_of: dict[str, set[str]] = defaultdict(set)

    @property
    def edges(self) -> tuple[Edge, ...]:
        """All edges, ordered."""
        found = {key: edge for edges in self._edges.values() for key, edge in edges.items()}
        return tuple(found[key] for key in sorted(found))

    def put_page(self, document: Document, statements: Sequence[Statement]) -> None:
        """Put a document in with its statements; nothing is resolved yet."""
        self.documents[document.id] = document
        self.statements[document.id] = tuple(statements)

    def drop_page(self, document_id: str) -> None:
        """Take a document out with its statements; its effects go with `remove_documents`, called before."""
        self.documents.pop(document_id, None)
        self.statements.pop(document_id, None)

    def find_documents(self, ids: Iterable[str]) -> Mapping[str, Document]:
        """Documents by id."""
        return {i: self.documents[i] for i in ids if i in self.documents}

    def find_statements(self, document_ids: Iterable[str]) -> Mapping[str, Sequence[Statement]]:
        """Statements by document id."""
        return {i: self.statements[i] for i in document_ids if i in self.statements}

    def write_propositions(self, propositions: Iterable[Proposition]) -> None:
        """Keep propositions."""
        for proposition in propositions:
            self._propositions[proposition.id] = proposition
            self._of_document[proposition.document_id].add(proposition.id)

    def find_propositions(self, ids: Iterable[str]) -> Mapping[str, Proposition]:
        """Propositions by id."""
        return {i: self._propositions[i] for i in ids if i in self._propositions}

    def find_propositions_of(self, document_ids: Iterable[str]) -> set[str]:
        """Ids of propositions by document."""
        return {i for document_id in document_ids for i in self._of_document.get(document_id, ())}

    def write_keys(self, keys: Mapping[str, Iterable[int]]) -> None:
        """Keep keys."""
        for item, new in keys.items():
            self._drop_keys(item)
            self._keys[item] = frozenset(new)
            for key in self._keys[item]:
                self._items[key].add(item)

    def find_items(self, keys: Iterable[int], *, limit: int) -> Mapping[int, Sequence[str]]:
        """Items by key."""
        return {key: sorted(self._items[key])[:limit] for key in keys if key in self._items}

    def write_vectors(self, vectors: Mapping[str, Vector]) -> None:
        """Keep vectors."""
        self._vectors.update(vectors)

    def find_vectors(self, ids: Iterable[str]) -> Mapping[str, Vector]:
        """Vectors by item id."""
        return {i: self._vectors[i] for i in ids if i in self._vectors}

    def write_edges(self, edges: Iterable[Edge]) -> None:
        """Keep edges."""
        for edge in edges:
            for end in (edge.left, edge.right):
                self._edges[end][edge.left, edge.right, edge.relation.value] = edge

    def find_edges(self, ids: Iterable[str]) -> Sequence[Edge]:
        """Edges at one of the items, ordered."""
        found = {key: edge for i in ids for key, edge in self._edges.get(i, {}).items() if not edge.withdrawn_at}
        return [found[key] for key in sorted(found)]

    def find_links(self, ids: Iterable[str]) -> Iterable[tuple[str, str, float]]:
        """Ends and score of edges between statements."""
        edges = {key: edge for i in ids for key, edge in self._edges.get(i, {}).items() if not edge.withdrawn_at}
        return [(e.left, e.right, e.score) for e in edges.values() if e.relation in STATEMENT_RELATIONS]

    def find_edges_between(self, ids: Iterable[str]) -> Sequence[Edge]:
        """The edges between statements, ordered."""
        items = set(ids)
        edges = (edge for edge in self.find_edges(items) if edge.relation in STATEMENT_RELATIONS)
        return [edge for edge in edges if edge.left in items and edge.right in items]

    def find_contradictions(self, ids: Iterable[str]) -> Sequence[Edge]:
        """Edges that contradict, ordered."""
        return [edge for edge in self.find_edges(ids) if edge.relation is Relation.CONTRADICTS]

    def delete_items(self, ids: Iterable[str]) -> None:
        """Forget items."""
        for item in ids:
            self._drop_keys(item)
            if (proposition := self._propositions.pop(item, None)) is not None:
                self._of_document[proposition.document_id].discard(item)
            self._vectors.pop(item, None)
            if item in self._clusters:
                self._put_cluster(tuple(one for one in self._clusters.pop(item) if one[0] != item))
            for key, edge in self._edges.pop(item, {}).items():
                other = edge.right if edge.left == item else edge.left
                self._edges.get(other, {}).pop(key, None)

    def find_clusters(self, ids: Iterable[str]) -> Sequence[Cluster]:
        """Clusters by item."""
        return sorted({self._clusters[i] for i in ids if i in self._clusters})

    def write_clusters(self, clusters: Iterable[Cluster]) -> None:
        """Keep clusters."""
        for cluster in clusters:
            if len(cluster) > 1:
                self._put_cluster(cluster)
            else:
                self._clusters.pop(cluster[0][0], None)

    def find_claims(self, statement_ids: Iterable[str]) -> set[str]:
        """Claims that hold one of the statements."""
        return {claim for i in statement_ids for claim in self._claims_of.get(i, ())}

    def replace_claims(self, old: Iterable[str], new: Iterable[Claim]) -> None:
        """Put new claims in place of old ones."""
        for claim_id in old:
            claim = self.claims.pop(claim_id, None)
            for statement in _iter_statements(claim) if claim else ():
                self._claims_of[statement].discard(claim_id)
        for claim in new:
            self.claims[claim.id] = claim
            for statement in _iter_statements(claim):
                self._claims_of[statement].add(claim.id)

    def _put_cluster(self, cluster: Cluster) -> None:
        self._clusters.update((item, cluster) for item, _ in cluster)

    def _drop_keys(self, item: str) -> None:
        for key in self._keys.pop(item, ()):
            self._items[key].discard(item)
            if not self._items[key]:
                del self._items[key]


def _iter_statements(claim: Claim) -> Iterable[str]:
    return (statement for position in claim.positions for statement in position.statements)
