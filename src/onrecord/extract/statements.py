"""The last step: what was decided on each report becomes a Statement with an id, linked to the one it stands in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.extract.chains import Names
from onrecord.extract.reports import Reader, Report
from onrecord.extract.said import find_addressee, find_speaks_of, find_venue
from onrecord.ids import make_statement_id
from onrecord.records import Act, Certainty, Document, Kind, Polarity, Reason, Source, Span, Statement, Timex

DIRECT_SHARE = 0.95  # of the letters: a "that" may stand outside


@dataclass(frozen=True, slots=True)
class Draft:
    """All that was decided on one report. `act` is None where nothing was said after all."""

    report: Report
    chain: tuple[Source, ...]
    act: Act | None
    stance: tuple[Polarity, Certainty, tuple[Reason, ...]]
    said: Timex | None
    stands_for: tuple[Span, ...]
    reason: Reason


def make_statements(
    document: Document, reader: Reader, drafts: Sequence[Draft], names: Names, version: str, min_confidence: float
) -> tuple[Statement, ...]:
    """The statements of one document in order of the text; drafts below `min_confidence` are left out."""
    quotations = reader.quotations
    seen: Counter[str] = Counter()
    ids: dict[int, str] = {}
    published = document.published.value if document.published else None
    statements = []
    for k in sorted(
        range(len(drafts)), key=lambda k: (drafts[k].report.content[0], -drafts[k].report.content[0].end, k)
    ):
        draft = drafts[k]
        if draft.act is None or draft.report.confidence < min_confidence:
            continue
        words = tuple(span.of(document.text) for span in draft.report.content)
        key = " ".join(words).casefold()  # what the id hashes, so equal ids are counted apart
        ids[k] = make_statement_id(document.id, words, seen[key])
        seen[key] += 1
        hearer = find_addressee(reader, draft.report)
        resolved = names.name_of(hearer) if hearer else None
        polarity, certainty, reasons = draft.stance
        statements.append(
            (
                k,
                Statement(
                    id=ids[k],
                    document_id=document.id,
                    content=draft.report.content,
                    cue=draft.report.cue,
                    chain=draft.chain,
                    polarity=polarity,
                    certainty=certainty,
                    act=draft.act,
                    said=draft.said,
                    speaks_of=find_speaks_of(reader, draft.report, published),
                    addressee=Source(hearer, resolved.name, resolved.named, resolved.role) if resolved else None,
                    venue=find_venue(reader, draft.report),
                    kind=find_kind(document.text, draft.report.content, quotations),
                    confidence=draft.report.confidence,
                    because=(draft.reason, *reasons, *_more_reasons(draft)),
                    made_by=version,
                    stands_for=draft.stands_for,
                ),
            )
        )
    return tuple(_link(k, statement, drafts, ids) for k, statement in statements)


def _more_reasons(draft: Draft) -> tuple[Reason, ...]:
    """The words that the chain, the date and the antecedent rest on."""
    reasons = [Reason("chain", draft.report.rule, span) for via in draft.report.via for span in via]
    if draft.report.outer >= 0 or draft.report.rule != "annotator":
        reasons.append(Reason("chain", draft.report.rule, draft.report.place))
    if draft.said is not None:
        reasons.append(Reason("said", "time expression", draft.said.span))
    reasons += [Reason("content", "stands for", span) for span in draft.stands_for]
    return tuple(reasons)


def find_kind(text: str, content: Sequence[Span], quotations: Sequence[Span]) -> Kind:
    """Direct where nearly all letters of the content are quoted, indirect where none are, mixed between."""
    letters = sum(sum(map(str.isalnum, span.of(text))) for span in content)
    quoted = sum(
        sum(map(str.isalnum, text[max(q.begin, span.begin) : min(q.end, span.end)]))
        for span in content
        for q in quotations
        if q.overlaps(span)
    )
    if not quoted:
        return Kind.INDIRECT
    return Kind.DIRECT if quoted >= DIRECT_SHARE * letters else Kind.MIXED


def _link(k: int, statement: Statement, drafts: Sequence[Draft], ids: dict[int, str]) -> Statement:
    outer = drafts[k].report.outer
    while outer >= 0 and outer not in ids:
        outer = drafts[outer].report.outer
    return replace(statement, outer=ids[outer]) if outer >= 0 else statement
