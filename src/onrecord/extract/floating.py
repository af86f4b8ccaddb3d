"""Quotations that nobody is named for: they go on with what the speaker before them said.

Newspapers name a speaker once and let further quotations follow, in the same paragraph or as paragraphs of their own
(the "floating quotes" of the Gender Gap Tracker, Asr et al. 2021).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.extract.reports import Reader, Report, trim
from onrecord.records import Span

MIN_WORDS = 5  # shorter ones are titles and scare quotes
MIN_SHARE = 0.9  # of a paragraph's letters, for it to be a quotation and nothing else


def attach_quotations(reader: Reader, reports: Sequence[Report]) -> list[Report]:
    """The reports with the quotations that follow them; a quotation that fills a paragraph becomes its own report."""
    attached = list(reports)
    quotations = reader.quotations
    for quotation in quotations:
        if len(reader.indices(quotation)) < MIN_WORDS or _is_taken(quotation, attached):
            continue
        paragraph = reader.paragraph_of(quotation)
        whole = _letters(reader.text, quotation) >= MIN_SHARE * _letters(reader.text, paragraph)
        before = _speaker_before(reader, quotation, attached, quotations, paragraph, whole)
        span = trim(reader.text, quotation.begin, quotation.end)
        if before is None or span is None:
            continue
        if whole:
            speaker = attached[before]
            attached.append(Report(speaker.source, (), (span,), speaker.confidence, -1, (), "goes on"))
        elif attached[before].content[-1].end <= span.begin:
            attached[before] = replace(attached[before], content=(*attached[before].content, span))
    return attached


def _is_taken(quotation: Span, reports: Sequence[Report]) -> bool:
    return any(s.overlaps(quotation) for r in reports for s in (*r.content, *r.cue, *r.source))


def _speaker_before(
    reader: Reader, quotation: Span, reports: Sequence[Report], quotations: Sequence[Span], paragraph: Span, whole: bool
) -> int | None:
    """The last report before the quotation that quotes somebody: in its paragraph, or for a whole one, in the last."""
    begin = paragraph.begin
    if whole:
        end_before = len(reader.text[: paragraph.begin].rstrip())
        begin = reader.paragraph_of(Span(max(0, end_before - 1), end_before)).begin
    elif not _stands_alone(reader, quotation):
        return None
    near = [
        k
        for k, r in enumerate(reports)
        if r.outer < 0
        and r.source
        and begin <= r.place.begin < quotation.begin
        and any(q.overlaps(c) for q in quotations for c in r.content)
    ]
    return max(near, key=lambda k: max(c.end for c in reports[k].content), default=None)


def _stands_alone(reader: Reader, quotation: Span) -> bool:
    """The quotation is a sentence of its own, no words of the writer's beside it."""
    sentence = reader.sentence_of(quotation)
    return quotation.begin - sentence.begin <= 1 and reader.text[: quotation.begin].rstrip()[-1:] in {
        ".",
        "!",
        "?",
        "”",
        '"',
        "'",
    }


def _letters(text: str, span: Span) -> int:
    return sum(c.isalnum() for c in span.of(text))
