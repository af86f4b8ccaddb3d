"""Pages that retell one another: what both say alike is mostly one voice, whatever each calls it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from onrecord.records import Part
from onrecord.resolve.base import Proposition
from onrecord.resolve.keys import find_runs

# what an edge bears where two say the same on such pages
RETOLD = Part("retelling", 1.0, "the pages share sentences: one retells the other")
RUN = 8  # words in a row that two writers do not choose alike
SHARED = 2  # contents of each page with such a run in the other: one is but one quotation
CONTENTS_KEPT = 4096  # each is compared with many


@lru_cache(CONTENTS_KEPT)
def find_long_runs(text: str) -> frozenset[str]:
    """All runs of RUN words."""
    return find_runs(text, RUN)


def find_retold(pairs: Iterable[tuple[Proposition, Proposition]]) -> set[str]:
    """The pages that retell the one on the left of all pairs: SHARED contents of each have a run of the other's."""
    ours: dict[str, set[str]] = defaultdict(set)
    theirs: dict[str, set[str]] = defaultdict(set)
    for p, q in pairs:
        if p.document_id != q.document_id and not find_long_runs(p.text).isdisjoint(find_long_runs(q.text)):
            ours[q.document_id].add(p.id)
            theirs[q.document_id].add(q.id)
    return {page for page in ours if min(len(ours[page]), len(theirs[page])) >= SHARED}
