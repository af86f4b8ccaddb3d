"""Contents that the annotator gave to the wrong speaker, or for a speaker, put right by what stands beside them.

It often takes a sentence for more of what was said before, though the sentence names its own speaker: "“Yes,” said
Lund. “No,” said Moe."
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.extract.lexicon import find_entry
from onrecord.extract.phrases import find_phrase_beginning, find_phrase_ending, has_clause
from onrecord.extract.reports import Reader, Report, trim
from onrecord.extract.speakers import can_speak
from onrecord.records import Act, Span

# no stop: "… in an hour.” The firm denied it" begins another sentence
TAG_GAP = re.compile(r"(?<!\.)(?:[,!?][\"”’'“]?|[\"”’'“],?) ")
POINTER = re.compile(r"(?:it|this|that|(?:the|these|those|both) \w+)", re.IGNORECASE)
BEFORE_COLON = re.compile(r":\s*[\"“‘„]?$")


@dataclass(frozen=True, slots=True)
class _Tag:
    """Who is told to have said what stands beside it: "said Anna Moe", "she said"."""

    source: Span
    cue: Span


def share_contents(reader: Reader, reports: Sequence[Report]) -> list[Report]:
    """The reports, each without what a neighbour said; a neighbour that no report was found for gets one."""
    shared = [part for report in reports for part in _part_words(reader, _turn_round(reader, report))]
    quotations = reader.quotations
    for k, report in enumerate(list(shared)):
        if not report.cue or len(report.content) < 2:
            continue
        kept: list[Span] = []
        for piece in report.content:
            if _is_own(reader, report, piece):
                kept.append(piece)
                continue
            other = _find_other(reader, k, piece, shared)
            tag = _find_tag(reader, piece, quotations)
            if other is not None:
                shared[other] = _add_piece(reader, shared[other], piece)
            elif tag is not None and not any(s.overlaps(tag.source) for s in report.source):
                shared.append(Report((tag.source,), (tag.cue,), (piece,), report.confidence, rule="beside"))
            else:
                kept.append(piece)
        if kept and len(kept) < len(report.content):
            shared[k] = replace(report, content=tuple(kept))
    return shared


def _part_words(reader: Reader, report: Report) -> list[Report]:
    """ "Moe denied it: “There is no deal.”": what was denied, and the words with which it was."""
    if len(report.content) < 2 or not report.source or not POINTER.fullmatch(report.content[0].of(reader.text)):
        return [report]
    colon = BEFORE_COLON.search(reader.text[: report.content[1].begin])
    if colon is None:
        return [report]
    words = replace(report, cue=(Span(colon.start(), colon.start() + 1),), content=report.content[1:], rule="colon")
    return [replace(report, content=report.content[:1]), words]


def _is_own(reader: Reader, report: Report, piece: Span) -> bool:
    """What stands in the sentence of its cue belongs to it."""
    sentence = reader.sentence_of(piece)
    return any(sentence.begin <= cue.begin < sentence.end for cue in report.cue)


def _find_other(reader: Reader, k: int, piece: Span, reports: Sequence[Report]) -> int | None:
    """The report, with a cue in the piece's sentence, that has the piece or a part of it as well."""
    sentence = reader.sentence_of(piece)
    for m, other in enumerate(reports):
        near = m != k and other.source and any(sentence.covers(cue) for cue in other.cue)
        if near and any(c.overlaps(piece) for c in (*other.content, *other.cue)):
            return m
    return None


def _add_piece(reader: Reader, report: Report, piece: Span) -> Report:
    """With the words of the piece that the report had only the beginning or the end of, up to its speaker."""
    first = report.content[0]
    marks = (*report.cue, *report.source)
    if len(report.content) > 1 or not first.overlaps(piece) or any(piece.overlaps(mark) for mark in marks):
        return report
    whole = Span(min(first.begin, piece.begin), max(first.end, piece.end))
    after = min((s.begin for s in marks if s.begin >= whole.end), default=whole.end)
    if not re.search(r"[.!?\"“”]", reader.text[whole.end : after]):
        whole = trim(reader.text, whole.begin, after) or whole
    return replace(report, content=(whole,))


