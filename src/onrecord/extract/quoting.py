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


# the tail of "denied a report", and who is named for it between that and "that"
REPORT_AT_END = re.compile(
    r"\s(?:an?|the|that|this|these|those|recent|earlier)\s(?:\w+\s)?"
    r"(?:reports?|claims?|allegations?|accusations?|assertions?|story|stories|statements?|suggestions?|rumou?rs?)$"
)
BY_SOMEBODY = re.compile(r"\s*(?:in|by|from|of|on)\s(?:the\s)?[A-Z][^,.;]{2,60}?\s?(?:that\s.*)?", re.DOTALL)
TIED = re.compile(r"\s(?:in|by|from|of|on)$")
OPENING = {"'", "‘"}
DOUBLE = {'"', "“", "”"}
QUOTED_WHOLE = re.compile(r"[\"“]?[A-Z][^\"“”]*[,.!?][\"”]")
CLOSING = re.compile(r"[,.!?]['’]|['’](?=\s)")


def join_quoting(reader: Reader, reports: list[Report]) -> list[Report]:
    """ "The paper quoted Y" and "saying X" are one: the paper for "Y as saying X", which `find_hidden` then opens."""
    joined = list(reports)
    gone = set()
    after_as = [
        (m, saying) for m, saying in enumerate(reports)
        if saying.cue and reader.text[: saying.cue[0].begin].rstrip().endswith("as")
    ]  # fmt: skip
    for k, quoting in enumerate(reports):
        for m, saying in after_as:
            if m == k or not quoting.content[0].begin < saying.cue[0].begin:
                continue
            between = reader.text[quoting.content[0].begin : saying.cue[0].begin]
            beside = re.fullmatch(r",?\s+as\s+", reader.text[quoting.content[-1].end : saying.cue[0].begin])
            within = quoting.content[0].covers(saying.cue[0]) and between.endswith(" as ")
            if (beside or within) and saying.cue[0].end <= saying.content[0].begin:
                whole = Span(quoting.content[0].begin, max(quoting.content[-1].end, saying.content[-1].end))
                joined[k] = replace(quoting, content=(whole,))
                gone.add(m)
    return [report for k, report in enumerate(joined) if k not in gone]


def cut_after_quotation(reader: Reader, report: Report) -> Report:
    """ "said, “You tell me,” repeatedly, before he left": the words end with the quotation."""
    first = report.content[0]
    opened = reader.text[first.begin - 1 : first.begin] in DOUBLE or reader.text[first.begin] in DOUBLE
    match = QUOTED_WHOLE.match(reader.text, first.begin, first.end) if opened else None
    rest = reader.text[match.end() : first.end] if match else ""
    if match is None or not rest.startswith(" ") or any(mark in rest for mark in DOUBLE):
        return report
    return replace(report, content=(Span(first.begin, match.end() - 2), *report.content[1:]))


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
        if rest is not None and named is not None and _is_named(reader, named):
            # who denies a report is no link of it; who shares one is
            outer = -1 if denies(reader, report) else own
            return [Report((named,), (cue,), (rest, *report.content[1:]), report.confidence, outer, (), "report that")]
    return []


def _is_named(reader: Reader, span: Span) -> bool:
    """Whether a phrase holds a name, or a capital where a name would have one: "the Observer"."""
    words = reader.words_of(span)
    inner = words if words[0].pos != "DET" else words[1:]
    return any(w.pos == "PROPN" or (w.pos == "NOUN" and w.span.of(reader.text)[0].isupper()) for w in inner)


def widen_report(reader: Reader, report: Report) -> Report:
    """ "denied a report | in the Observer | that X": the report is what is denied, whoever made it."""
    if len(report.cue) != 1 or not report.content or report.cue[0].end > report.content[0].begin:
        return report
    said = report.cue[0].of(reader.text)
    said = said[: -len(tied.group())] if (tied := TIED.search(said)) else said  # "denied a report | in"
    match = REPORT_AT_END.search(said)
    if match is None or not match.start():
        return report
    gap = reader.text[report.cue[0].begin + len(said) : report.content[0].begin]
    first = report.content[0].of(reader.text)
    if not (BY_SOMEBODY.fullmatch(gap) or (BY_SOMEBODY.match(first) and not gap.strip())):
        return report
    begin = report.cue[0].begin + match.start() + 1
    whole = Span(begin, report.content[0].end)
    return replace(report, cue=(Span(report.cue[0].begin, begin - 1),), content=(whole, *report.content[1:]))


def end_quotation(reader: Reader, report: Report) -> Report:
    """A content that opens with a single quotation mark ends with it: "'Go home,' and left" is "Go home"."""
    first = report.content[0]
    text = first.of(reader.text)
    opened = text[:1] in OPENING or reader.text[first.begin - 1 : first.begin] in OPENING
    match = CLOSING.search(text, 1) if opened else None
    if match is None or match.start() < 2:
        return report
    return replace(report, content=(Span(first.begin, first.begin + match.start()),))


def denies(reader: Reader, report: Report) -> bool:
    """Whether a cue turns against its content, confirms it or passes it over."""
    forms = reader.forms(reader.words_of(*report.cue))
    entries = [find_entry(forms, k) for k in range(len(forms))]
    return any(e is not None and e.act in {Act.DENY, Act.DECLINE, Act.CONFIRM, Act.ACCUSE} for e in entries)
