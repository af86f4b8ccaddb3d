"""Contents cut out as texts of their own, to be read again for the reports that they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.extract.base import Attribution
from onrecord.extract.lexicon import base_forms, read_table
from onrecord.extract.reports import QUOTES, Reader, Report
from onrecord.records import Span

MIN_CONTENT = 20  # characters: nothing shorter holds a report


@dataclass(frozen=True, slots=True)
class Piece:
    """A content cut out as a text of its own: its text, and where each stretch of it stands in the document."""

    owner: int
    text: str
    stretches: tuple[tuple[int, Span], ...]

    def back(self, span: Span) -> tuple[Span, ...]:
        """A span of the piece as spans of the document."""
        spans = []
        for start, home in self.stretches:
            begin, end = max(span.begin, start), min(span.end, start + len(home))
            if begin < end:
                spans.append(Span(home.begin + begin - start, home.begin + end - start))
        return tuple(spans)


def cut_contents(reader: Reader, reports: Sequence[Report], places: Sequence[int]) -> list[Piece]:
    """The contents worth a second reading: those that hold a possible cue."""
    pieces = []
    for k in places:
        report = reports[k]
        if report.rule == "citing" or sum(map(len, report.content)) < MIN_CONTENT:
            continue
        if _may_report(reader, report.content):
            pieces.append(_cut(reader.text, report.content, k))
    return pieces


def cut_asides(reader: Reader, reports: Sequence[Report]) -> list[Piece]:
    """Sources that tell of another report: "A woman who has accused X of rape", read as "A woman has accused …"."""
    pieces = []
    for report in reports:
        for span in report.source:
            match = re.match(r"(?P<who>.{2,80}?),?\s+who\s+(?P<does>.{12,})", span.of(reader.text), re.DOTALL)
            if match is None:
                continue
            who = Span(span.begin, span.begin + match.end("who"))
            does = Span(span.begin + match.start("does"), span.begin + match.end("does"))
            if _may_report(reader, (does,)):
                pieces.append(_cut(reader.text, (who, does), report.outer))
    return pieces


def from_piece(text: str, piece: Piece, attribution: Attribution) -> Report | None:
    """What the annotator found in a piece as a report of the document; None without a content or a cue."""

    def back(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(s for span in spans for s in piece.back(span))

    content = back(attribution.content)
    if not content or not attribution.cue:
        return None
    # a further quotation of the outer speaker does not go on with what the inner one said
    gaps = [text[a.end : b.begin] for a, b in pairwise(content)]
    going_on = next((n for n, gap in enumerate(gaps) if any(mark in gap for mark in QUOTES)), len(gaps))
    content = content[: going_on + 1]
    return Report(
        back(attribution.source), back(attribution.cue), content, attribution.confidence, piece.owner, (), "again"
    )


def _may_report(reader: Reader, content: Sequence[Span]) -> bool:
    """Whether any word of the content could be a cue."""
    table = read_table()
    words = reader.words_of(*content)
    forms = reader.forms(words)
    for k, (word, form) in enumerate(zip(words, forms, strict=True)):
        cue_noun = word.pos == "NOUN" and forms[k + 1 : k + 2] == ["that"]
        if (word.pos in {"VERB", "ADJ"} or cue_noun) and any(b in table for b in base_forms(form)):
            return True
        if form in {"according", "reportedly", "allegedly"}:
            return True
    return False


def _cut(text: str, content: Sequence[Span], owner: int) -> Piece:
    parts: list[str] = []
    stretches: list[tuple[int, Span]] = []
    length = 0
    for span in content:
        if parts:
            parts.append(" ")
            length += 1
        stretches.append((length, span))
        parts.append(span.of(text))
        length += len(span)
    return Piece(owner, "".join(parts), tuple(stretches))
