"""Which document repeats another, and which of the two is the original.

Three-word runs find what is verbatim or cut; a rewritten or translated copy shares few of them, so the sentence
vectors of the leads, together with the names and figures in common, decide where the runs do not (NEWS-COPY,
Silcock et al. 2022, found a third of the runs left in rewritten wire copy).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from onrecord.records import Document, Edge, Part, Relation
from onrecord.resolve.base import Vector
from onrecord.resolve.keys import find_runs
from onrecord.resolve.wording import find_figures, find_names

VERSION = "copies 1"
LEAD = 1200  # characters of a document that its vector is made from
VERBATIM = 0.35  # share of the shorter document's runs
LEAST_RUNS = 15  # in common: two notes of one sentence are alike without a copy
REWRITTEN = 0.78  # cosine, with most of the names and figures
SHARED_FACTS = 0.6
DAYS = 10
CREDIT = re.compile(r"\(([A-ZÀ-Þ][\w.& -]{1,30})\)")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What of a document is needed to tell whether it repeats another. `credits` are agencies that it names."""

    id: str
    day: str
    outlet: str
    runs: frozenset[str]
    facts: frozenset[str]
    credits: frozenset[str]
    canonical: str
    address: str
    length: int
    vector: Vector | None = None


def make_sketch(document: Document, vector: Vector | None = None) -> Sketch:
    """The sketch of a document."""
    body = document.text.partition("\n")[2] or document.text
    facts = {name.lower() for name in find_names(body)} | {f"{f.value:g} {f.unit}" for f in find_figures(body)}
    edges = document.text[:300] + " " + document.text[-120:]
    named = {found.lower() for found in CREDIT.findall(edges)}
    return Sketch(
        id=document.id,
        day=document.published.value[:10] if document.published else "",
        outlet=(document.outlet or "").lower(),
        runs=find_runs(body),
        facts=frozenset(facts),
        credits=frozenset(named | ({document.agency.lower()} if document.agency else set())),
        canonical=document.based_on or document.canonical or "",
        address=document.address,
        length=len(body),
        vector=vector,
    )


def match_documents(a: Sketch, b: Sketch) -> Edge | None:
    """The edge from a copy (left) to its original (right), or None. The same for (b, a)."""
    a, b = sorted((a, b), key=lambda s: s.id)
    few, many = sorted((a.runs, b.runs), key=len)
    runs = len(few & many) / len(few) if few else 0.0
    facts = len(a.facts & b.facts) / max(1, min(len(a.facts), len(b.facts)))
    cosine = float(a.vector @ b.vector) if a.vector is not None and b.vector is not None else 0.0
    declared = bool(a.canonical and a.canonical in (b.address, b.canonical)) or b.canonical == a.address
    verbatim = runs >= VERBATIM and len(few & many) >= LEAST_RUNS
    rewritten = cosine >= REWRITTEN and facts >= SHARED_FACTS and _are_near(a.day, b.day) and _share_credit(a, b)
    if not (verbatim or declared or rewritten):
        return None
    original, why = _find_original(a, b)
    copy = b if original is a else a
    parts = (
        Part("runs", round(runs, 3), "share of the shorter one's three-word runs"),
        Part("meaning", round(cosine, 3), "cosine of the leads"),
        Part("facts", round(facts, 3), "names and figures in common"),
        Part("declared", float(declared), "canonical or based-on address" if declared else ""),
        Part("original", 1.0, why),
    )
    return Edge(copy.id, original.id, Relation.COPY_OF, round(max(runs, cosine), 3), parts, decided_by=VERSION)


def _find_original(a: Sketch, b: Sketch) -> tuple[Sketch, str]:
    for one, other in ((a, b), (b, a)):
        if other.canonical and other.canonical == one.address and one.canonical != other.address:
            return one, "the other gives its address as the original"
    if a.day and b.day and a.day != b.day:
        return (a if a.day < b.day else b), "published first"
    for one, other in ((a, b), (b, a)):
        if _is_agency(one.outlet, other.credits) and not _is_agency(other.outlet, one.credits):
            return one, "its outlet is the agency that the other credits"
    if a.length != b.length:
        return (a if a.length > b.length else b), "longer"
    return a, "smaller id"


def _is_agency(outlet: str, agencies: frozenset[str]) -> bool:
    initials = "".join(word[0] for word in outlet.split())
    return any(credit in (outlet, initials) for credit in agencies) if outlet else False


def _share_credit(a: Sketch, b: Sketch) -> bool:
    return bool(a.credits & b.credits) or _is_agency(a.outlet, b.credits) or _is_agency(b.outlet, a.credits)


def _are_near(left: str, right: str) -> bool:
    if len(left) < 10 or len(right) < 10:
        return True
    return abs((date.fromisoformat(left) - date.fromisoformat(right)).days) <= DAYS
