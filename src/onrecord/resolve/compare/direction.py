"""Who does it to whom: "A asked B" is not "B asked A"."""

from __future__ import annotations

from onrecord.records import Part
from onrecord.resolve.base import Proposition
from onrecord.resolve.compare.names import is_akin, split_names

NOTHING = Part("direction", 0.0)


def compare_direction(a: Proposition, b: Proposition) -> Part:
    """-1 where parties have changed sides, -0.5 where the doers are others, 1 where a doer is shared, else 0."""
    if not (a.agents or b.agents):
        return NOTHING
    doers = _meet(a.agents, b.agents)
    swapped = _meet(a.agents, b.patients) and _meet(a.patients, b.agents)
    if swapped and not doers:
        return Part("direction", -1.0, "the parties have changed sides")
    if a.agents and b.agents and not doers:
        return Part("direction", -0.5, f"{'/'.join(sorted(a.agents))} against {'/'.join(sorted(b.agents))}")
    return Part("direction", float(doers), "the same doer" if doers else "")


def _meet(left: frozenset[str], right: frozenset[str]) -> bool:
    return bool(left and right) and any(is_akin(x, y) for x in split_names(left) for y in split_names(right))
