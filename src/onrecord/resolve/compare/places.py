"""Where two contents stand: one voice comes back to a matter on a page, and seldom do two voices say the same there."""

from __future__ import annotations

from onrecord.records import Part
from onrecord.resolve.base import Proposition


def compare_places(a: Proposition, b: Proposition, *, turned: bool) -> Part:
    """In one document 1 for one voice, -1 for two on one side; else 0. `turned` where the words are opposites."""
    if a.document_id != b.document_id or (a.body != b.body and are_against(a, b, turned=turned)):
        return Part("document", 0.0)
    if a.body == b.body:
        return Part("document", 1.0, "one voice in one document")
    return Part("document", -1.0, "two voices in one document")


def are_against(a: Proposition, b: Proposition, *, turned: bool) -> bool:
    """Whether one takes to be so what the other takes not to be so."""
    return None not in (a.holds, b.holds) and (a.holds == b.holds) == turned
