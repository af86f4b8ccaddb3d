"""Edges to groups of statements on one proposition, and how each stands to the others' words.

Groups grow from the surest edge down, and two join only where their members agree on average (UPGMA), so that a chain
of halfway similar statements does not run together. The order of the edges does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from onrecord.records import Edge
from onrecord.resolve.match import has_other_figures, is_turned

JOIN = 0.3  # mean score over all pairs of two groups, pairs without an edge counting nothing


def group_statements(ids: Iterable[str], edges: Sequence[Edge]) -> list[list[str]]:
    """Groups of ids, each sorted, in order of their first."""
    members = {i: [i] for i in ids}
    home = {i: i for i in members}
    sums: dict[str, dict[str, float]] = defaultdict(dict)
    for edge in edges:
        sums[edge.left][edge.right] = sums[edge.right][edge.left] = edge.score
    for edge in sorted(edges, key=lambda e: (-e.score, e.left, e.right)):
        left, right = home[edge.left], home[edge.right]
        if left == right or sums[left].get(right, 0.0) < JOIN * len(members[left]) * len(members[right]):
            continue
        if len(members[left]) < len(members[right]) or (len(members[left]) == len(members[right]) and right < left):
            left, right = right, left
        for i in members[right]:
            home[i] = left
        members[left] += members.pop(right)
        for other, value in sums.pop(right).items():
            sums[other].pop(right, None)
            if other != left:
                sums[left][other] = sums[other][left] = sums[left].get(other, 0.0) + value
    return sorted(sorted(group) for group in members.values())


def find_sides(group: Sequence[str], edges: Iterable[Edge]) -> dict[str, int]:
    """For each id +1 or -1: whether its words say the same as the first id's, or the opposite. The surest edges count."""
    side = {group[0]: 1}
    inside = sorted(
        (e for e in edges if e.left in group and e.right in group), key=lambda e: (-e.score, e.left, e.right)
    )
    while len(side) < len(group):
        edge = next((e for e in inside if (e.left in side) != (e.right in side)), None)
        if edge is None:
            side.update((i, 1) for i in group if i not in side)
            break
        known, new = (edge.left, edge.right) if edge.left in side else (edge.right, edge.left)
        side[new] = -side[known] if is_turned(edge) else side[known]
    return side


def find_variants(group: Sequence[str], edges: Iterable[Edge], figures: dict[str, frozenset[str]]) -> dict[str, int]:
    """For each id whose figures conflict with another's, the number of its variant from 1; ids without are left out."""
    conflicts = [e for e in edges if has_other_figures(e) and e.left in group and e.right in group]
    contested = sorted({i for e in conflicts for i in (e.left, e.right)})
    variants: dict[str, int] = {}
    for i in contested:
        same = next((v for j, v in variants.items() if figures[i] & figures[j]), None)
        variants[i] = same if same is not None else len(set(variants.values())) + 1
    return variants
