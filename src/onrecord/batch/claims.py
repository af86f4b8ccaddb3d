"""The stages after the pages: propositions, what belongs together, claims. All by the steps that a ledger takes.

What two shards share is found by reading through a table and keeping what the shard asks for: nobody holds it all.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from datatrove.pipeline.base import PipelineStep

from onrecord.batch.tables import Row, find_rows, iter_rows, iter_shard, write_shard
from onrecord.forms import claim_in_full
from onrecord.ledger import rows
from onrecord.records import Claim, Document, Edge, Relation, Statement
from onrecord.resolve import MemoryStore
from onrecord.resolve.base import STATEMENT_RELATIONS, Cluster, Proposition, Vector
from onrecord.resolve.claims import make_claims
from onrecord.resolve.clusters import find_clusters, find_homes
from onrecord.resolve.keys import widen_keys
from onrecord.resolve.match import JOIN
from onrecord.resolve.pages import match_document, prepare_documents

DOCUMENT = (
    *("id", "address", "raw_hash", "text", "encoding", "title", "published", "published_known_by", "outlet", "author"),
    *("agency", "language", "canonical", "based_on", "headings", "leftovers", "first_seen"),
)
DOCUMENTS_AT_ONCE = 256  # whose texts go to the embedder together


class PrepareShard(PipelineStep):  # type: ignore[misc]
    """The tables propositions, vectors (of documents) and keys, from the documents and statements of a shard."""

    type, name = "RESOLVER", "propositions"

    def __init__(self, output: Path) -> None:
        super().__init__()
        self.output = output

    def run(self, data: Any = None, rank: int = 0, world_size: int = 1) -> None:
        """Nothing comes in, nothing goes out."""
        from onrecord.inference.embedder import make_embedder

        embedder = make_embedder()
        store = _Recorder()
        for document in _iter_documents(iter_shard(self.output, "documents", rank, columns=DOCUMENT)):
            store.documents[document.id] = document
        store.statements.update(_read_statements(self.output, rank))
        ids = sorted(store.documents)
        for begin in range(0, len(ids), DOCUMENTS_AT_ONCE):
            prepare_documents(store, ids[begin : begin + DOCUMENTS_AT_ONCE], embedder, prepared={})
        propositions = sorted(store.propositions.values(), key=lambda p: p.id)
        keys = sorted((key, item) for item, own in store.keys.items() for key in own)
        write_shard(self.output, "propositions", rank, map(_proposition_to_row, propositions))
        write_shard(
            self.output, "vectors", rank, ({"item": i, "vector": rows.pack_vector(store.vectors[i])} for i in ids)
        )
        write_shard(self.output, "keys", rank, ({"key": key, "item": item} for key, item in keys))
        self.stat_update("propositions", value=len(propositions))


class MatchShard(PipelineStep):  # type: ignore[misc]
    """The table found: edges between the documents of this shard and those of any, as each of the two finds them."""

    type, name = "RESOLVER", "edges"

    def __init__(self, output: Path) -> None:
        super().__init__()
        self.output = output

    def run(self, data: Any = None, rank: int = 0, world_size: int = 1) -> None:
        """Nothing comes in, nothing goes out."""
        from onrecord.inference.pairs import make_pair_reader

        reader = make_pair_reader()
        own: dict[str, list[Proposition]] = defaultdict(list)
        for p in _iter_propositions(iter_shard(self.output, "propositions", rank)):
            own[p.document_id].append(p)
        vectors = {row["item"]: rows.unpack_vector(row["vector"]) for row in iter_shard(self.output, "vectors", rank)}
        documents = list(_iter_documents(iter_shard(self.output, "documents", rank, columns=DOCUMENT)))
        keys: dict[str, set[int]] = defaultdict(set)
        for row in iter_shard(self.output, "keys", rank):
            keys[row["item"]].add(row["key"])
        store = self._read_store(set(widen_keys(set().union(*keys.values()))), world_size)
        for document in documents:
            store.documents[document.id] = document
            if document.id in vectors:
                store.write_vectors({document.id: vectors[document.id]})
        edges = {
            _by_ends(edge): edge
            for document in documents
            for edge in match_document(store, document.id, own[document.id], keys, set(), reader)
        }
        write_shard(self.output, "found", rank, (rows.edge_to_row(edges[key]) for key in sorted(edges)))
        self.stat_update("found", value=len(edges))

    def _read_store(self, lookups: set[int], shards: int) -> MemoryStore:
        """A store of all that has one of the keys."""
        keys: dict[str, set[int]] = defaultdict(set)
        for row in find_rows(self.output, "keys", shards, "key", lookups):
            keys[row["item"]].add(row["key"])
        store = MemoryStore()
        store.write_keys(keys)
        wanted = set(keys)  # and the leads of the pages
        for p in _iter_propositions(find_rows(self.output, "propositions", shards, "id", keys)):
            store.write_propositions([p])
            wanted.add(p.document_id)
            if p.vector is not None and p.points_at is None:
                store.write_vectors({p.id: p.vector})
        for row in find_rows(self.output, "vectors", shards, "item", wanted):
            store.write_vectors({row["item"]: rows.unpack_vector(row["vector"])})
        for document in _iter_documents(find_rows(self.output, "documents", shards, "id", keys, columns=DOCUMENT)):
            store.documents[document.id] = document
        return store


class DecideShard(PipelineStep):  # type: ignore[misc]
    """The tables edges, copies, clusters and claims: of a share of the components that edges join statements to."""

    type, name = "RESOLVER", "claims"

    def __init__(self, output: Path) -> None:
        super().__init__()
        self.output = output

    def run(self, data: Any = None, rank: int = 0, world_size: int = 1) -> None:
        """Nothing comes in, nothing goes out."""
        homes = _find_components(
            iter_rows(self.output, "found", world_size, columns=("left", "right", "relation", "score"))
        )
        members: dict[str, list[Proposition]] = defaultdict(list)
        for row in iter_rows(self.output, "propositions", world_size):
            item: str = row["id"]
            home = homes.get(item, item)
            if _is_mine(home, rank, world_size):
                members[home].append(_row_to_proposition(row))
        edges: dict[tuple[str, str, str], Edge] = {}
        copies: dict[tuple[str, str, str], Edge] = {}
        for row in iter_rows(self.output, "found", world_size):
            edge = rows.row_to_edge(row)
            if edge.relation is Relation.COPY_OF:
                copies[_by_ends(edge)] = edge
            elif homes.get(edge.left, edge.left) in members:
                edges[_by_ends(edge)] = edge
        originals = {copies[key].left: copies[key].right for key in sorted(copies)}
        kept = [edges[key] for key in sorted(edges)]
        inside: dict[str, list[Edge]] = defaultdict(list)
        for edge in kept:
            if (home := homes.get(edge.left, edge.left)) == homes.get(edge.right, edge.right):
                inside[home].append(edge)
        clusters: list[Cluster] = []
        made: list[Claim] = []
        for home, propositions in members.items():
            by_id = {p.id: p for p in propositions}
            own = find_clusters(by_id, inside[home])
            clusters += (cluster for cluster in own if len(cluster) > 1)
            made += make_claims(by_id, own, inside[home], copies=originals)
        mine = [key for key in sorted(copies) if _is_mine(key[0], rank, world_size)]
        write_shard(self.output, "copies", rank, (rows.edge_to_row(copies[key]) for key in mine))
        write_shard(self.output, "edges", rank, map(rows.edge_to_row, kept))
        write_shard(self.output, "clusters", rank, map(_cluster_to_row, sorted(clusters)))
        write_shard(self.output, "claims", rank, map(_claim_to_row, sorted(made, key=lambda claim: claim.id)))
        self.stat_update("claims", value=len(made))


class _Recorder(MemoryStore):
    """A store that shows what was put in."""

    def __init__(self) -> None:
        super().__init__()
        self.propositions: dict[str, Proposition] = {}
        self.vectors: dict[str, Vector] = {}
        self.keys: dict[str, frozenset[int]] = {}

    def write_propositions(self, propositions: Iterable[Proposition]) -> None:
        self.propositions.update((p.id, p) for p in propositions)

    def write_vectors(self, vectors: Mapping[str, Vector]) -> None:
        self.vectors.update(vectors)

    def write_keys(self, keys: Mapping[str, Iterable[int]]) -> None:
        self.keys.update((item, frozenset(own)) for item, own in keys.items())


def _find_components(edges: Iterable[Row]) -> dict[str, str]:
    """The smallest member of the component of each statement that has a strong edge."""
    relations = {relation.value for relation in STATEMENT_RELATIONS}
    strong = (edge for edge in edges if edge["relation"] in relations and edge["score"] >= JOIN)
    return find_homes((edge["left"], edge["right"]) for edge in strong)


def _is_mine(item: str, rank: int, shards: int) -> bool:
    return zlib.crc32(item.encode()) % shards == rank


def _by_ends(edge: Edge) -> tuple[str, str, str]:
    return edge.left, edge.right, edge.relation.value


def _iter_documents(found: Iterable[Row]) -> Iterator[Document]:
    return (rows.row_to_document(row) for row in found)


def _read_statements(output: Path, rank: int) -> dict[str, tuple[Statement, ...]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in iter_shard(output, "statements", rank):
        found[row["document_id"]].append(row)
    return {
        document_id: tuple(rows.row_to_statement(row) for row in sorted(own, key=lambda r: r["place"]))
        for document_id, own in found.items()
    }


def _proposition_to_row(p: Proposition) -> dict[str, Any]:
    vector = None if p.vector is None else rows.pack_vector(p.vector)
    return {"id": p.id, "document_id": p.document_id, "body": rows.dump_proposition(p), "vector": vector}


def _iter_propositions(found: Iterable[Row]) -> Iterator[Proposition]:
    return map(_row_to_proposition, found)


def _row_to_proposition(row: Row) -> Proposition:
    vector = None if row["vector"] is None else rows.unpack_vector(row["vector"])
    return replace(rows.load_proposition(row["body"]), vector=vector)


def _cluster_to_row(cluster: Cluster) -> dict[str, Any]:
    return {"items": [item for item, _ in cluster], "levels": [level for _, level in cluster]}


def _claim_to_row(claim: Claim) -> dict[str, Any]:
    form = claim_in_full(claim)
    ids = dict.fromkeys([*claim.documents, *claim.copies])
    documents = [{"document_id": i, "is_copy": i in claim.copies} for i in ids]
    return rows.claim_to_row(claim) | {
        "documents": documents,
        "positions": form["positions"],
        "history": form["history"],
    }
