"""Statements to clusters, one for each claim: average linkage over the edges, and never across a conflict.

A mean over all pairs keeps near topics from chaining: a statement that is like one of a cluster must be like the rest.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence

from onrecord.records import Edge
from onrecord.resolve.base import Proposition
from onrecord.resolve.match import JOIN, is_conflict, is_inside

MISSING = 0.1  # odds that stand for a pair without an edge
Links = dict[str, dict[str, tuple[float, int]]]


def find_clusters(by_id: Mapping[str, Proposition], edges: Sequence[Edge], *, join: float = JOIN) -> list[list[str]]:
    """The ids of each cluster, ordered: the two whose pairs have the best mean odds are merged first, down to `join`.

    What points at another statement goes where that one goes.
    """
    members = _start_clusters(by_id)
    home = {i: first for first, ids in members.items() for i in ids}
    cores = {first: [by_id[i] for i in ids if by_id[i].points_at not in by_id] for first, ids in members.items()}
    sums: Links = defaultdict(dict)
    for edge in edges:
        left, right = home[edge.left], home[edge.right]
        if left != right and not by_id[edge.left].points_at and not by_id[edge.right].points_at:
            _add_link(sums, left, right, edge.score, 1)

    def find_mean(left: str, right: str) -> float:
        total, links = sums[left][right]
        pairs = len(cores[left]) * len(cores[right])
        return (total + MISSING * (pairs - links)) / pairs

    queue = [(-find_mean(a, b), a, b) for a in sums for b in sums[a] if a < b]
    heapq.heapify(queue)
    while queue:
        negative, left, right = heapq.heappop(queue)
        if -negative < join:
            break
        if left not in members or right not in members or right not in sums[left]:
            continue
        if -negative != find_mean(left, right) or _are_in_conflict(cores[left], cores[right]):
            continue
        members[left] += members.pop(right)
        cores[left] += cores.pop(right)
        for other, (total, links) in sums.pop(right).items():
            del sums[other][right]
            if other != left:
                _add_link(sums, left, other, total, links)
        for other in sums[left]:
            first, second = min(left, other), max(left, other)
            heapq.heappush(queue, (-find_mean(first, second), first, second))
    return [sorted(ids) for _, ids in sorted(members.items())]


def _start_clusters(by_id: Mapping[str, Proposition]) -> dict[str, list[str]]:
    """Each statement by itself, with those that point at it."""
    members: dict[str, list[str]] = defaultdict(list)
    for i, p in sorted(by_id.items()):
        target = p.points_at
        members[target if target is not None and target in by_id else i].append(i)
    return dict(members)


def _add_link(sums: Links, left: str, right: str, total: float, links: int) -> None:
    before, number = sums[left].get(right, (0.0, 0))
    sums[left][right] = sums[right][left] = (before + total, number + links)


def _are_in_conflict(left: Sequence[Proposition], right: Sequence[Proposition]) -> bool:
    return any((is_inside(a, b) and a.statement_id != b.statement_id) or is_conflict(a, b) for a in left for b in right)
