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
CITING_WORDS = r"(?:citing|quoting|referring to|with reference to|on the basis of|based on|relying on)"
CITED_WITHIN = re.compile(
    rf"^\s*,?\s*(?P<cue>{CITING_WORDS})\s+(?P<cited>[^,;.\n]{{3,90}}),\s*(?:(?:had|has|have|also)\s*)*$"
)
CITED_BETWEEN = re.compile(rf"^\s*,\s*(?P<cue>{CITING_WORDS})\s+(?P<cited>[^,;.\n]{{3,90}}),\s*(?:that\s*)?$")
CITED_BEHIND = re.compile(r"\s+(?P<cited>[^,;.\n]{3,90}),\s*(?:that\s*)?$")  # "reported, citing | officials, that"
CITED_BEFORE = re.compile(rf"(?:^|[.!?”\"\n]\s*)(?P<cue>(?i:{CITING_WORDS}))\s+(?P<cited>[^,;.\n]{{3,90}}),\s*$")
CITED_AFTER = re.compile(
    rf"^[”\"]?(?:,\s*(?P<cue>{CITING_WORDS})|\s(?P<cue2>with reference to|(?:on )?the basis of))\s+"
    r"(?P<cited>[^,;.\n]{3,90})"
)
# "according to the Post, which quoted a diplomat"
CITED_BY_WHICH = re.compile(
    r"^,\s*(?:which|that|who)\s+(?P<cue>(?:had\s+)?(?:cit(?:ed|es?)|quot(?:ed|es?)|refer(?:red|s)?\s+to))\s+(?P<cited>[^,;.\n]{3,90})"
)
CITING = re.compile(
    r"^(?P<paper>.+?),?\s+(?:(?:citing|quoting)|(?:that|which) (?:cited?s?|quoted?s?))\s+(?P<cited>.+?),?$", re.DOTALL
)
WHICH_CITES = re.compile(
    r"^(?:which|that|who) (?:had )?(?:cit(?:ed|es?)|quot(?:ed|es?)|refer(?:red|s)? to) (?P<cited>.{3,90})$"
)
BASED_ON = re.compile(rf"^(?i:{CITING_WORDS}) (?P<cited>.{{3,90}})$")
LEARNED = re.compile(
    r"^(?:that )?(?:it|they|we|he|she) (?:had |has |have )?(?:learn(?:ed|t)|heard|been told) (?:from|by) "
    r"(?P<cited>[^,.;]{3,80}?) that (?P<what>.{10,})$",
    re.S,
)
CITES = re.compile(r"(?:^|\s)(?:citing|quoting|cites?|cited|quotes?|quoted|refers? to|referring to|referred to)$")
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
    r"spokes\w+|ministry|drafts?|papers?|cables?|recordings?|minutes|memorand(?:um|a)|notes?|messages?|leaks?|intelligence|research|articles?|book|insiders?|advisers?|lawyers?|lawsuit|complaint)\b",
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
    reports = [new for report in reports for new in split_citing(reader, report, cues)]
    joined: list[Report] = []
    for k, report in enumerate(reports):
        cue = " ".join(c.of(reader.text).lower() for c in report.cue)
        cited = report.content[0]
        main = next((m for m in _neighbours(k, reports) if _same_clause(reader, report, reports[m])), None)
        by = reader.text[max(0, report.place.begin - 4) : report.place.begin].strip() == "by"
        if by or not CITES.search(cue) or main is None or not _is_citable(reader, cited):
            joined.append(report)
            continue
        host = reports[main]
        via = host.source or report.source
        joined.append(Report((cited,), host.cue, host.content, report.confidence, -1, (via,), "citing"))
    return joined


def split_citing(reader: Reader, report: Report, cues: Sequence[Span]) -> list[Report]:
    """ "Several papers, citing officials,": the papers alone, and the papers → officials."""
    aside = _find_aside(reader, report, cues)
    if aside is not None:
        cited_too = replace(report, source=(aside,), via=(report.source,), rule="citing")
        return [cited_too, replace(report, via=(), rule="annotator")]
    if told := _find_told_of(reader, report):
        return told
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


def _find_told_of(reader: Reader, report: Report) -> list[Report]:
    """Whom a source or a content tells of beside: "the Post, | which quoted a diplomat", "| it had learned from a
    prosecutor that the mayor …", "the Tribune | reported, | based on two sources in the ministry, | the order …"."""
    *others, last = report.source or (None,)
    if others and last is not None and (which := WHICH_CITES.match(last.of(reader.text))):
        cited = Span(last.begin + which.start("cited"), last.end)
        alone = replace(report, source=tuple(others))
        return [replace(alone, source=(cited,), via=(alone.source,), rule="citing"), alone]
    first, *rest = report.content
    words = first.of(reader.text)
    cue = report.cue[-1] if report.cue else None
    ends = re.search(rf",?\s*{CITING_WORDS}$", cue.of(reader.text)) if cue is not None else None
    if cue is not None and ends is not None and ends.start() and report.source:
        between = CITED_BEHIND.match(reader.text, cue.end, first.begin)
        cited = Span(*between.span("cited")) if between else first
        content = report.content if between else tuple(rest)
        if content and _is_citable(reader, cited):
            cues = (*report.cue[:-1], Span(cue.begin, cue.begin + ends.start()))
            alone = replace(report, cue=cues, content=content)
            return [replace(alone, source=(cited,), via=(report.source,), rule="citing"), alone]
    found = BASED_ON.match(words) if rest else LEARNED.match(words)
    if found is None or not report.source:
        return []
    cited = Span(first.begin + found.start("cited"), first.begin + found.end("cited"))
    if not _is_citable(reader, cited):
        return []
    content = tuple(rest) or (Span(first.begin + found.start("what"), first.end),)
    alone = replace(report, content=content)
    return [replace(alone, source=(cited,), via=(report.source,), rule="citing"), alone]


def _find_aside(reader: Reader, report: Report, cues: Sequence[Span]) -> Span | None:
    """Whom an aside to the clause cites, where no report of its own was found for the aside (`cues` are all found)."""
    if len(report.source) != 1 or not report.cue:
        return None
    source, cue, text = report.source[0], report.cue[0], reader.text
    end = max(s.end for s in (*report.cue, *report.content))
    for pattern, begin, stop in (
        (CITED_WITHIN, source.end, cue.begin),
        (CITED_BETWEEN, cue.end, report.content[0].begin),
        (CITED_BY_WHICH, source.end, source.end + 120),
        (CITED_BEFORE, max(0, source.begin - 120), source.begin),
        (CITED_AFTER, end, end + 120),
    ):
        match = pattern.search(text[begin:stop]) if begin < stop else None
        if match is None:
            continue
        kind = "cue2" if match.groupdict().get("cue2") else "cue"
        word = Span(begin + match.start(kind), begin + match.end(kind))
        cited = Span(begin + match.start("cited"), begin + match.end("cited"))
        if not any(word.overlaps(c) for c in cues) and _is_citable(reader, cited):
            return cited
    return None


def _neighbours(k: int, reports: Sequence[Report]) -> list[int]:
    return [m for m in (k + 1, k - 1, k + 2, k - 2) if 0 <= m < len(reports)]


def _same_clause(reader: Reader, citing: Report, host: Report) -> bool:
    same_source = bool(citing.source) and (
        citing.source[0].of(reader.text).lower() in ("which", "who", "that") or _is_one_phrase(reader, citing, host)
    )
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
