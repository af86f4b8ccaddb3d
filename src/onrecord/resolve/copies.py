"""Which document repeats another, and which of the two is the original.

What one took over word for word shows in three-word runs, quotations aside: two reporters at one press conference share
those. Rewritten wire copy keeps about a third of its runs (NEWS-COPY, Silcock et al. 2022) and a translation none, but
both keep names and figures in their order, which two who write for themselves do not; that needs a credit besides, or
words in common. How each pair was decided stays on its edge.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache

from onrecord.names import find_initials
from onrecord.records import Document, Edge, Part, Relation
from onrecord.resolve.base import Vector
from onrecord.resolve.keys import find_runs
from onrecord.resolve.owners import Owners, load_owners
from onrecord.resolve.wording import LOWER_NAMES, NUMBERS, STOP, find_stems, has_word

VERSION = "copies 2"
LEAD = 600  # characters of a document that its vector is made from
# shares of the document that has fewer; chosen on the pairs of tests/resolve/copies and the older stories
VERBATIM, LEAST_RUNS = 0.35, 15
WHOLE, LEAST_OF_WHOLE = 0.85, 10  # a page of few words, nearly all of them
LEAST_MARKS, SAME_MARKS = 6, 0.5  # a report made each day from one pattern has other names and figures in it
PLAIN = 0.6  # as VERBATIM, where there are hardly any names and figures
IN_ORDER, IN_ORDER_ABROAD, IN_ORDER_UNCREDITED = 0.6, 0.5, 0.75
CREDITED_WORDS = 0.5  # who only cites an outlet has words of its own
ALL_MARKS, NEAR_LEADS = 0.85, 0.8  # in another order: nearly all names and figures, and leads that mean the same
TRACE, TRACE_WORDS = 0.12, 0.5  # runs and words that a rewriter without a credit leaves
MOST_MARKS = 120
SKETCHES_KEPT = 256  # the pages of one event come in together
DAYS = 7  # within which a copy is made that is not verbatim
EDGE_BEGIN, EDGE_END = 300, 250  # characters where credits stand
QUOTED = re.compile(r"“[^“”\n]{8,}[”“]|„[^„“”\n]{8,}[“”]|\"[^\"\n]{8,}\"|«[^«»\n]{8,}»")
CREDIT = re.compile(r"\(([A-ZÀ-Þ][\w.& -]{1,30})\)")
TRANSLATED = re.compile(r"\b(?:translat(?:ed|ion)|übersetz\w*|traduit|traduction|traducid[oa]|traducción)\b", re.I)
MARK = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_][\w’'-]*")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What of a document is needed to tell whether it repeats another.

    `runs` and `stems` are those outside quotations; `marks` are names and figures, in order; `edges` are its beginning
    and end, where credits stand, and `credits` what is named there as one.
    """

    id: str
    published: str
    outlet: str
    owner: str | None
    runs: frozenset[str]
    marks: tuple[str, ...]
    stems: frozenset[str]
    edges: str
    credits: frozenset[str]
    translated: bool
    canonical: str
    address: str
    length: int
    language: str
    vector: Vector | None = None


def make_sketch(document: Document, vector: Vector | None = None, *, owners: Owners | None = None) -> Sketch:
    """The sketch of a document; `owners` is the map that ships where none is given."""
    owner = (owners or load_owners()).find(document.outlet)
    return replace(_make_sketch(document), vector=vector, owner=owner)


