"""Statements to clusters, one for each claim: average linkage over the edges, and never across a conflict.

A mean over all pairs keeps near topics from chaining: a statement that is like one of a cluster must be like the rest.
What is merged at better means is nested in what is merged at lesser ones. A cluster keeps that nesting, by LEVELS, so
that `regroup` need not take it apart when a page comes in.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.records import Edge
from onrecord.resolve.base import Cluster, Proposition
from onrecord.resolve.match import JOIN, is_conflict, is_inside

# in whole numbers, which add up to the same in any order
SCALE = 10_000
MISSING = 1_000  # odds, times SCALE, that stand for a pair without an edge
# mean odds; the closer they stand, the fewer clusters hang together between one and the next
LEVELS = (0.8, 0.7, 0.6, 0.55, 0.5, 0.475, 0.45, 0.425, JOIN)
LEAST = tuple(round(level * SCALE) for level in LEVELS)


@dataclass(slots=True)
class Node:
    """What has come together so far, and of it what counts in means: all but what only points at another."""

    members: list[tuple[str, int]]
    cores: list[str]

    @property
    def name(self) -> str:
        """The smallest id of what counts."""
        return min(self.cores)


@dataclass(frozen=True, slots=True)
class Link:
    """All edges between two nodes."""

    total: int
    edges: int

    def add(self, other: Link) -> Link:
        """Both together."""
        return Link(self.total + other.total, self.edges + other.edges)

    def find_mean(self, pairs: int) -> float:
        """Mean odds over so many pairs, times SCALE; without rounding the same for the same odds."""
        return (self.total + MISSING * (pairs - self.edges)) / pairs


NO_LINK = Link(0, 0)
Links = dict[tuple[str, str], Link]
"""By the names of two nodes, ordered."""


def find_clusters(by_id: Mapping[str, Proposition], edges: Iterable[Edge], *, join: float = JOIN) -> list[Cluster]:
    """All clusters of statements with all edges between them: the two with the best mean odds are merged first.

    What comes together below JOIN, where `join` is less, counts as of the last level.
    """
    nodes = make_nodes(by_id)
    home = {i: name for name, node in nodes.items() for i in node.cores}
    links: Links = {}
    for edge in edges:
        if edge.left in home and edge.right in home:
            left, right = sorted((home[edge.left], home[edge.right]))
            links[left, right] = links.get((left, right), NO_LINK).add(Link(round(edge.score * SCALE), 1))
    return [tuple(node.members) for node in merge_nodes(nodes, links, by_id, least=round(join * SCALE))]


def make_nodes(by_id: Mapping[str, Proposition]) -> dict[str, Node]:
    """Each statement by itself, with those that point at it: they go where it goes."""
    pointers: dict[str | None, list[str]] = defaultdict(list)
    for i, p in sorted(by_id.items()):
        pointers[p.points_at].append(i)
    return {
        i: make_node(((i, 0), *((pointer, 0) for pointer in pointers[i])))
        for i, p in sorted(by_id.items())
        if p.points_at not in by_id
    }


def make_node(cluster: Cluster) -> Node:
    """A cluster as a node."""
    return Node(list(cluster), [i for at, (i, level) in enumerate(cluster) if level or not at])


def merge_nodes(
    nodes: Mapping[str, Node], links: Links, propositions: Mapping[str, Proposition], *, least: int
) -> list[Node]:
    """Merge nodes, by name, down to mean odds of `least` (times SCALE). `propositions` are of all that has a link."""
    left_over = dict(nodes)
    sums: dict[str, dict[str, Link]] = defaultdict(dict)
    for (left, right), link in links.items():
        sums[left][right] = sums[right][left] = link

    def find_mean(left: str, right: str) -> float:
        return sums[left][right].find_mean(len(left_over[left].cores) * len(left_over[right].cores))

    queue = [(-find_mean(a, b), a, b) for a, b in links]
    heapq.heapify(queue)
    while queue and -queue[0][0] >= least:
        negative, left, right = heapq.heappop(queue)
        if left not in left_over or right not in left_over or -negative != find_mean(left, right):
            continue
        if are_in_conflict(left_over[left].cores, left_over[right].cores, propositions):
            continue
        left_over[left] = _merge(left_over[left], left_over.pop(right), -negative)
        for other, link in sums.pop(right).items():
            del sums[other][right]
            if other != left:
                sums[left][other] = sums[other][left] = sums[left].get(other, NO_LINK).add(link)
        for other in sums[left]:
            first, second = min(left, other), max(left, other)
            heapq.heappush(queue, (-find_mean(first, second), first, second))
    return [left_over[name] for name in sorted(left_over)]


def are_in_conflict(left: Iterable[str], right: Iterable[str], propositions: Mapping[str, Proposition]) -> bool:
    """Whether two of them cannot be one claim, whatever the mean."""
    others = [propositions[i] for i in right]
    return any(
        (is_inside(a, b) and a.statement_id != b.statement_id) or is_conflict(a, b)
        for a in map(propositions.__getitem__, left)
        for b in others
    )


def cut_cluster(cluster: Cluster, level: int) -> list[Cluster]:
    """The clusters that had come together by the level of that number, 0 for none of LEVELS."""
    starts = [at for at, (_, joined) in enumerate(cluster) if not at or joined > level]
    ends = [*starts[1:], len(cluster)]
    return [((cluster[begin][0], 0), *cluster[begin + 1 : end]) for begin, end in zip(starts, ends, strict=True)]


def find_homes(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The smallest member of the component of each item that is in a pair (union-find, halving the paths).

    No cluster reaches beyond the component of the edges of JOIN and more: the best pair of two that merge comes to it.
    """
    homes: dict[str, str] = {}

    def find(item: str) -> str:
        while (home := homes.setdefault(item, item)) != item:
            homes[item] = item = homes[home]
        return item

    for left, right in pairs:
        first, second = sorted((find(left), find(right)))
        homes[second] = first
    return {item: find(item) for item in list(homes)}


def _merge(left: Node, right: Node, mean: float) -> Node:
    level = next((number for number, least in enumerate(LEAST, 1) if mean >= least), len(LEAST))
    (first, _), *rest = right.members
    return Node([*left.members, (first, level), *rest], left.cores + right.cores)
