"""Reports inside reports: attributions become Reports, and the contents that may hold further ones are read again.

Two finders work together. Rules over words and their parts of speech know the constructions that one attribution
hides ("quoted Y as saying Z", "citing Y", "through his lawyer"). The annotator then reads each content that holds a
possible cue as a text of its own, to any depth.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from onrecord.extract.base import Annotation, Annotator
from onrecord.extract.citing import join_citing, split_citing, with_via
from onrecord.extract.clauses import find_claims, find_hearsay, find_inner, merge_clauses
from onrecord.extract.conventions import split_hearsay, to_reports
from onrecord.extract.declines import find_declines, find_question, is_decline
from onrecord.extract.floating import attach_quotations
from onrecord.extract.inside import is_deed, is_impression, is_report
from onrecord.extract.patterns import (
    find_counts,
    find_in_words_of,
    find_quoted_after_colon,
    find_quoted_as,
    find_signed,
    find_told,
)
from onrecord.extract.pieces import cut_asides, cut_contents, from_piece
from onrecord.extract.quoting import cut_after_quotation, denies, end_quotation, find_hidden, join_quoting, widen_report
from onrecord.extract.replies import find_replies, merge_patterns, tidy_replies
from onrecord.extract.reports import Reader, Report
from onrecord.extract.shares import share_contents
from onrecord.records import Span

MAX_DEPTH = 4
MOST_BEFORE_NOUN = 25  # characters: "the recent, repeated | warnings"


def find_reports(annotations: Sequence[Annotation], annotator: Annotator) -> list[tuple[Report, ...]]:
    """The reports of each annotated text, outer ones before the inner ones that their contents hold."""
    readers = [Reader(a) for a in annotations]
    found = [_outer_reports(r, a) for r, a in zip(readers, annotations, strict=True)]
    fresh = [list(range(len(reports))) for reports in found]
    for depth in range(MAX_DEPTH):
        pieces = [
            (n, piece)
            for n, (reader, reports) in enumerate(zip(readers, found, strict=True))
            for piece in (
                *cut_contents(reader, reports, fresh[n]),
                *(cut_asides(reader, reports) if depth == 0 else ()),
            )
        ]
        if not pieces:
            break
        inner = annotator.attribute([piece.text for _, piece in pieces])
        fresh = [[] for _ in found]
        for (n, piece), attributions in zip(pieces, inner, strict=True):
            for attribution in attributions:
                report = from_piece(readers[n].text, piece, attribution)
                if report is None or not is_report(readers[n], report, found[n]):
                    continue
                for new in to_reports(readers[n], end_quotation(readers[n], report)):
                    if not _is_known(new, found[n]):
                        fresh[n].append(len(found[n]))
                        found[n].append(new)
        for n, piece in pieces:
            if piece.owner >= 0:
                for new in merge_clauses(found[n], find_inner(readers[n], found[n][piece.owner], piece.owner)):
                    if not is_report(readers[n], new, found[n]):
                        continue
                    for report in to_reports(readers[n], new):
                        if not _is_known(report, found[n]):
                            fresh[n].append(len(found[n]))
                            found[n].append(report)
    return [
        tuple(_rehome(reader, _cut_joined(reader, reports))) for reader, reports in zip(readers, found, strict=True)
    ]


def _rehome(reader: Reader, reports: list[Report]) -> list[Report]:
    """What a second reading or a rule found stands in the innermost content around it, not where it was looked for."""
    homed = [
        replace(r, outer=_home(r, reports, k)) if r.rule in {"again", "clause"} and r.outer >= 0 else r
        for k, r in enumerate(reports)
    ]
    return [replace(r, outer=homed[r.outer].outer) if _is_refused(reader, r, homed) else r for r in homed]


def _is_refused(reader: Reader, report: Report, reports: Sequence[Report]) -> bool:
    """ "Managers ignored warnings from engineers that X": who ignores or denies a report is no link of it."""
    if report.rule not in {"again", "clause"} or report.outer < 0 or not report.cue:
        return False
    outer = reports[report.outer]
    words = reader.words_of(*report.cue)
    opens = report.cue[0].begin - outer.content[0].begin < MOST_BEFORE_NOUN
    return opens and not any(w.pos in {"VERB", "AUX"} for w in words) and denies(reader, outer)


def _cut_joined(reader: Reader, reports: list[Report]) -> list[Report]:
    """ "They are worried that A and want to B": the content of the first verb ends where the second begins."""
    cut = list(reports)
    by_source: dict[tuple[Span, ...], list[int]] = defaultdict(list)
    for k, report in enumerate(reports):
        if report.source:
            by_source[report.source].append(k)
    for k, inner in enumerate(reports):
        for m in by_source[inner.source] if inner.source and inner.cue else ():
            report = cut[m]
            if m == k or k == report.outer:
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
    found = share_contents(reader, [Report(a.source, a.cue, a.content, a.confidence) for a in annotation.attributions])
    found = [
        with_via(reader, widen_report(reader, cut_after_quotation(reader, r)))
        for r in found
        if not (is_deed(reader, r) or is_impression(reader, r))
    ]
    found = [new for r in join_citing(reader, join_quoting(reader, found)) for new in to_reports(reader, r)]
    found = tidy_replies(reader, found)
    for sentence in reader.sentences:
        patterns = [*find_replies(reader, sentence), *find_counts(reader, sentence)]
        patterns += find_told(reader, sentence, found)
        patterns += find_quoted_as(reader, sentence)
        if patterns:
            cues = [cue for report in found for cue in report.cue]
            patterns = [new for pattern in patterns for new in split_citing(reader, pattern, cues)]
            found = merge_patterns(reader, found, patterns)
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
    reports = [find_question(reader, r) if r.cue and is_decline(reader, r) else r for r in reports]
    reports = [replace(r, outer=_home(r, reports, k)) for k, r in enumerate(attach_quotations(reader, reports))]
    for inner, outer in hearsay:
        reports[inner] = replace(reports[inner], outer=outer)
    for k, report in enumerate(list(reports)):
        reports += find_hidden(reader, report, k)
    reports += [*find_quoted_after_colon(reader, reports), *find_signed(reader, reports)]
    for sentence in reader.sentences:
        unsaid = merge_clauses(reports, find_declines(reader, sentence))
        told = merge_clauses([*reports, *unsaid], find_in_words_of(reader, sentence, reports))
        heard = merge_clauses(reports, find_hearsay(reader, sentence))
        claimed = merge_clauses([*reports, *heard], _drop_known(reader, reports, find_claims(reader, sentence)))
        for new in (*unsaid, *told, *heard, *claimed):
            reports.append(replace(new, outer=_home(new, reports, -1)))
    return reports


def _drop_known(reader: Reader, reports: Sequence[Report], more: Iterable[Report]) -> Iterator[Report]:
    """Those whose content is not a report's already, by its beginning or its end."""
    for report in more:
        said = report.content[0]
        known = any(
            abs(c.begin - said.begin) <= len("that ")
            or (c.covers(said) and c.end - said.end <= 1 and len(c) < 2 * len(said))
            for other in reports
            for c in other.content
        )
        if not known:
            yield replace(report, content=(_cut_before(reader, said, reports),))


def _cut_before(reader: Reader, content: Span, reports: Sequence[Report]) -> Span:
    """A content without what another report goes on with after a comma: "Asked about his claim that X, | Moe said"."""
    later = [min(r.place, *r.source).begin if r.source else r.place.begin for r in reports if content.covers(r.place)]
    comma = reader.text.rfind(",", content.begin, min(later)) if later else -1
    return Span(content.begin, comma) if comma > content.begin else content


def _home(report: Report, reports: Sequence[Report], own: int) -> int:
    """The innermost report whose content, longer than its own, holds this one's place; -1 for none."""
    place, size = report.place, sum(map(len, report.content))
    around = ((k, r) for k, r in enumerate(reports) if k != own and any(c.covers(place) for c in r.content))
    holders = [(length, k) for k, other in around if (length := sum(map(len, other.content))) > size]
    return min(holders)[1] if holders else -1


def _is_known(report: Report, reports: Sequence[Report]) -> bool:
    """A report that is already there: the same cue, or all of another's content."""
    return any(
        any(c.overlaps(d) for c in report.cue for d in other.cue) or report.content == other.content
        for other in reports
    )
