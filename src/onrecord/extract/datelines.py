"""Where a page was written from: "BERLIN (Reuters) - ", "MYRTLE BEACH, S.C. — ", "Beijing/Washington " before its text.

The place named there does nothing and says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.records import Span

CAPITALS = r"[^\W\d_a-zß-ÿ]"
DATELINE = re.compile(
    rf"(?:{CAPITALS}(?:{CAPITALS}|[.’'-])+(?:[ ,/]+{CAPITALS}[\w.’'-]*){{0,5}}(?:,? \d{{1,2}})?\s*"
    r"(?:\([\w ]+\)\s*)?[-–—]+\s+|[A-Z][a-z]+/[A-Z][a-z]+\s+(?=[A-Z]))"
)
# "PORTO. For Marco Keller the season is over": at the head of the text alone
ALONE = re.compile(rf"{CAPITALS}{{4,}}(?: {CAPITALS}{{2,}}){{0,2}}\.\s+(?={CAPITALS})")


def find_dateline(text: str, begin: int) -> Span | None:
    """The dateline, with the mark and the space after it, of the paragraph that begins at a place."""
    match = DATELINE.match(text, begin) or (ALONE.match(text) if begin == 0 else None)
    return Span(*match.span()) if match is not None else None


def iter_datelines(text: str) -> Iterator[Span]:
    """Those of all paragraphs, in order of the text."""
    for line in re.finditer(r"^.", text, re.MULTILINE):
        if (dateline := find_dateline(text, line.start())) is not None:
            yield dateline
