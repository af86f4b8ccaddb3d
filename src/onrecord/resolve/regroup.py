"""Clusters after a change, without a look at those that the change cannot reach. The outcome is that of clustering all.

On one topic strong edges lead from each statement to nearly every other, so that all would have to be clustered anew
for each page. Means do not chain so: once what is joined by better means stands as one, hardly any two are as near. So
the levels are gone through one by one, each over the clusters of the one before: what has changed, what it may have
held before, and all that is held together with those by means of the level. Nothing else can come out otherwise, since
to merge one of two clusters with a third never brings the two nearer (reducible linkage, Bruynooghe 1978).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from itertools import chain

from onrecord.resolve.base import ClaimStore, Cluster
from onrecord.resolve.clusters import (
    LEAST,
    NO_LINK,
    SCALE,
    Link,
    Links,
    Node,
    are_in_conflict,
    cut_cluster,
    make_node,
    make_nodes,
    merge_nodes,
)


def regroup(store: ClaimStore, *, new: Iterable[str], touched: Iterable[str]) -> set[str]:
    """Bring the store's clusters up to date; gives the ids of all that may be in another cluster than before.

    `touched` are propositions that have lost an edge, or one that they were in a cluster with.
    """
    clusters = _Clusters(store, set(new), set(touched))
    changed = set(clusters.present)
    for level, least in enumerate(LEAST, 1):
        nodes = clusters.find_nodes(changed, level, least)
        links = clusters.find_links(nodes)
        for node in merge_nodes(nodes, links, clusters.propositions, least=least):
            changed |= clusters.put(tuple(node.members), level)
    clusters.write(changed)
    return changed


class _Clusters:
    """The clusters of each level as far as they are looked at: those of before, until they are put anew."""

    def __init__(self, store: ClaimStore, new: Set[str], touched: Set[str]) -> None:
        self._store = store
        self._before: dict[str, Cluster] = {}
        self._now: dict[tuple[int, str], Cluster] = {}
        self._edges: dict[str, dict[str, int]] = defaultdict(dict)
        self._new = new
        self.propositions = dict(store.find_propositions(new | touched))
        self.present = frozenset(self.propositions)
        self._load(self.present)
        for node in make_nodes({i: self.propositions[i] for i in new}).values():
            self._keep(tuple(node.members), 0)

    def find_nodes(self, changed: Set[str], level: int, least: int) -> dict[str, Node]:
        """The clusters of the level before that hold what has changed, and all that means of `least` lead to."""
        # what is new has left no cluster that was near others
        beside = {other for i in changed - self._new for other, score in self._edges[i].items() if score >= least}
        self._load(beside)
        nodes: dict[str, Node] = {}
        todo = {node.name: node for node in self._find_all(changed | beside, level - 1)}
        while todo:
            nodes |= todo
            near = {
                name: {o for i in node.cores for o, score in self._edges[i].items() if score >= least}.difference(
                    node.cores
                )
                for name, node in todo.items()
            }
            self._load(set().union(*near.values()))
            pairs = [
                (nodes[name], other)
                for name, items in near.items()
                for other in self._find_all(items, level - 1)
                if self._find_link(nodes[name], other).find_mean(len(nodes[name].cores) * len(other.cores)) >= least
            ]
            self._load_propositions({i for pair in pairs for node in pair for i in node.cores})
            todo = {
                other.name: other
                for node, other in pairs
                if other.name not in nodes and not are_in_conflict(node.cores, other.cores, self.propositions)
            }
        return nodes

    def find_links(self, nodes: Mapping[str, Node]) -> Links:
        """All edges between the nodes, together for each two."""
        home = {i: name for name, node in nodes.items() for i in node.cores}
        links: Links = {}
        for i, name in home.items():
            for other, score in self._edges[i].items():
                there = home.get(other, name)
                if name < there:
                    links[name, there] = links.get((name, there), NO_LINK).add(Link(score, 1))
        return links

    def put(self, cluster: Cluster, level: int) -> set[str]:
        """Note what has come together by a level; gives its members where they are others than before."""
        members = dict(cluster).keys()
        self._keep(cluster, level)
        before = dict(self._find_before(cluster[0][0], level)).keys()
        return set() if members == before else set(members)

    def write(self, changed: Set[str]) -> None:
        """Let the store know of the clusters that hold one of these."""
        clusters = {self._now[len(LEAST), i] for i in changed}
        # what is alone now may be left of a cluster whose other members are gone
        self._store.write_clusters(c for c in sorted(clusters) if len(c) == 1 or c != self._before[c[0][0]])

    def _find_all(self, items: Iterable[str], level: int) -> list[Node]:
        found: dict[str, Cluster] = {}
        for i in sorted(items):
            if (level, i) not in self._now:
                self._keep(self._find_before(i, level), level)
            cluster = self._now[level, i]
            found[cluster[0][0]] = cluster
        return [make_node(cluster) for cluster in found.values()]

    def _find_before(self, item: str, level: int) -> Cluster:
        return next(part for part in cut_cluster(self._before[item], level) if item in dict(part))

    def _keep(self, cluster: Cluster, level: int) -> None:
        self._now.update(((level, i), cluster) for i, _ in cluster)

    def _find_link(self, left: Node, right: Node) -> Link:
        few, many = sorted((left.cores, right.cores), key=len)
        scores = [score for i in few for other in many if (score := self._edges[i].get(other)) is not None]
        return Link(sum(scores), len(scores))

    def _load(self, items: Set[str]) -> None:
        """Read the clusters of these, and the edges of all that is in them."""
        new = items - self._before.keys()
        if not new:
            return
        for cluster in self._store.find_clusters(sorted(new)):
            self._before.update((i, cluster) for i, _ in cluster)
        alone = new - self._before.keys()
        self._before.update((i, ((i, 0),)) for i in alone)
        every = set(chain(*((member for member, _ in self._before[i]) for i in new)))
        for left, right, score in self._store.find_links(sorted(every)):
            self._edges[left][right] = self._edges[right][left] = round(score * SCALE)

    def _load_propositions(self, items: Set[str]) -> None:
        self.propositions.update(self._store.find_propositions(sorted(items - self.propositions.keys())))
