"""The resolver's store in SQL: a `ClaimStore` over one transaction, so a killed run leaves the claims as they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, bindparam, delete, or_, select, update

from onrecord.ledger import rows, schema
from onrecord.ledger.claims import delete_claims, find_claims_of, write_claims
from onrecord.ledger.dialects import Dialect, Lock
from onrecord.ledger.prepared import Prepared
from onrecord.ledger.store import Ledger, batches, now
from onrecord.records import Claim, Document, Edge, Relation, Statement
from onrecord.resolve import remove_documents
from onrecord.resolve.base import STATEMENT_RELATIONS, Cluster, Proposition, Vector

DECIDED = (
    *(schema.propositions, schema.keys, schema.item_keys, schema.vectors, schema.edges),
    *(schema.clusters, schema.claims),
)
ENDS = (schema.edges.c.left, schema.edges.c.right)
STANDING = (schema.edges.c.withdrawn_at.is_(None),)
ON_STATEMENTS = (or_(*(schema.edges.c.relation == relation.value for relation in STATEMENT_RELATIONS)), *STANDING)
AGAINST = (schema.edges.c.relation == Relation.CONTRADICTS.value, *STANDING)

Condition = ColumnElement[bool]


def find_pending(ledger: Ledger, *, limit: int) -> list[str]:
    """Ids of documents that the claims do not know yet, in order of arrival."""
    documents = schema.documents
    query = select(documents.c.id).where(documents.c.pending).order_by(documents.c.number).limit(limit)
    with ledger.read() as connection:
        return list(connection.scalars(query))


def read_pages(ledger: Ledger, document_ids: Sequence[str]) -> list[tuple[Document, Sequence[Statement]]]:
    """The documents that are in, each with its statements."""
    with ledger.read() as connection:
        store = SQLClaimStore(ledger.dialect, connection)
        statements = store.find_statements(document_ids)
        return [(document, statements[i]) for i, document in store.find_documents(document_ids).items()]


@contextmanager
def resolving(ledger: Ledger, document_ids: Sequence[str]) -> Iterator[SQLClaimStore]:
    """A store whose changes are kept together with the note that the claims know of `document_ids` now."""
    with ledger.write() as connection:
        ledger.dialect.lock(connection, Lock.CLAIMS)
        # first, so that a writer who replaces one of them meanwhile waits, and his note that it is pending comes after
        for some in batches(document_ids):
            connection.execute(update(schema.documents).where(schema.documents.c.id.in_(some)).values(pending=False))
        yield SQLClaimStore(ledger.dialect, connection)


def remove_document(ledger: Ledger, document_id: str) -> bool:
    """Take a page out with everything that was made of it, its part in claims included; False where there is none."""
    with ledger.write() as connection:
        ledger.dialect.lock(connection, Lock.CLAIMS)
        remove_documents(SQLClaimStore(ledger.dialect, connection), [document_id])
        return ledger.drop_document(connection, document_id)


def forget_decisions(ledger: Ledger) -> None:
    """Throw away keys, vectors, edges, clusters and claims, and note that the claims know of no page."""
    with ledger.write() as connection:
        ledger.dialect.lock(connection, Lock.CLAIMS)
        for table in DECIDED:
            connection.execute(delete(table))
        connection.execute(update(schema.documents).values(pending=True))


class SQLClaimStore:
    """See `onrecord.resolve.ClaimStore`. Good for one transaction."""

    def __init__(self, dialect: Dialect, connection: Connection) -> None:
        self._dialect = dialect
        self._connection = connection
        # what this transaction has read already: nobody else changes it before the end
        self._propositions: dict[str, Proposition] = {}
        self._vectors: dict[str, Vector] = {}

    def find_documents(self, ids: Iterable[str]) -> Mapping[str, Document]:
        """Documents by id, without the way back to their raw text."""
        return {row["id"]: rows.row_to_document(row) for row in self._find(schema.documents.c.id, ids)}

    def find_statements(self, document_ids: Iterable[str]) -> Mapping[str, Sequence[Statement]]:
        """The statements of each document, in order of the text."""
        wanted = list(dict.fromkeys(document_ids))
        found: dict[str, list[Statement]] = {document_id: [] for document_id in wanted}
        table = schema.statements
        made = sorted(self._find(table.c.document_id, wanted), key=lambda row: row["place"])
        for row in made:
            found[row["document_id"]].append(rows.row_to_statement(row))
        return {document_id: tuple(statements) for document_id, statements in found.items()}

    def write_propositions(self, propositions: Iterable[Proposition]) -> None:
        """Keep propositions, without their vectors."""
        made = list(propositions)
        self._delete(schema.propositions, schema.propositions.c.id, [p.id for p in made])
        self._insert(
            schema.propositions,
            [{"id": p.id, "document_id": p.document_id, "body": rows.dump_proposition(p)} for p in made],
        )
        self._propositions.update((p.id, p) for p in made)

    def find_propositions(self, ids: Iterable[str]) -> Mapping[str, Proposition]:
        """Propositions by id, with their vectors; one that points at another has that one's."""
        wanted, table = set(ids), schema.propositions
        found = self._find_plain(table.c.id, wanted - self._propositions.keys(), (table.c.body,))
        read = [rows.load_proposition(body) for (body,) in found]
        vectors = self.find_vectors({p.points_at or p.id for p in read})
        for p in read:
            self._propositions[p.id] = replace(p, vector=vectors.get(p.points_at or p.id))
        return {i: self._propositions[i] for i in wanted if i in self._propositions}

    def find_propositions_of(self, document_ids: Iterable[str]) -> set[str]:
        """The ids of all propositions of these documents."""
        table = schema.propositions
        return {item for (item,) in self._find_plain(table.c.document_id, document_ids, (table.c.id,))}

    def write_keys(self, keys: Mapping[str, Iterable[int]]) -> None:
        """Keep the keys of each item, in place of those it had."""
        self._delete_keys(keys)
        own = {item: sorted(set(some)) for item, some in keys.items()}
        self._insert(schema.item_keys, [{"item": item, "keys": rows.pack_keys(some)} for item, some in own.items()])
        self._dialect.insert_keys(self._connection, own)

    def find_items(self, keys: Iterable[int], *, limit: int) -> Mapping[int, Sequence[str]]:
        """The items that have each of the keys, of a common key those with the smallest ids; no key without any."""
        return self._dialect.find_items(self._connection, sorted(set(keys)), limit)

    def write_vectors(self, vectors: Mapping[str, Vector]) -> None:
        """Keep the vector of each item."""
        self._vectors.update(vectors)
        self._delete(schema.vectors, schema.vectors.c.item, vectors)
        packed = [{"item": item, "vector": rows.pack_vector(v)} for item, v in vectors.items()]
        self._insert(schema.vectors, packed)

    def find_vectors(self, ids: Iterable[str]) -> Mapping[str, Vector]:
        """Vectors by item id."""
        wanted, table = set(ids), schema.vectors
        found = self._find_plain(table.c.item, wanted - self._vectors.keys(), (table.c.item, table.c.vector))
        vectors = rows.unpack_vectors([packed for _, packed in found])
        self._vectors.update((item, vector) for (item, _), vector in zip(found, vectors, strict=True))
        return {i: self._vectors[i] for i in wanted if i in self._vectors}

    def write_edges(self, edges: Iterable[Edge]) -> None:
        """Keep edges, each in place of one with the same ends and relation."""
        stamp = now()
        new = {
            (e.left, e.right, e.relation): rows.edge_to_row(e) | {"decided_at": e.decided_at or stamp} for e in edges
        }
        self._dialect.upsert(self._connection, schema.edges, list(new.values()), key=["left", "right", "relation"])

    def find_edges(self, ids: Iterable[str]) -> Sequence[Edge]:
        """Edges, not withdrawn, that have one of the items at an end."""
        return self._find_edges(ids, STANDING)

    def find_links(self, ids: Iterable[str]) -> Iterable[tuple[str, str, float]]:
        """Ends and score of edges between statements, without what they rest on."""
        wanted, table = sorted(set(ids)), schema.edges
        columns = (table.c.left, table.c.right, table.c.score)
        found = {
            (left, right): score
            for end in ENDS
            for left, right, score in self._find_plain(end, wanted, columns, ON_STATEMENTS)
        }
        return [(left, right, score) for (left, right), score in found.items()]

    def find_edges_between(self, ids: Iterable[str]) -> Sequence[Edge]:
        """The edges between statements, ordered."""
        items = set(ids)
        found = [
            rows.row_to_edge(row)
            for row in self._find(schema.edges.c.left, items, ON_STATEMENTS)
            if row["right"] in items
        ]
        return sorted(found, key=lambda edge: (edge.left, edge.right, edge.relation.value))

    def find_contradictions(self, ids: Iterable[str]) -> Sequence[Edge]:
        """The edges that contradict between statements, of which one of the items is at an end, ordered."""
        return self._find_edges(ids, AGAINST)

    def delete_items(self, ids: Iterable[str]) -> None:
        """Forget propositions, keys, vectors and edges of these items."""
        items = list(ids)
        for item in items:
            self._propositions.pop(item, None)
            self._vectors.pop(item, None)
        self._delete(schema.propositions, schema.propositions.c.id, items)
        self._delete_keys(items)
        self._delete(schema.vectors, schema.vectors.c.item, items)
        self._delete(schema.edges, schema.edges.c.left, items)
        self._delete(schema.edges, schema.edges.c.right, items)
        self._delete(schema.clusters, schema.clusters.c.item, items)

    def find_clusters(self, ids: Iterable[str]) -> Sequence[Cluster]:
        """The clusters that hold one of the items, ordered; without those of one item alone."""
        table = schema.clusters
        names = {name for (name,) in self._find_plain(table.c.item, ids, (table.c.cluster,))}
        found: dict[str, list[tuple[str, int]]] = {name: [] for name in sorted(names)}
        for row in sorted(self._find(table.c.cluster, found), key=lambda row: row["place"]):
            found[row["cluster"]].append((row["item"], row["level"]))
        return [tuple(cluster) for cluster in found.values()]

    def write_clusters(self, clusters: Iterable[Cluster]) -> None:
        """Keep clusters, each in place of those that its items were in."""
        made = list(clusters)
        table = schema.clusters
        self._delete(table, table.c.item, [item for cluster in made for item, _ in cluster])
        self._insert(
            table,
            [
                {"item": item, "cluster": cluster[0][0], "place": place, "level": level}
                for cluster in made
                if len(cluster) > 1
                for place, (item, level) in enumerate(cluster)
            ],
        )

    def find_claims(self, statement_ids: Iterable[str]) -> set[str]:
        """The ids of the claims that hold one of the statements."""
        return find_claims_of(self._connection, statement_ids)

    def replace_claims(self, old: Iterable[str], new: Iterable[Claim]) -> None:
        """Take the old claims out and put the new ones in; a claim that stays keeps its row."""
        made = list(new)
        delete_claims(self._connection, sorted(set(old) - {claim.id for claim in made}))
        write_claims(self._dialect, self._connection, made)

    def _delete_keys(self, items: Iterable[str]) -> None:
        table, wanted = schema.item_keys, list(dict.fromkeys(items))
        own = {row["item"]: rows.unpack_keys(row["keys"]) for row in self._find(table.c.item, wanted)}
        self._dialect.delete_keys(self._connection, own)
        self._delete(table, table.c.item, own)

    def _find(self, column: Column[Any], ids: Iterable[str], where: tuple[Condition, ...] = ()) -> list[dict[str, Any]]:
        """The rows of the column's table that have one of the ids there."""
        query = _prepare(column, None, where)
        return [row for some in batches(list(dict.fromkeys(ids))) for row in query.run(self._connection, ids=some)]

    def _find_edges(self, ids: Iterable[str], where: tuple[Condition, ...]) -> list[Edge]:
        """The edges with one of the ids at an end, ordered."""
        wanted = sorted(set(ids))
        found = {
            (row["left"], row["right"], row["relation"]): rows.row_to_edge(row)
            for end in ENDS
            for row in self._find(end, wanted, where)
        }
        return [found[key] for key in sorted(found)]

    def _find_plain(
        self,
        column: Column[Any],
        ids: Iterable[str],
        columns: tuple[Column[Any], ...],
        where: tuple[Condition, ...] = (),
    ) -> list[tuple[Any, ...]]:
        """Some columns of these rows."""
        query = _prepare(column, columns, where)
        return [
            row for some in batches(list(dict.fromkeys(ids))) for row in query.run_plain(self._connection, ids=some)
        ]

    def _delete(self, table: Any, column: Any, ids: Iterable[str]) -> None:
        for some in batches(list(dict.fromkeys(ids))):
            self._connection.execute(delete(table).where(column.in_(some)))

    def _insert(self, table: Any, new: list[dict[str, Any]]) -> None:
        if new:
            self._connection.execute(table.insert(), new)


@cache
def _prepare(column: Column[Any], columns: tuple[Column[Any], ...] | None, where: tuple[Condition, ...]) -> Prepared:
    return Prepared(select(*columns or [column.table]).where(column.in_(bindparam("ids", expanding=True)), *where))
