"""Reports inside reports: attributions become Reports, and the contents that may hold further ones are read again.

Two finders work together. Rules over words and their parts of speech know the constructions that one attribution
hides ("quoted Y as saying Z", "citing Y", "through his lawyer"). The annotator then reads each content that holds a
possible cue as a text of its own, to any depth.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from onrecord.extract.base import Annotation, Annotator, Attribution, Word
from onrecord.extract.clauses import find_declines, find_hearsay, find_inner, merge_clauses
from onrecord.extract.conventions import BE, HEARSAY, split_hearsay, to_reports
from onrecord.extract.floating import attach_quotations
from onrecord.extract.lexicon import base_forms, find_entry, read_table
from onrecord.extract.phrases import RELATIVE
from onrecord.extract.reports import Reader, Report, trim
from onrecord.extract.speakers import can_speak
from onrecord.records import Act, Span

MAX_DEPTH = 4
MIN_CONTENT = 20  # characters: nothing shorter holds a report
MODALS = {
    "will",
    "would",
    "may",
    "might",
    "can",
    "could",
    "should",
    "must",
    "shall",
    "cannot",
    "'ll",
    "’ll",
    "ca",
    "wo",
}
WOULD_BE = {"open", "like", "love", "prefer", "welcome"}  # "would be open to" is an attitude of today
SUBORDINATORS = {"if", "unless", "how", "as", "whatever", "what", "because", "since", "while", "where", "when",
                 "though", "although", "after", "before", "than", "until", "once",
                 "whenever", "wherever", "whose"}  # fmt: skip
QUOTES = {"“", "”", '"', "''", "``", "‘"}
AGENTLESS = {"is expected", "are expected", "was expected", "is believed", "are believed", "is said", "are said",
             "is thought", "it was reported", "was reported", "were told", "was told", "is reported", "are accused",
             "is accused", "was accused", "were accused"}  # fmt: skip
AS_SAYING = re.compile(
    r"^(?P<source>.{2,120}?)\s+as\s+(?P<cue>saying|telling|stating|writing|claiming|arguing|warning|adding|reporting)"
    r"(?P<to>\s+(?:that\b)?)\s*",
    re.DOTALL,
)
CITED = re.compile(r"^(?P<source>.+?),?\s+(?:as\s+)?(?:cited|quoted|reported)\s+by\s+(?P<via>[^,;.]+)", re.DOTALL)
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
# "citing officials" beside the clause that reports: between source and cue, before both, or after all
CITED_WITHIN = re.compile(
    r"^\s*,?\s*(?P<cue>citing|quoting)\s+(?P<cited>[^,;.\n]{3,90}),\s*(?:(?:had|has|have|also)\s*)*$"
)
CITED_BEFORE = re.compile(r"(?:^|[.!?”\"\n]\s*)(?P<cue>Citing|Quoting)\s+(?P<cited>[^,;.\n]{3,90}),\s*$")
CITED_AFTER = re.compile(r"^[”\"]?,\s*(?P<cue>citing|quoting)\s+(?P<cited>[^,;.\n]{3,90})")
CITING = re.compile(r"^(?P<paper>.+?),?\s+citing\s+(?P<cited>.+?),?$", re.DOTALL)
THROUGH = re.compile(
    r"^[,\s]*(?:through|via)\s+(?P<via>(?:an?|the|his|her|its|their)\s+(?:\w+\s+){0,3}?"
    r"(?:lawyers?|attorneys?|spokes\w+|representatives?|publicists?|agents?|aides?|office|advisers?|lawyer))\b"
)
THROUGH_AT_END = re.compile(r"[,\s]+" + THROUGH.pattern.removeprefix(r"^[,\s]*").removesuffix(r"\b") + "$")
# What one cites as one's source, as against as one's reason.
CITABLE = re.compile(
    r"\b(sources?|officials?|documents?|reports?|records?|people|persons?|data|polls?|surveys?|stud(?:y|ies)|memos?|"
    r"emails?|e-mails?|letters?|interviews?|media|newspapers?|agenc(?:y|ies)|experts?|diplomats?|aides?|witness(?:es)?|"
    r"police|prosecutors?|investigators?|filings?|statements?|figures|statistics|transcripts?|files|filing|analysts?|"
    r"spokes\w+|ministry|intelligence|research|articles?|book|insiders?|advisers?|lawyers?|lawsuit|complaint)\b",
    re.IGNORECASE,
)


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


def find_reports(annotations: Sequence[Annotation], annotator: Annotator) -> list[tuple[Report, ...]]:
    """The reports of each annotated text, outer ones before the inner ones that their contents hold."""
    readers = [Reader(a) for a in annotations]
    found = [_outer_reports(r, a) for r, a in zip(readers, annotations, strict=True)]
    fresh = [list(range(len(reports))) for reports in found]
    for depth in range(MAX_DEPTH):
        pieces = [
            (n, piece)
            for n, (reader, reports) in enumerate(zip(readers, found, strict=True))
            for piece in (*_pieces(reader, reports, fresh[n]), *(_asides(reader, reports) if depth == 0 else ()))
        ]
        if not pieces:
            break
        inner = annotator.annotate([piece.text for _, piece in pieces])
        fresh = [[] for _ in found]
        for (n, piece), annotation in zip(pieces, inner, strict=True):
            for attribution in annotation.attributions:
                report = _from_piece(readers[n].text, piece, attribution)
                if report is None or not _is_report(readers[n], report, found[n]):
                    continue
                for new in to_reports(readers[n], report):
                    if not _is_known(new, found[n]):
                        fresh[n].append(len(found[n]))
                        found[n].append(new)
        for n, piece in pieces:
            if piece.owner >= 0:
                for new in merge_clauses(found[n], find_inner(readers[n], found[n][piece.owner], piece.owner)):
                    if not _is_report(readers[n], new, found[n]):
                        continue
                    for report in to_reports(readers[n], new):
                        if not _is_known(report, found[n]):
                            fresh[n].append(len(found[n]))
                            found[n].append(report)
    return [tuple(_rehome(_cut_joined(reader, reports))) for reader, reports in zip(readers, found, strict=True)]


def _rehome(reports: list[Report]) -> list[Report]:
    """What a second reading or a rule found stands in the innermost content around it, not where it was looked for."""
    return [
        replace(r, outer=_home(r, reports, k)) if r.rule in {"again", "clause"} and r.outer >= 0 else r
        for k, r in enumerate(reports)
    ]


def _cut_joined(reader: Reader, reports: list[Report]) -> list[Report]:
    """ "They are worried that A and want to B": the content of the first verb ends where the second begins."""
    cut = list(reports)
    for k, inner in enumerate(reports):
        for m, report in enumerate(cut):
            if m == k or k == report.outer or not inner.cue or not report.source or inner.source != report.source:
                continue
            for n, piece in enumerate(report.content):
                if not piece.covers(inner.cue[0]):
                    continue
                head = reader.text[piece.begin : inner.cue[0].begin]
                match = re.search(r",?\s+(?:and|but|or)\s+(?:\w+ly\s+)?(?:also\s+)?$", head)
                if match is not None and match.start() > 3:
                    content = (*report.content[:n], Span(piece.begin, piece.begin + match.start()))
                    cut[m] = replace(report, content=content)
                    cut[k] = replace(cut[k], outer=report.outer)
    return cut


def _outer_reports(reader: Reader, annotation: Annotation) -> list[Report]:
    found = [Report(a.source, a.cue, a.content, a.confidence) for a in annotation.attributions]
    found = [_with_via(reader, r) for r in found if not (_is_infinitive(reader, r) or _is_impression(reader, r))]
    found = [new for r in _join_citing(reader, _join_quoting(reader, found)) for new in to_reports(reader, r)]
    reports: list[Report] = []
    hearsay: list[tuple[int, int]] = []
    for report in found:
        split = split_hearsay(reader, report)
        if split is not None:
            if len(split) > 1:
                hearsay.append((len(reports) + 1, len(reports)))
            reports += split
        else:
            reports.append(report)
    reports = [replace(r, outer=_home(r, reports, k)) for k, r in enumerate(attach_quotations(reader, reports))]
    for inner, outer in hearsay:
        reports[inner] = replace(reports[inner], outer=outer)
    for k, report in enumerate(list(reports)):
        reports += _hidden(reader, report, k)
    for sentence in reader.sentences:
        unsaid = merge_clauses(reports, find_declines(reader, sentence))
        for new in (*unsaid, *merge_clauses(reports, find_hearsay(reader, sentence))):
            reports.append(replace(new, outer=_home(new, reports, -1)))
    return reports


def _is_infinitive(reader: Reader, report: Report) -> bool:
    """ "to support …", "to discuss …": what is done, not what is said."""
    words = reader.words_of(*report.cue[:1])
    return (bool(words) and words[0].span.of(reader.text).lower() == "to") or (
        len(words) > 1 and reader.forms(words)[:2] == ["not", "to"]
    )


def _is_impression(reader: Reader, report: Report) -> bool:
    """ "The plan appeared to fail": how things look to the writer."""
    forms = set(reader.forms(reader.words_of(*report.cue)))
    seems = bool(forms & {"appear", "appears", "appeared", "seem", "seems", "seemed", "looked", "looks"})
    return seems and (not report.source or not can_speak(reader, report.source))


def _is_report(reader: Reader, report: Report, reports: Sequence[Report]) -> bool:
    """Whether what was found inside a content says that somebody said or thought something.

    Most verbs of a content are what it tells of. Kept are those of the table with a speaker, in the active voice and
    without a modal, that stand in a main, complement or relative clause.
    """
    if _is_infinitive(reader, report) or _is_impression(reader, report) or not can_speak(reader, report.source):
        return False
    words = reader.words_of(*report.cue)
    forms = reader.forms(words)
    if not report.source:
        return bool(HEARSAY.search(" ".join(forms))) or " ".join(forms) in AGENTLESS
    if (
        (MODALS & set(forms) and not WOULD_BE & set(forms))
        or forms[0] == "be"
        or not _says_something(reader, report, words, forms)
    ):
        return False
    if _is_passive(words, forms, report) or _is_subordinate(reader, report):
        return False
    source = reader.forms(reader.words_of(*report.source))
    if len(source) == 1 and source[0] in {"him", "her", "them", "me", "us"} and "according" not in forms:
        return False
    # "I think", "we believe" inside a quotation is how its speaker puts it
    return not (report.outer >= 0 and len(source) == 1 and source[0] in {"i", "we", "you", "one"})


def _says_something(reader: Reader, report: Report, words: Sequence[Word], forms: list[str]) -> bool:
    """The cue is in the table, and its content is what the entry wants; a lone pronoun is no content."""
    content = reader.words_of(*report.content)
    if len(content) == 1 and content[0].pos in {"PRON", "DET", "ADV", "ADJ"}:
        return False
    entries = [find_entry(forms, k) for k in range(len(forms)) if words[k].pos not in {"PROPN", "PUNCT", "DET"}]
    known = [e for e in entries if e is not None and e.words != ("be",)]
    if not known:
        return False
    clause = any(w.pos in {"VERB", "AUX"} for w in content) or any(q in QUOTES for q in reader.forms(content))
    return any(e.act is not None and (clause or not e.needs_clause) for e in known)


def _is_passive(words: Sequence[Word], forms: list[str], report: Report) -> bool:
    """ "She was advised by X": the subject is not who spoke. Feelings ("was convinced") look the same and are none."""
    if not any(f in BE for f in forms[:-1]) or report.source[0].begin > report.cue[0].begin:
        return False
    last = max((k for k, w in enumerate(words) if w.pos == "VERB"), default=None)
    if last is None or forms[last].endswith("ing"):
        return False
    entry = find_entry(forms, last)
    return entry is None or entry.act is not Act.THINK


def _is_subordinate(reader: Reader, report: Report) -> bool:
    """ "if they thought it right", "what people want", "the media declaring X": told in passing, not reported."""
    first = reader.indices(report.source[0])
    if not first:
        return False
    before = reader.words[first[0] - 1].span.of(reader.text).lower() if first[0] > 0 else ""
    subject = reader.words[first[0]]
    if before in SUBORDINATORS and report.source[0].begin < report.cue[0].begin:
        return before != "as" or subject.pos != "PROPN"
    if subject.span.of(reader.text).lower() == "who" and (first[0] == 0 or reader.words[first[0] - 1].pos == "PUNCT"):
        return True  # a question
    cue = reader.indices(report.cue[0])
    before_cue = reader.words[cue[0] - 1] if cue and cue[0] else None
    if before_cue is not None and before_cue.span.of(reader.text).lower() in RELATIVE and _is_attitude(reader, report):
        return True  # "people who oppose X" describes them
    if before_cue is not None and before_cue.pos == "VERB" and _is_ing(reader, cue[0]):
        return True  # "would stop opposing X"
    participle = bool(cue) and _is_ing(reader, cue[0])
    quoted = reader.text[report.content[0].begin - 1 : report.content[0].begin + 1].strip(" ,")[:1] in QUOTES | {"'"}
    return participle and not quoted and 0 <= report.cue[0].begin - report.source[-1].end <= 1


def _is_ing(reader: Reader, place: int) -> bool:
    return reader.words[place].span.of(reader.text).lower().endswith("ing")


def _is_attitude(reader: Reader, report: Report) -> bool:
    forms = reader.forms(reader.words_of(*report.cue))
    entries = [find_entry(forms, k) for k in range(len(forms))]
    return any(e is not None and e.act is Act.THINK for e in entries)


def _home(report: Report, reports: Sequence[Report], own: int) -> int:
    """The innermost report whose content, longer than its own, holds this one's place; -1 for none."""
    size = sum(map(len, report.content))
    holders = [
        (sum(map(len, other.content)), k)
        for k, other in enumerate(reports)
        if k != own and sum(map(len, other.content)) > size and any(c.covers(report.place) for c in other.content)
    ]
    return min(holders)[1] if holders else -1


