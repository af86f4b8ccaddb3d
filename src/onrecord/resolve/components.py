"""Which statements can come into one claim: those that strong edges lead to, from one to the next.

Two clusters are merged where the mean odds of their pairs come to JOIN, so that one pair at least must come to it: no
cluster reaches beyond the edges of JOIN and more. Weaker edges count inside a component, where they are part of means.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.records import Edge
from onrecord.resolve.base import ClaimStore, Proposition
from onrecord.resolve.match import JOIN

MOST = 3000  # statements that are gone through for the claims of one step, at most


@dataclass(frozen=True, slots=True)
class Component:
    """Propositions, by id, with all edges between them."""

    propositions: tuple[Proposition, ...]
    edges: tuple[Edge, ...]


def find_components(store: ClaimStore, ids: Iterable[str]) -> tuple[list[Component], set[str]]:
    """The components of these statements, and the ids of all that was looked at, those that are gone among them."""
    members = _add_siblings(store, ids)
    todo = members
    strong: set[tuple[str, str]] = set()
    while todo and len(members) < MOST:
        strong.update(store.find_links(sorted(todo), least=JOIN))
        todo = _add_siblings(store, {end for pair in strong for end in pair} - members) - members
        members |= todo
    propositions = store.find_propositions(members)
    homes = find_homes(pair for pair in strong if propositions.keys() >= set(pair))
    inside = store.find_edges_between(homes)
    home = {i: homes.get(i, i) for i in propositions}
    grouped: dict[str, tuple[list[Proposition], list[Edge]]] = defaultdict(lambda: ([], []))
    for i in sorted(propositions):
        grouped[home[i]][0].append(propositions[i])
    for edge in inside:
        if home[edge.left] == home[edge.right]:
            grouped[home[edge.left]][1].append(edge)
    return [Component(tuple(some), tuple(own)) for some, own in grouped.values()], members


def _add_siblings(store: ClaimStore, ids: Iterable[str]) -> set[str]:
    """With the others of the same statements: claims are found, and so replaced, by the statements that they hold."""
    found = set(ids)
    statements, nth = {i.partition("/")[0] for i in found}, 1
    found |= statements
    while statements:
        more = store.find_propositions(f"{statement}/{nth}" for statement in statements)
        found |= more.keys()
        statements, nth = {i.partition("/")[0] for i in more}, nth + 1
    return found


def find_homes(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The smallest member of the component of each item that is in a pair (union-find, halving the paths)."""
    homes: dict[str, str] = {}

    def find(item: str) -> str:
        while (home := homes.setdefault(item, item)) != item:
            homes[item] = item = homes[home]
        return item

    for left, right in pairs:
        first, second = sorted((find(left), find(right)))
        homes[second] = first
    return {item: find(item) for item in list(homes)}