def _find_tag(reader: Reader, piece: Span, quotations: Sequence[Span]) -> _Tag | None:
    """Who said a quotation, named right behind it, or before a colon in front of it."""
    if not any(q.overlaps(piece) for q in quotations):
        return None
    if (gap := TAG_GAP.match(reader.text, piece.end)) is not None and (tag := _tag_at(reader, gap.end())) is not None:
        return tag
    return _tag_before_colon(reader, piece)


def _tag_at(reader: Reader, begin: int) -> _Tag | None:
    """ "said Anna Moe" or "Anna Moe said" at a place of the text."""
    places = reader.indices(Span(begin, begin + 1))
    if not places:
        return None
    first = places[0]
    if _says(reader, first):
        source = find_phrase_beginning(reader, first + 1)
        verb = first
    else:
        source = find_phrase_beginning(reader, first)
        verb = reader.indices(source)[-1] + 1 if source is not None else first
    if source is None or verb >= len(reader.words) or not _says(reader, verb) or not can_speak(reader, (source,)):
        return None
    return _Tag(source, reader.words[verb].span)


def _tag_before_colon(reader: Reader, piece: Span) -> _Tag | None:
    """ "Anna Moe denied it: “…”"."""
    colon = BEFORE_COLON.search(reader.text[: piece.begin])
    if colon is None:
        return None
    sentence = reader.sentence_of(Span(colon.start(), colon.start() + 1))
    for k in reader.indices(Span(sentence.begin, colon.start())):
        if _says(reader, k):
            source = find_phrase_ending(reader, k - 1)
            if source is not None and source.begin >= sentence.begin and can_speak(reader, (source,)):
                return _Tag(source, Span(colon.start(), colon.start() + 1))
    return None


def _says(reader: Reader, k: int) -> bool:
    """Whether a word is a verb by which something is said."""
    if reader.words[k].pos != "VERB":
        return False
    entry = find_entry(reader.forms([reader.words[k]]))
    return entry is not None and entry.act not in {None, Act.THINK, Act.DECLINE}


def _turn_round(reader: Reader, report: Report) -> Report:
    """A speaker that was taken for the content, right behind the cue or before it: "X, say residents of Oslo"."""
    words = reader.words_of(*report.cue)
    if len(report.cue) != 1 or [w.pos for w in words] != ["VERB"] or reader.forms(words)[0].endswith("ing"):
        return report
    cue = report.cue[0]
    for piece in report.content:
        if reader.text[min(cue.end, piece.end) : max(cue.begin, piece.begin)] != " ":
            continue
        speaker = _find_speaker(reader, piece)
        if speaker is None:
            continue
        rest = tuple(c for c in report.content if c is not piece)
        if cue.end < piece.begin:
            told = report.source if all(s.end <= cue.begin for s in report.source) else ()
            if told and has_clause(reader, told):  # "It was they that asked, said | Anna Moe"
                tail = trim(reader.text, speaker.end, piece.end)
                return replace(report, source=(speaker,), content=(*told, *rest, *((tail,) if tail else ())))
            if speaker == piece and not report.source and rest and rest[0].end <= cue.begin:
                return replace(report, source=(piece,), content=rest)
        elif speaker == piece and not rest and _is_means(reader, report):
            said = trim(reader.text, reader.sentence_of(piece).begin, piece.begin)
            if said is not None and has_clause(reader, (said,)):
                return replace(report, source=(piece,), content=(said,))
    return report


def _is_means(reader: Reader, report: Report) -> bool:
    """ "its spokesman repeated by | e-mail": what was taken for the speaker is how it was said."""
    source = report.source
    return bool(source) and reader.text[: source[0].begin].endswith(" by ") and not can_speak(reader, source)


def _find_speaker(reader: Reader, piece: Span) -> Span | None:
    """The phrase for a speaker with which a piece begins, a comma or nothing behind it."""
    places = reader.indices(piece)
    if not places or reader.words[places[0]].pos not in {"DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM"}:
        return None
    phrase = find_phrase_beginning(reader, places[0])
    if phrase is None or phrase.end > piece.end or not can_speak(reader, (phrase,)):
        return None
    rest = reader.text[phrase.end : piece.end].strip()
    return phrase if not rest or rest[0] in ',"“' else None
