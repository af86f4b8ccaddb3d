"""Reports that one attribution hides in its content: "quoted Y as saying Z", "a Reuters report that Z"."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.extract.lexicon import find_entry
from onrecord.extract.reports import Reader, Report, trim
from onrecord.records import Act, Span

AS_SAYING = re.compile(
    r"^(?P<source>.{2,120}?)\s+as\s+(?P<cue>saying|telling|stating|writing|claiming|arguing|warning|adding|reporting)"
    r"(?P<to>\s+(?:that\b)?)\s*",
    re.DOTALL,
)
REPORT_THAT = re.compile(
    r"^(?P<det>an?|the|that|this|his|her|its|their|recent|earlier)?\s*(?P<source>(?:[\w.&’'-]+\s+){0,6}?)"
    r"(?P<cue>reports?|claims?|allegations?|accusations?|assertions?|story|statement|suggestions?|rumou?rs?)\s+that\s+",
    re.IGNORECASE,
)
REPORT_FROM = re.compile(
    r"^(?:an?|the|that|this)\s+(?:\w+\s+){0,2}?(?P<cue>reports?|claims?|allegations?|accusations?|assertions?|story|"
    r"statement|suggestions?|rumou?rs?)\s+(?:from|by|in|of)\s+(?P<source>.{3,80}?),?\s+that\s+",
    re.IGNORECASE,
)


def join_quoting(reader: Reader, reports: list[Report]) -> list[Report]:
    """ "The paper quoted Y" and "saying X" are one: the paper for "Y as saying X", and in it Y for X."""
    joined = list(reports)
    for k, quoting in enumerate(reports):
        for m, saying in enumerate(reports):
            between = reader.text[quoting.content[-1].end : saying.place.begin] if m != k and saying.cue else ""
            if re.fullmatch(r",?\s+as\s+", between) and quoting.content[-1].end <= saying.content[0].begin:
                whole = Span(quoting.content[0].begin, saying.content[-1].end)
                joined[k] = replace(quoting, content=(whole,))
                joined[m] = replace(saying, source=quoting.content, rule="as saying")
    return joined


def find_hidden(reader: Reader, report: Report, own: int) -> list[Report]:
    """Reports that the content of one attribution spells out in a fixed construction."""
    first = report.content[0]
    text = first.of(reader.text)
    match = AS_SAYING.match(text)
    if match:
        source = Span(first.begin + match.start("source"), first.begin + match.end("source"))
        cue = Span(first.begin + match.start("cue"), first.begin + match.end("cue"))
        rest = trim(reader.text, first.begin + match.end(), first.end)
        if rest is not None:
            return [Report((source,), (cue,), (rest, *report.content[1:]), report.confidence, own, (), "as saying")]
    for pattern in (REPORT_THAT, REPORT_FROM):
        match = pattern.match(text)
        if match is None or not match["source"].strip():
            continue
        rest = trim(reader.text, first.begin + match.end(), first.end)
        named = trim(reader.text, first.begin + match.start("source"), first.begin + match.end("source"))
        cue = Span(first.begin + match.start("cue"), first.begin + match.end("cue"))
        if rest is not None and named is not None and any(w.pos == "PROPN" for w in reader.words_of(named)):
            # who denies a report is no link of it; who shares one is
            outer = -1 if _denies(reader, report) else own
            return [Report((named,), (cue,), (rest, *report.content[1:]), report.confidence, outer, (), "report that")]
    return []


def _denies(reader: Reader, report: Report) -> bool:
    forms = reader.forms(reader.words_of(*report.cue))
    entries = [find_entry(forms, k) for k in range(len(forms))]
    return any(e is not None and e.act in {Act.DENY, Act.DECLINE, Act.CONFIRM, Act.ACCUSE} for e in entries)
