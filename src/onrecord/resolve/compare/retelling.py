"""Pages that retell one another: what both say alike is mostly one voice, whatever each calls it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from onrecord.records import Edge, Part
from onrecord.resolve.base import Proposition

FEATURE = "retelling"
RUN = 8  # words in a row that two writers do not choose alike
SHARED = 2  # contents of each page with such a run in the other: one is but one quotation
CONTENTS_KEPT = 4096  # each is compared with many

Runs = frozenset[tuple[str, ...]]


@lru_cache(CONTENTS_KEPT)
def find_runs(text: str) -> Runs:
    """All runs of RUN words, in lower case."""
    words = re.findall(r"\w+", text.lower())
    return frozenset(zip(*(words[k:] for k in range(RUN)), strict=False))


def find_retold(pairs: Iterable[tuple[Proposition, Proposition]]) -> set[str]:
    """The pages that retell the one on the left of all pairs: SHARED contents of each have a run of the other's."""
    ours: dict[str, set[str]] = defaultdict(set)
    theirs: dict[str, set[str]] = defaultdict(set)
    for p, q in pairs:
        if p.document_id != q.document_id and not find_runs(p.text).isdisjoint(find_runs(q.text)):
            ours[q.document_id].add(p.id)
            theirs[q.document_id].add(q.id)
    return {page for page in ours if min(len(ours[page]), len(theirs[page])) >= SHARED}


def make_part() -> Part:
    """What an edge bears where two say the same on such pages."""
    return Part(FEATURE, 1.0, "the pages share sentences: one retells the other")


def is_retold(edge: Edge) -> bool:
    """Whether the pages of an edge retell one another."""
    return any(part.feature == FEATURE for part in edge.parts)
