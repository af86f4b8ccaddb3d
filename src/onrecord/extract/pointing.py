"""Contents that only point back ("this", "the allegations", "it a lie"): the words that they stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.extract.reports import Reader, Report
from onrecord.records import Act, Span

POINTER = re.compile(
    r"^\W*(?:all\s+)?(?:this|it|them|these|those|that|so|which|something)(?=\W|$)"
    r"|^\W*(?:all\s+)?(?:the|these|those|such|any|that|this|both|his|her|their|its)\s+(?:\w+\s+){0,2}?(?:charges?|"
    r"allegations?|accusations?|claims?|reports?|assertions?|suggestions?|rumou?rs?|story|stories|statements?|comments?|"
    r"remarks?|criticisms?|complaints?|idea|notion|proposal|request|demands?)\W*$",
    re.IGNORECASE,
)
BARE = re.compile(r"^\W*(?:this|it|that|so)\W*$", re.IGNORECASE)
MAX_WORDS = 8
MIN_TOLD = 30  # characters
REACH = 3  # paragraphs back


def find_antecedents(
    reader: Reader, reports: Sequence[Report], roots: Sequence[str], acts: Sequence[Act | None]
) -> list[tuple[Span, ...]]:
    """For each report whose content points back, what it stands for.

    That is the sentence before, where the page itself says it there, else the nearest earlier report by somebody else.
    """
    return [_antecedent(reader, k, reports, roots, acts) for k in range(len(reports))]


def _antecedent(
    reader: Reader, k: int, reports: Sequence[Report], roots: Sequence[str], acts: Sequence[Act | None]
) -> tuple[Span, ...]:
    report = reports[k]
    content = " ".join(s.of(reader.text) for s in report.content)
    words = reader.words_of(*report.content)
    points = report.rule == "reply" or (len(words) <= MAX_WORDS and POINTER.match(content))
    if not points or any(w.pos in {"VERB", "AUX"} for w in words):
        return ()
    if report.rule == "taken back" and report.outer >= 0:
        return _find_before(reader, report, reports[report.outer])
    candidates = [
        m
        for m, other in enumerate(reports)
        if m != k
        and other.outer < 0
        and acts[m] not in {None, Act.DECLINE}
        and roots[m] != roots[k]
        and other.content[-1].end <= report.content[0].begin
        and reader.text.count("\n\n", other.content[-1].end, report.place.begin) < REACH
        and sum(map(len, other.content)) > 20
    ]
    nearest = max(
        candidates, key=lambda m: (reports[m].content[-1].end, sum(map(len, reports[m].content))), default=None
    )
    if BARE.match(content) and (told := _find_told(reader, report, reports)):
        return told
    return reports[nearest].content if nearest is not None else ()


def _find_before(reader: Reader, report: Report, outer: Report) -> tuple[Span, ...]:
    """ "“Four thousand was one side of the river. I withdraw it,” she said": the sentence before, of the same words."""
    sentence = reader.sentence_of(report.place)
    before = reader.sentence_before(sentence)
    told = next((c for c in outer.content if before and c.begin < before.end and before.begin <= c.end), None)
    return (Span(max(before.begin, told.begin), before.end),) if before is not None and told is not None else ()


def _find_told(reader: Reader, report: Report, reports: Sequence[Report]) -> tuple[Span, ...]:
    """The sentence before, where the page says it in its own voice: "The frigate used it. The navy admitted this."."""
    sentence = reader.sentence_of(report.place)
    before = reader.sentence_before(sentence)
    if before is None or len(before) < MIN_TOLD or reader.text.count("\n", before.begin, sentence.begin) > 2:
        return ()
    if any(s.begin < before.end and before.begin < s.end for other in reports for s in (*other.cue, *other.content)):
        return ()
    return (before,)
