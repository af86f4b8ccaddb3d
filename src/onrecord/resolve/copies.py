"""Documents that are one text: syndicated, retitled, lightly rewritten, cut short or translated again.

Shingles find what is alike to the letter (Broder 1997). Rewritten wire copy shares only a third of its three-word runs
with the original (Silcock et al. 2022), so paragraphs that mean the same in the same order count too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.records import Document, Edge, Part, Relation
from onrecord.resolve.wordings import Embeds, Vector

RUN = 3  # words a shingle
SHINGLES_ALONE = 0.55  # containment that needs no second witness
SHINGLES_TOO = 0.12
SAME_SENTENCE = 0.8  # cosine of two sentences that say one thing
SENTENCES = 0.6  # share of the shorter text's sentences with such a partner in the other
LEAST_SENTENCES = 3
DAYS_APART = 10
DECIDED_BY = "copies-1"
SENTENCE_END = re.compile(r"(?<=[.!?][”\"’']|[.!?])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Print:
    """What of a document is compared: its shingles, and a vector a sentence."""

    document: Document
    shingles: frozenset[int]
    sentences: Vector


def make_print(document: Document, embedder: Embeds) -> Print:
    """Headings and very short lines are left out: a copy has a headline of its own."""
    headings = {h.span for h in document.headings}
    body = "\n".join(
        line.group()
        for line in re.finditer(r"[^\n]+", document.text)
        if not any(h.begin <= line.start() < h.end for h in headings)
    )
    words = re.findall(r"\w+", body.casefold())
    shingles = frozenset(hash(tuple(words[k : k + RUN])) for k in range(len(words) - RUN + 1))
    sentences = [s for s in SENTENCE_END.split(body) if len(s.split()) > 4]
    return Print(document, shingles, embedder.embed(sentences))


def match_documents(a: Print, b: Print) -> Edge | None:
    """An edge "copy of" from the copy to the original, or None."""
    if a.document.id == b.document.id or not a.shingles or not b.shingles or _days_apart(a.document, b.document) > DAYS_APART:
        return None
    contained = len(a.shingles & b.shingles) / min(len(a.shingles), len(b.shingles))
    shared = _share_sentences(a.sentences, b.sentences) if contained >= SHINGLES_TOO or _refers(a, b) else 0.0
    enough = min(len(a.sentences), len(b.sentences)) >= LEAST_SENTENCES
    if contained < SHINGLES_ALONE and not (enough and shared >= SENTENCES):
        return None
    copy, original = _sort(a.document, b.document)
    parts = (
        Part("shingles", round(contained, 4), f"{contained:.0%} of the shorter text's three-word runs"),
        Part("sentences", round(shared, 4), f"{shared:.0%} of its sentences say the same"),
        Part("original", 1.0, _reason(copy, original)),
    )
    return Edge(copy.id, original.id, Relation.COPY_OF, round(max(contained, shared), 4), parts, DECIDED_BY)


def group_copies(edges: Sequence[Edge], documents: dict[str, Document]) -> dict[str, str]:
    """Each copy's id to the original of its group."""
    parent = {i: i for edge in edges for i in (edge.left, edge.right)}

    def find(i: str) -> str:
        while parent[i] != i:
            i = parent[i]
        return i

    for edge in edges:
        left, right = find(edge.left), find(edge.right)
        if left != right:
            parent[left] = right
    groups: dict[str, list[str]] = {}
    for i in parent:
        groups.setdefault(find(i), []).append(i)
    return {
        i: original
        for members in groups.values()
        for original in [min(members, key=lambda m: _rank(documents[m]))]
        for i in members
        if i != original
    }


def _share_sentences(a: Vector, b: Vector) -> float:
    if not len(a) or not len(b):
        return 0.0
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    return float(((short @ long.T).max(1) >= SAME_SENTENCE).mean())


def _refers(a: Print, b: Print) -> bool:
    """Whether one page gives the other as its original."""
    return any(
        one.document.address in {other.document.canonical, other.document.based_on} for one, other in ((a, b), (b, a))
    )


def _rank(document: Document) -> tuple[bool, str, bool, int, str]:
    """The original first: not pointing elsewhere, earliest, no wire credited, longest."""
    elsewhere = bool(document.based_on) or bool(document.canonical and document.canonical != document.address)
    return (
        elsewhere and document.based_on is not None,
        document.published.value if document.published else "9999",
        document.agency is not None and document.agency.casefold() not in (document.outlet or "").casefold(),
        -len(document.text),
        document.id,
    )


def _sort(a: Document, b: Document) -> tuple[Document, Document]:
    return (b, a) if _rank(a) <= _rank(b) else (a, b)


def _reason(copy: Document, original: Document) -> str:
    if copy.based_on or copy.canonical == original.address:
        return "the copy names its original"
    if copy.published and original.published and copy.published.value != original.published.value:
        return f"published {original.published.value} before {copy.published.value}"
    if copy.agency and not original.agency:
        return f"the copy credits {copy.agency}"
    return "the longer text"


def _days_apart(a: Document, b: Document) -> int:
    if not (a.published and b.published and len(a.published.day) == len(b.published.day) == 10):
        return 0
    return abs(int((np.datetime64(a.published.day) - np.datetime64(b.published.day)).astype(int)))