@lru_cache(SKETCHES_KEPT)
def _make_sketch(document: Document) -> Sketch:
    body = document.text.removeprefix(document.title or "").strip() or document.text
    told = QUOTED.sub(" … ", body)
    edges = f"{document.text[:EDGE_BEGIN]}\n{document.author or ''}\n{document.text[-EDGE_END:]}"
    return Sketch(
        id=document.id,
        published=document.published.value if document.published else "",
        outlet=re.sub(r"^The ", "", document.outlet or ""),
        owner=None,
        runs=find_runs(told),
        marks=_find_marks(body),
        stems=find_stems(told),
        edges=edges,
        credits=frozenset(CREDIT.findall(edges)) | ({document.agency} if document.agency else set()),
        translated=TRANSLATED.search(edges) is not None,
        canonical=document.based_on or document.canonical or "",
        address=document.address,
        length=len(body),
        language=(document.language or "").partition("-")[0],
    )


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two documents have in common, each from 0 to 1: shares of the one that has fewer, and a cosine.

    `in_order` are names and figures that come in the same order in both, `marks` in any.
    """

    runs: float
    words: float
    marks: float
    in_order: float
    cosine: float


def match_documents(a: Sketch, b: Sketch) -> Edge | None:
    """The edge from a copy (left) to its original (right), or None. The same for (b, a)."""
    a, b = sorted((a, b), key=lambda s: s.id)
    declared = _declares(a, b) or _declares(b, a)
    has_marks = min(len(a.marks), len(b.marks)) >= LEAST_MARKS
    if not declared and has_marks and _share(frozenset(a.marks), frozenset(b.marks)) < SAME_MARKS:
        return None
    like = _compare(a, b, has_marks)
    credit = _find_credit(a, b)
    shared = len(a.runs & b.runs)
    is_verbatim = (like.runs >= (VERBATIM if has_marks else PLAIN) and shared >= LEAST_RUNS) or (
        like.runs >= WHOLE and shared >= LEAST_OF_WHOLE
    )
    if not (declared or is_verbatim or _is_retold(a, b, like, credit)):
        return None
    original, why = _find_original(a, b)
    parts = (
        Part("runs", round(like.runs, 3), "of the three-word runs outside quotations, share of the one with fewer"),
        Part("order", round(like.in_order, 3), "of the names and figures, share that comes in the same order"),
        Part("marks", round(like.marks, 3), "of the names and figures, in any order"),
        Part("words", round(like.words, 3), "of the words outside quotations"),
        Part("meaning", round(like.cosine, 3), "cosine of the leads"),
        Part("credit", float(bool(credit)), credit),
        Part("declared", float(declared), "one page gives the other's address as its original" if declared else ""),
        Part("original", 1.0, why),
    )
    copy = b if original is a else a
    score = 1.0 if declared else round(max(like.runs, like.in_order, like.cosine), 3)
    return Edge(copy.id, original.id, Relation.COPY_OF, score, parts, decided_by=VERSION)


def _compare(a: Sketch, b: Sketch, has_marks: bool) -> Likeness:
    return Likeness(
        runs=_share(a.runs, b.runs),
        words=_share(a.stems, b.stems),
        marks=_share(frozenset(a.marks), frozenset(b.marks)) if has_marks else 0.0,
        in_order=_find_order(a.marks, b.marks) if has_marks else 0.0,
        cosine=float(a.vector @ b.vector) if a.vector is not None and b.vector is not None else 0.0,
    )


def _is_retold(a: Sketch, b: Sketch, like: Likeness, credit: str) -> bool:
    """Whether one tells in its own words what the other does, from the first name to the last."""
    if not _are_near(a.published, b.published) or (a.outlet and a.outlet == b.outlet):
        return False  # an outlet that comes back to its own story has news
    is_whole = like.marks >= ALL_MARKS and like.cosine >= NEAR_LEADS
    if credit and a.language == b.language:
        return like.words >= CREDITED_WORDS and (is_whole or like.in_order >= IN_ORDER)
    if credit:
        return is_whole or like.in_order >= IN_ORDER_ABROAD
    is_traced = like.runs >= TRACE and like.words >= TRACE_WORDS
    return is_traced and (is_whole or like.in_order >= IN_ORDER_UNCREDITED)


def _find_original(a: Sketch, b: Sketch) -> tuple[Sketch, str]:
    for one, other in ((a, b), (b, a)):
        if _declares(other, one) and not _declares(one, other):
            return one, "the other gives its address as the original"
    for one, other in ((a, b), (b, a)):
        if _credits(other, one) and not _credits(one, other):
            return one, "its outlet is the one that the other credits"
    for one, other in ((a, b), (b, a)):
        if other.translated and not one.translated:
            return one, "the other says that it is a translation"
    earlier = _compare_times(a.published, b.published)
    if earlier:
        return (a if earlier < 0 else b), "published first"
    for one, other in ((a, b), (b, a)):
        if _is_agency(one) and not _is_agency(other):
            return one, "its outlet is the agency that its own credit names"
    if a.length != b.length:
        return (a if a.length > b.length else b), "longer"
    return a, "smaller id"


def _find_credit(a: Sketch, b: Sketch) -> str:
    """Why it is likely that one has it from the other, or both from a third; empty where nothing says so."""
    for one, other in ((a, b), (b, a)):
        # nobody has it from what was not out yet
        if _credits(one, other) and _compare_times(one.published[:10], other.published[:10]) >= 0:
            return "one credits the other's outlet"
    if a.canonical and a.canonical == b.canonical:
        return "both give one address as their original"
    if shared := a.credits & b.credits:
        return f"both credit {min(shared)}"
    if a.owner and a.owner == b.owner:
        return f"both outlets belong to {a.owner}"
    return "one says that it is a translation" if a.translated or b.translated else ""


def _credits(one: Sketch, other: Sketch) -> bool:
    """Whether the edges of one name the outlet of the other, in full or by its initials."""
    if not other.outlet or other.outlet == one.outlet:
        return False
    named = re.search(rf"(?<!\w){re.escape(other.outlet)}(?!\w)", one.edges) is not None
    return named or bool(one.credits & {other.outlet, find_initials(other.outlet)})


def _is_agency(one: Sketch) -> bool:
    return bool(one.outlet) and bool(one.credits & {one.outlet, find_initials(one.outlet)})


def _declares(one: Sketch, other: Sketch) -> bool:
    return bool(one.canonical) and one.canonical == other.address


def _find_marks(body: str) -> tuple[str, ...]:
    """Names, cut so that Arvenian is Arvenia, and figures, in order; a word that opens a sentence is no name."""
    marks = []
    for found in MARK.finditer(body):
        word = found.group()
        lower = word.lower()
        if word[0].isdigit():
            marks.append(word.replace(",", ""))
        elif lower in NUMBERS and NUMBERS[lower] > 1:
            marks.append(str(NUMBERS[lower]))
        elif word[0].isupper() and len(word) > 2 and lower not in STOP and lower not in LOWER_NAMES:
            opens = body[: found.start()].rstrip(" \"“„‘'(")[-1:] in ("", ".", "!", "?", "\n", ":")
            if not opens or not has_word(body, lower):
                marks.append(re.sub(r"['’]s?$", "", lower)[:5])
    return tuple(marks[:MOST_MARKS])


def _find_order(a: Sequence[str], b: Sequence[str]) -> float:
    """The longest common subsequence, as a share of the shorter."""
    row = [0] * (len(b) + 1)
    for mark in a:
        above = 0
        for at, other in enumerate(b, 1):
            above, row[at] = row[at], above + 1 if mark == other else max(row[at], row[at - 1])
    return row[-1] / max(1, min(len(a), len(b)))


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / max(1, min(len(a), len(b)))


def _compare_times(left: str, right: str) -> int:
    """Below 0 where left is earlier, above where right is, 0 where that is not known."""
    if not left or not right:
        return 0
    if len(left) > 10 and len(right) > 10:
        one, other = (_find_instant(value) for value in (left, right))
        return (one > other) - (one < other)
    size = min(len(left), len(right), 10)
    return (left[:size] > right[:size]) - (left[:size] < right[:size])


def _find_instant(value: str) -> datetime:
    found = datetime.fromisoformat(value)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _are_near(left: str, right: str) -> bool:
    if len(left) < 10 or len(right) < 10:
        return True
    return abs((date.fromisoformat(left[:10]) - date.fromisoformat(right[:10])).days) <= DAYS
