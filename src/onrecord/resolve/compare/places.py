"""Where two contents stand: one page seldom tells of two things in nearly the same words."""

from __future__ import annotations

from onrecord.records import Part
from onrecord.resolve.base import Proposition


def compare_places(a: Proposition, b: Proposition) -> Part:
    """1 in one document, else 0."""
    same = a.document_id == b.document_id
    return Part("document", float(same), "in one document" if same else "")