def _hidden(reader: Reader, report: Report, own: int) -> list[Report]:
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


def _with_via(reader: Reader, report: Report) -> Report:
    """The links that the clause puts before the root: "through his lawyer", "according to X, cited by Y"."""
    if report.source:
        last = report.source[-1]
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


def _join_quoting(reader: Reader, reports: list[Report]) -> list[Report]:
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


def _join_citing(reader: Reader, reports: list[Report]) -> list[Report]:
    """ "The paper, citing officials, reported X": the paper alone, and the paper → officials, both with content X."""
    cues = [cue for report in reports for cue in report.cue]
    reports = [new for report in reports for new in _split_citing(reader, report, cues)]
    joined: list[Report] = []
    for k, report in enumerate(reports):
        cue = " ".join(c.of(reader.text).lower() for c in report.cue)
        cited = report.content[0]
        main = next((m for m in _neighbours(k, reports) if _same_clause(reader, report, reports[m])), None)
        by = reader.text[max(0, report.place.begin - 4) : report.place.begin].strip() == "by"
        if by or cue.split()[-1:] != ["citing"] or main is None or not _is_citable(reader, cited):
            joined.append(report)
            continue
        host = reports[main]
        via = host.source or report.source
        joined.append(Report((cited,), host.cue, host.content, report.confidence, -1, (via,), "citing"))
    return joined


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


