"""Links that a clause puts before its root: "citing officials", "cited by the Herald", "through his lawyer"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.extract.cast import is_speaker
from onrecord.extract.reports import Reader, Report
from onrecord.extract.roles import head_of
from onrecord.records import Span

CITED = re.compile(r"^(?P<source>.+?),?\s+(?:as\s+)?(?:cited|quoted|reported)\s+by\s+(?P<via>[^,;.]+)", re.DOTALL)
# "citing officials" beside the clause that reports: between source and cue, before both, or after all
CITED_WITHIN = re.compile(
    r"^\s*,?\s*(?P<cue>citing|quoting)\s+(?P<cited>[^,;.\n]{3,90}),\s*(?:(?:had|has|have|also)\s*)*$"
)
CITED_BEFORE = re.compile(r"(?:^|[.!?”\"\n]\s*)(?P<cue>Citing|Quoting)\s+(?P<cited>[^,;.\n]{3,90}),\s*$")
CITED_AFTER = re.compile(r"^[”\"]?,\s*(?P<cue>citing|quoting)\s+(?P<cited>[^,;.\n]{3,90})")
CITING = re.compile(
    r"^(?P<paper>.+?),?\s+(?:(?:citing|quoting)|(?:that|which) (?:cited?s?|quoted?s?))\s+(?P<cited>.+?),?$", re.DOTALL
)
THROUGH = re.compile(
    r"^[,\s]*(?:through|via)\s+(?P<via>(?:an?|the|his|her|its|their)\s+(?:\w+\s+){0,3}?"
    r"(?:lawyers?|attorneys?|spokes\w+|representatives?|publicists?|agents?|aides?|office|advisers?|lawyer))\b"
)
THROUGH_AT_END = re.compile(r"[,\s]+" + THROUGH.pattern.removeprefix(r"^[,\s]*").removesuffix(r"\b") + "$")
THROUGH_BEFORE = re.compile(r"(?:^|[.!?”\"\n]\s*)(?i:through|via)\s+(?P<via>[^,.;\n]{3,70}),\s*$")
# What one cites as one's source, as against as one's reason.
CITABLE = re.compile(
    r"\b(sources?|officials?|documents?|reports?|records?|people|persons?|data|polls?|surveys?|stud(?:y|ies)|memos?|"
    r"emails?|e-mails?|letters?|interviews?|media|newspapers?|agenc(?:y|ies)|experts?|diplomats?|aides?|witness(?:es)?|"
    r"police|prosecutors?|investigators?|filings?|statements?|figures|statistics|transcripts?|files|filing|analysts?|"
    r"spokes\w+|ministry|intelligence|research|articles?|book|insiders?|advisers?|lawyers?|lawsuit|complaint)\b",
    re.IGNORECASE,
)


def with_via(reader: Reader, report: Report) -> Report:
    """The links that the clause puts before the root: "through his lawyer", "according to X, cited by Y"."""
    if report.source:
        last = report.source[-1]
        before = THROUGH_BEFORE.search(reader.text[max(0, last.begin - 80) : last.begin])
        if before:
            begin = max(0, last.begin - 80)
            via = Span(begin + before.start("via"), begin + before.end("via"))
            return replace(report, via=((via,),), rule="through")
        match = THROUGH_AT_END.search(last.of(reader.text))
        if match and match.start() > 2:
            via = Span(last.begin + match.start("via"), last.begin + match.end("via"))
            root = Span(last.begin, last.begin + match.start())
            return replace(report, source=(*report.source[:-1], root), via=((via,),), rule="through")
        match = CITED.match(last.of(reader.text))
        if match:
            via = Span(last.begin + match.start("via"), last.begin + match.end("via"))
            root = Span(last.begin, last.begin + match.end("source"))
            return replace(report, source=(*report.source[:-1], root), via=((via,),), rule="cited by")
    tail = report.content[-1]
    match = THROUGH_AT_END.search(tail.of(reader.text))
    if match and match.start() > 2:
        via = Span(tail.begin + match.start("via"), tail.begin + match.end("via"))
        content = (*report.content[:-1], Span(tail.begin, tail.begin + match.start()))
        return replace(report, content=content, via=((via,),), rule="through")
    end = max(s.end for s in (*report.cue, *report.content))
    match = THROUGH.match(reader.text[end : end + 80])
    if match:
        via = Span(end + match.start("via"), end + match.end("via"))
        return replace(report, via=((via,),), rule="through")
    return report


def join_citing(reader: Reader, reports: list[Report]) -> list[Report]:
    """ "The paper, citing officials, reported X": the paper alone, and the paper → officials, both with content X."""
    cues = [cue for report in reports for cue in report.cue]
    reports = [new for report in reports for new in _split_citing(reader, report, cues)]
    joined: list[Report] = []
    for k, report in enumerate(reports):
        cue = " ".join(c.of(reader.text).lower() for c in report.cue)
        cited = report.content[0]
        main = next((m for m in _neighbours(k, reports) if _same_clause(reader, report, reports[m])), None)
        by = reader.text[max(0, report.place.begin - 4) : report.place.begin].strip() == "by"
        if by or cue.split()[-1:] not in (["citing"], ["quoting"]) or main is None or not _is_citable(reader, cited):
            joined.append(report)
            continue
        host = reports[main]
        via = host.source or report.source
        joined.append(Report((cited,), host.cue, host.content, report.confidence, -1, (via,), "citing"))
    return joined


def _split_citing(reader: Reader, report: Report, cues: Sequence[Span]) -> list[Report]:
    """ "Several papers, citing officials,": the papers alone, and the papers → officials."""
    aside = _find_aside(reader, report, cues)
    if aside is not None:
        cited_too = replace(report, source=(aside,), via=(report.source,), rule="citing")
        return [cited_too, replace(report, via=(), rule="annotator")]
    for n, span in enumerate(report.source):
        match = CITING.match(span.of(reader.text))
        if match is None:
            continue
        paper = Span(span.begin, span.begin + match.end("paper"))
        cited = Span(span.begin + match.start("cited"), span.end)
        alone = replace(report, source=(*report.source[:n], paper))
        if not _is_citable(reader, cited):
            return [alone]
        return [replace(report, source=(cited,), via=((paper,),), rule="citing"), alone]
    return [report]


def _find_aside(reader: Reader, report: Report, cues: Sequence[Span]) -> Span | None:
    """Whom an aside to the clause cites, where no report of its own was found for the aside (`cues` are all found)."""
    if len(report.source) != 1 or not report.cue:
        return None
    source, cue, text = report.source[0], report.cue[0], reader.text
    end = max(s.end for s in (*report.cue, *report.content))
    for pattern, begin, stop in (
        (CITED_WITHIN, source.end, cue.begin),
        (CITED_BEFORE, max(0, source.begin - 120), source.begin),
        (CITED_AFTER, end, end + 120),
    ):
        match = pattern.search(text[begin:stop]) if begin < stop else None
        if match is None:
            continue
        word = Span(begin + match.start("cue"), begin + match.end("cue"))
        cited = Span(begin + match.start("cited"), begin + match.end("cited"))
        if not any(word.overlaps(c) for c in cues) and _is_citable(reader, cited):
            return cited
    return None


def _neighbours(k: int, reports: Sequence[Report]) -> list[int]:
    return [m for m in (k + 1, k - 1, k + 2, k - 2) if 0 <= m < len(reports)]


def _same_clause(reader: Reader, citing: Report, host: Report) -> bool:
    same_source = bool(citing.source) and _is_one_phrase(reader, citing, host)
    return reader.sentence_of(citing.place) == reader.sentence_of(host.place) and (same_source or not citing.source)


def _is_one_phrase(reader: Reader, citing: Report, host: Report) -> bool:
    """The same source, or two halves of one: "the magazine" and "Kompass"."""
    if not host.source:
        return False
    a, b = sorted((citing.source[0], host.source[-1]))
    return a.overlaps(b) or not reader.text[a.end : b.begin].strip()


def _is_citable(reader: Reader, span: Span) -> bool:
    text = span.of(reader.text)
    words = reader.words_of(span)
    if CITABLE.search(" ".join(text.split()[:6])) or _is_somebody(reader, span):
        return True
    return (
        bool(words)
        and words[0].pos == "PROPN"
        and all(w.pos in {"PROPN", "PUNCT", "ADP", "DET", "CCONJ"} for w in words)
    )


def _is_somebody(reader: Reader, span: Span) -> bool:
    """A phrase that names speakers and tells nothing else: "the head of the rescue team", "local fishermen"."""
    text = span.of(reader.text)
    plain = not any(w.pos in {"VERB", "AUX"} for w in reader.words_of(span)) and not re.search(r"['’]s\b", text)
    return plain and is_speaker(head_of(text))
