"""On whose word: the chain of sources behind each report, outermost first, the root last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from onrecord.extract.descriptions import is_plural
from onrecord.extract.phrases import find_antecedent, find_phrase_ending
from onrecord.extract.reports import Reader, Report
from onrecord.extract.roles import head_of
from onrecord.records import Source, Span

WHOSE = re.compile(r"whose\s", re.IGNORECASE)
HEARSAY = {"reportedly", "allegedly", "purportedly", "supposedly"}
RELATIVE_AT_HEAD = re.compile(r"(?:who|which|whom)\b|that$", re.IGNORECASE)
REFLEXIVE = {"himself", "herself", "itself", "themselves"}
OWNERS = {"he": "his", "she": "her", "they": "their", "it": "its"}
PRONOUNS = {"he", "she", "they", "it", "we", "i"}
UNNAMED = Source(None, "unnamed source", named=False)


class Resolution(Protocol):
    """What a mention comes to."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def named(self) -> bool: ...  # noqa: D102
    @property
    def role(self) -> str | None: ...  # noqa: D102


class Names(Protocol):
    """Knows who is meant by the words of a span."""

    def name_of(self, span: Span) -> Resolution:
        """The resolved name."""
        ...


def make_chains(reader: Reader, reports: Sequence[Report], names: Names) -> list[tuple[Source, ...]]:
    """The chain of each report, in order."""
    chains: list[tuple[Source, ...]] = [()] * len(reports)
    roots: list[Source | None] = [None] * len(reports)
    quotations = reader.quotations
    order = sorted(range(len(reports)), key=lambda k: (_depth(reports, k), reports[k].place))
    for k in order:
        report = reports[k]
        outer = chains[report.outer] if report.outer >= 0 else ()
        root = _speaker_again(reader, report, reports, outer, quotations) or _root(
            reader, k, reports, chains, quotations, names
        )
        roots[k] = root
        via = tuple(_source(reader, spans, names) for spans in report.via if spans)
        if outer and _same(outer[-1], root):
            chains[k] = (*outer[:-1], *via, root)
        else:
            chains[k] = (*outer, *via, root)
    return chains


def _speaker_again(
    reader: Reader, report: Report, reports: Sequence[Report], outer: tuple[Source, ...], quotations: Sequence[Span]
) -> Source | None:
    """ "He said he no longer believed X": the pronoun that opens a reported clause is most often its speaker."""
    if not outer or len(report.source) != 1:
        return None
    source = report.source[0]
    quoted = any(q.begin <= source.begin < q.end for q in quotations)
    if source.of(reader.text).lower() not in ({"i", "we"} if quoted else PRONOUNS):
        return None
    content = reports[report.outer].content[0]
    before = Span(content.begin, source.begin)
    if not quoted and any(e.label == "PERSON" and before.covers(e.span) for e in reader.entities):
        return None
    said = outer[-1]
    if not quoted and any(span.of(reader.text).lower() in {"i", "we"} for span in reports[report.outer].source):
        return None  # "we asked the firms why they had not"
    if not _agrees(source.of(reader.text).lower(), said) or _is_owner(reader, source, reports[report.outer]):
        return None
    return Source(source, said.name, said.named, said.role)


def _is_owner(reader: Reader, pronoun: Span, outer: Report) -> bool:
    """ "His lawyer said he was ill", "her neighbours say she left": who has a lawyer is not the lawyer."""
    owner = OWNERS.get(pronoun.of(reader.text).lower())
    return any(span.of(reader.text).lower().startswith(f"{owner} ") for span in outer.source)


def _agrees(pronoun: str, said: Source) -> bool:
    """ "her neighbours say she …": one person is no group, and a group no one person."""
    if pronoun in {"he", "she"}:
        head = head_of(said.name)
        return said.named or not is_plural(head)
    return True


def _root(
    reader: Reader,
    k: int,
    reports: Sequence[Report],
    chains: Sequence[tuple[Source, ...]],
    quotations: Sequence[Span],
    names: Names,
) -> Source:
    report = reports[k]
    if report.source:
        return _source(reader, report.source, names)
    shared = _shared_subject(reader, k, reports, chains)
    if shared is not None:
        return shared
    if any(q.covers(c) or c.covers(q) for c in report.content[:1] for q in quotations) and not report.cue:
        before = [
            m for m in range(len(reports)) if reports[m].place < report.place and chains[m] and chains[m][-1].named
        ]
        if before:
            last = chains[max(before, key=lambda m: reports[m].place)][-1]
            return Source(None, last.name, last.named, last.role)
    return UNNAMED


def _shared_subject(
    reader: Reader, k: int, reports: Sequence[Report], chains: Sequence[tuple[Source, ...]]
) -> Source | None:
    """ "He told X that … and said …": a verb joined to the one before it in its sentence has the same speaker."""
    report = reports[k]
    words = reader.words_of(*report.cue)
    forms = reader.forms(words)
    if (
        not words
        or words[0].pos not in {"VERB", "ADV"}
        or HEARSAY & set(forms)
        or report.rule in {"hearsay", "expected"}
    ):
        return None
    begin = report.cue[0].begin
    before = [
        m
        for m, other in enumerate(reports)
        if chains[m]
        and other.source
        and other.outer == report.outer
        and other.place.end <= begin
        and reader.sentence_of(other.place) == reader.sentence_of(report.place)
    ]
    if not before:
        return None
    last = max(before, key=lambda m: reports[m].place)
    gap = reader.text[max(s.end for s in (*reports[last].content, *reports[last].cue) if s.end <= begin) : begin]
    return chains[last][-1] if len(gap) < 40 and ("and" in gap.split() or "but" in gap.split() or "," in gap) else None


def _source(reader: Reader, spans: Sequence[Span], names: Names) -> Source:
    span = Span(spans[0].begin, spans[-1].end)
    # "who", or what hangs on it: "who sits on the committee"
    if relative := RELATIVE_AT_HEAD.match(span.of(reader.text)):
        span = find_antecedent(reader, Span(span.begin, span.begin + relative.end())) or span
    if span.of(reader.text).lower() in REFLEXIVE:  # "the player | himself"
        span = find_phrase_ending(reader, reader.indices(span)[0] - 1) or span
    whose = WHOSE.match(reader.text, span.begin, span.end)
    owner = find_antecedent(reader, Span(span.begin, span.begin + len("whose"))) if whose else None
    if whose and owner:  # "the ministry, whose economists say"
        owned = names.name_of(owner)
        return Source(span, f"{owned.name}'s {Span(whose.end(), span.end).of(reader.text)}", owned.named)
    resolved = names.name_of(span)
    return Source(span, resolved.name, resolved.named, resolved.role)


def _same(a: Source, b: Source) -> bool:
    return a.name.casefold() == b.name.casefold()


def _depth(reports: Sequence[Report], k: int) -> int:
    depth = 0
    while reports[k].outer >= 0 and depth < len(reports):
        k = reports[k].outer
        depth += 1
    return depth