def _neighbours(k: int, reports: Sequence[Report]) -> list[int]:
    return [m for m in (k + 1, k - 1, k + 2, k - 2) if 0 <= m < len(reports)]


def _same_clause(reader: Reader, citing: Report, host: Report) -> bool:
    same_source = bool(citing.source) and (citing.source == host.source)
    return reader.sentence_of(citing.place) == reader.sentence_of(host.place) and (same_source or not citing.source)


def _is_citable(reader: Reader, span: Span) -> bool:
    text = span.of(reader.text)
    words = reader.words_of(span)
    if CITABLE.search(" ".join(text.split()[:6])):
        return True
    return (
        bool(words)
        and words[0].pos == "PROPN"
        and all(w.pos in {"PROPN", "PUNCT", "ADP", "DET", "CCONJ"} for w in words)
    )


def _pieces(reader: Reader, reports: Sequence[Report], places: Sequence[int]) -> list[Piece]:
    """The contents worth a second reading: those that hold a possible cue."""
    pieces = []
    for k in places:
        report = reports[k]
        if report.rule == "citing" or sum(map(len, report.content)) < MIN_CONTENT:
            continue
        if _may_report(reader, report.content):
            pieces.append(_cut(reader.text, report.content, k))
    return pieces


def _asides(reader: Reader, reports: Sequence[Report]) -> list[Piece]:
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


def _from_piece(text: str, piece: Piece, attribution: Attribution) -> Report | None:
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


def _is_known(report: Report, reports: Sequence[Report]) -> bool:
    """A report that is already there: the same cue, or all of another's content."""
    return any(
        any(c.overlaps(d) for c in report.cue for d in other.cue) or report.content == other.content
        for other in reports
    )
