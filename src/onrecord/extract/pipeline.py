"""The steps of extraction in their order, nothing else:

annotate → nested → names → chains → acts and stance → said → statements.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.extract.acts import find_act, read_cue
from onrecord.extract.base import Annotation, Annotator
from onrecord.extract.chains import make_chains
from onrecord.extract.mentions import make_mentions
from onrecord.extract.nested import find_reports
from onrecord.extract.pointing import find_antecedents
from onrecord.extract.reports import Reader, Report
from onrecord.extract.said import carry_dates, find_said
from onrecord.extract.stance import find_stance
from onrecord.extract.statements import Draft, make_statements
from onrecord.records import Document, Statement


def extract_batch(
    documents: Sequence[Document], annotator: Annotator, min_confidence: float
) -> list[tuple[Statement, ...]]:
    """The statements of each document, in order of the text."""
    annotations = annotator.annotate([document.text for document in documents])
    found = find_reports(annotations, annotator)
    return [
        _extract_one(document, annotation, reports, annotator.version, min_confidence)
        for document, annotation, reports in zip(documents, annotations, found, strict=True)
    ]


def _extract_one(
    document: Document, annotation: Annotation, reports: Sequence[Report], version: str, min_confidence: float
) -> tuple[Statement, ...]:
    reader = Reader(annotation)
    mentions = make_mentions(annotation, document, reports)
    chains = make_chains(reader, reports, mentions)
    readings = [read_cue(reader, report) for report in reports]
    acts = [find_act(reading) for reading in readings]
    stances = [find_stance(reader, report, reading) for report, reading in zip(reports, readings, strict=True)]
    published = document.published.value if document.published else None
    roots = [chain[-1].name for chain in chains]
    said = [
        find_said(reader, report, reports[report.outer] if report.outer >= 0 else None, published) for report in reports
    ]
    said = carry_dates(reader, reports, roots, said)
    stands_for = find_antecedents(reader, reports, roots, acts)
    drafts = [
        Draft(report, chain, act, stance, when, points_to, reading.reason)
        for report, chain, act, stance, when, points_to, reading in zip(
            reports, chains, acts, stances, said, stands_for, readings, strict=True
        )
    ]
    return make_statements(document, reader, drafts, mentions, version, min_confidence)
