"""What the resolver works on and where it keeps it: propositions, and a store that a ledger or memory implements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from onrecord.records import Claim, Document, Edge, Passage, Relation, Stance, Statement

Vector = NDArray[np.float32]
KEPT_AS = np.dtype(np.float16)  # how exact a store keeps vectors
Cluster = tuple[tuple[str, int], ...]
"""Propositions, by id, of which each came together with all before it at the level (`clusters.LEVELS`) of a number; 0
for what points at the one before, and for the first. Those up to a greater number are clusters of an earlier level."""
STATEMENT_RELATIONS = (Relation.SAME_CLAIM, Relation.CONTRADICTS)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it counts: "forty tonnes" is (40, "tonn"). Words are stems."""

    value: float
    unit: str
    rough: bool = False


@dataclass(frozen=True, slots=True)
class Proposition:
    """One thing that a statement puts forward, ready to be compared. Made from its document alone.

    A statement of several sentences or pieces puts forward several: the first has the statement's id, the others
    `id/1` and so on.

    `text` is the content with what it points to filled in; `holds` says whether the root takes the affirmative of it
    to be so (True), not so (False) or takes no side (None). `agents` and `patients` are names (in lower case) on
    either side of the main verb; `context` are the names that its document is about. `body` is whom the root speaks
    for; `passed_on` where the same content stands there with a longer chain; `recalled` where it was said before the
    document's news; `points_at` is the statement whose words a content like "it" stands for; `quoted` where the words
    are the root's own; `before` is the end of what stands before its sentence.
    """

    id: str
    statement_id: str
    document_id: str
    day: str
    place: int
    text: str
    negated: bool
    stance: Stance
    holds: bool | None
    stems: frozenset[str]
    names: tuple[str, ...]
    figures: tuple[Figure, ...]
    agents: frozenset[str]
    patients: frozenset[str]
    context: frozenset[str]
    root: str
    body: str
    named: bool
    via: tuple[str, ...]
    passed_on: bool = False
    is_finding: bool = False
    admits: bool = False
    recalled: bool = False
    retracts: bool = False
    outlet: str = ""
    outer: str | None = None
    points_at: str | None = None
    filled: bool = False
    quoted: bool = False
    before: str = ""
    vector: Vector | None = None

    @property
    def passage(self) -> Passage:
        """What a reader is shown."""
        return Passage(self.before, self.text)


@dataclass(frozen=True, slots=True)
class Resolution:
    """All that was decided: the edges, and the claims that follow from them."""

    edges: tuple[Edge, ...]
    claims: tuple[Claim, ...]


class Embeds(Protocol):
    """Whatever turns texts into unit vectors: `onrecord.inference.embedder.Embedder` is one."""

    def embed(self, texts: Iterable[str]) -> Vector:
        """(texts, size)."""
        ...


class Reads(Protocol):
    """Whatever reads two contents side by side: `onrecord.inference.pairs.PairReader` is one."""

    def read(self, left: Passage, right: Passage) -> tuple[float, float]:
        """The chances that both word the same, and that they word opposites. The same for (right, left)."""
        ...


class ClaimStore(Protocol):
    """What the resolver reads and writes. Items are documents ("d…") and propositions ("s…" or "s…/1").

    A ledger must persist, beside documents and statements: the propositions, the keys of each item (a table key →
    item, both ways indexed), its vector (KEPT_AS, 384; a blob), the edges, the clusters, and the claims. Everything but
    documents and statements can be thrown away and made again by `resolve_pages`.
    """

    def find_documents(self, ids: Iterable[str]) -> Mapping[str, Document]:
        """Documents by id; those that are not there are left out."""
        ...

    def find_statements(self, document_ids: Iterable[str]) -> Mapping[str, Sequence[Statement]]:
        """The statements of each document, by document id, in order of the text."""
        ...

    def write_propositions(self, propositions: Iterable[Proposition]) -> None:
        """Keep propositions, without their vectors."""
        ...

    def find_propositions(self, ids: Iterable[str]) -> Mapping[str, Proposition]:
        """Propositions by id, with their vectors."""
        ...

    def find_propositions_of(self, document_ids: Iterable[str]) -> set[str]:
        """The ids of all propositions of these documents."""
        ...

    def write_keys(self, keys: Mapping[str, Iterable[int]]) -> None:
        """Keep the keys of each item, in place of those it had."""
        ...

    def find_items(self, keys: Iterable[int], *, limit: int) -> Mapping[int, Sequence[str]]:
        """The items that have each of the keys; of a key with more than `limit`, those with the smallest ids."""
        ...

    def write_vectors(self, vectors: Mapping[str, Vector]) -> None:
        """Keep the vector of each item."""
        ...

    def find_vectors(self, ids: Iterable[str]) -> Mapping[str, Vector]:
        """Vectors by item id."""
        ...

    def write_edges(self, edges: Iterable[Edge]) -> None:
        """Keep edges; (left, right, relation) names one, and a second replaces the first."""
        ...

    def find_edges(self, ids: Iterable[str]) -> Sequence[Edge]:
        """Edges, not withdrawn, that have one of the items at an end."""
        ...

    def find_links(self, ids: Iterable[str]) -> Iterable[tuple[str, str, float]]:
        """Ends and score of the edges between statements that have one of the items at an end."""
        ...

    def find_edges_between(self, ids: Iterable[str]) -> Sequence[Edge]:
        """The edges between statements that have two of the items at their ends, ordered."""
        ...

    def find_contradictions(self, ids: Iterable[str]) -> Sequence[Edge]:
        """The edges that contradict between statements, of which one of the items is at an end, ordered."""
        ...

    def delete_items(self, ids: Iterable[str]) -> None:
        """Forget propositions, keys, vectors and edges of these items, and that they are in a cluster."""
        ...

    def find_clusters(self, ids: Iterable[str]) -> Sequence[Cluster]:
        """The clusters that hold one of the items, without those of one item alone."""
        ...

    def write_clusters(self, clusters: Iterable[Cluster]) -> None:
        """Keep clusters, each in place of those that its items were in."""
        ...

    def find_claims(self, statement_ids: Iterable[str]) -> set[str]:
        """The ids of the claims that hold one of the statements."""
        ...

    def replace_claims(self, old: Iterable[str], new: Iterable[Claim]) -> None:
        """Take the old claims out and put the new ones in, at once."""
        ...
