"""The span of a source put right: whole words and a noun, and nothing that says when or only leads up to the words."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.extract.reports import Reader, Report, trim
from onrecord.records import Span

WORD_BEFORE = re.compile(r"(?:[\w.]+[-/])+$")  # "hard-|line monks"
WORD_BEHIND = re.compile(
    r"(?:[-/]\w+)+|(?:\.[A-Z])+\.?|(?<=\b[A-Z]\.)(?:[A-Z]\.?)+"
)  # "the U|.S.", "the 30-|second video"
REACH = 40  # characters that a word may have
LEADS_UP = re.compile(r"\s+as (?:saying|telling|writing|claiming|warning|stating)$")
# "now |friends of hers", "reports that |rescuers tell them"
LEADS_IN = re.compile(r"(?:now|as|by|per)\s+(?=\w)|that\s+(?=(?:[a-z]+ )?[a-z]{4,}s\b)", re.IGNORECASE)
WHEN = re.compile(
    r",?\s(?:on )?(?:today|yesterday|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
    r"(?: (?:morning|afternoon|evening|night))?$",
    re.IGNORECASE,
)
NO_NOUN = {"DET", "ADJ", "ADP"}
IN_PHRASE = {"ADJ", "NOUN", "PROPN", "NUM"}


def mend_source(reader: Reader, report: Report) -> Report:
    """A report with the edges of its source put right; without a source where only an article was found for one."""
    beside = (*report.cue, *report.content)
    source = tuple(s for span in report.source if (s := _add_noun(reader, _mend(reader, span, beside), beside)))
    return report if source == report.source else replace(report, source=source)


def _mend(reader: Reader, span: Span, beside: tuple[Span, ...]) -> Span:
    text = reader.text
    before = WORD_BEFORE.search(text, max(0, span.begin - REACH), span.begin)
    behind = WORD_BEHIND.match(text, span.end, span.end + REACH)
    begin, end = before.start() if before else span.begin, behind.end() if behind else span.end
    whole = Span(begin, end)
    if any(whole.overlaps(other) for other in beside):
        whole = span
    words = whole.of(text)
    if more := LEADS_UP.search(words):
        words = words[: more.start()]
    if lead := LEADS_IN.match(words):
        whole, words = Span(whole.begin + lead.end(), whole.end), words[lead.end() :]
    if (when := WHEN.search(words)) and _stands_alone(reader, Span(whole.begin, whole.begin + when.start())):
        words = words[: when.start()]
    return trim(text, whole.begin, whole.begin + len(words)) or span


def _stands_alone(reader: Reader, span: Span) -> bool:
    """Whether a day behind it says when somebody spoke: not in "an advertisement released | Thursday"."""
    words = reader.words_of(span)
    return bool(words) and words[-1].pos in {"NOUN", "PROPN"}


def _add_noun(reader: Reader, span: Span, beside: tuple[Span, ...]) -> Span | None:
    """ "An anonymous | statement": a source without its noun, with it; None where the noun is what was said."""
    places = reader.indices(span)
    if not places or any(reader.words[k].pos not in NO_NOUN for k in places):
        return span
    last = places[-1]
    while last + 1 < len(reader.words) and reader.words[last + 1].pos in IN_PHRASE:
        last += 1
    whole = Span(span.begin, reader.words[last].span.end)
    if any(whole.overlaps(other) for other in beside):
        return None if reader.words[places[-1]].pos == "DET" else span
    return whole if reader.words[last].pos in {"NOUN", "PROPN"} else span
