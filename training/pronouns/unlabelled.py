"""Pronouns that nobody labelled, for a student to learn from its teachers' reading: of news, and of GAP's passages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from onrecord.extract.base import Annotation, Annotator
from onrecord.extract.mentions import Mentions
from onrecord.extract.pointer import REACH, cut_excerpt
from onrecord.extract.pronouns import gender_of
from onrecord.extract.ranker import MOST
from onrecord.records import Span
from training.attribution.corpus import iter_unannotated, read_rows
from training.pronouns import gap
from training.pronouns.lessons import Lesson, drop_repeated, is_open

PRONOUN = re.compile(r"\b(?:he|him|his|she|hers?)\b", re.IGNORECASE)
BATCH = 16  # texts


def read_unlabelled(data: Path, annotator: Annotator, tokenizer: Tokenizer) -> list[Lesson]:
    """Every pronoun of one person with two people or more to choose among; none of an article of `statements-dev`."""
    found = [*_read_news(data, annotator, tokenizer), *_read_passages(data / gap.GAP.name, annotator, tokenizer)]
    return drop_repeated(found)


def _read_news(data: Path, annotator: Annotator, tokenizer: Tokenizer) -> Iterator[Lesson]:
    held = {row["id"] for row in read_rows(data / "statements-dev.jsonl")}
    rows = [*read_rows(data / "polnear-train.jsonl.gz"), *iter_unannotated(data)]
    texts = [row["text"] for row in rows if row["id"] not in held and not row["id"].startswith("gap-")]
    for k in range(0, len(texts), BATCH):
        for annotation in annotator.annotate(texts[k : k + BATCH]):
            yield from _iter_lessons(annotation, tokenizer, "", None)


def _read_passages(path: Path, annotator: Annotator, tokenizer: Tokenizer) -> Iterator[Lesson]:
    rows = gap.read_rows(path)
    for row, annotation in zip(rows, annotator.annotate([row["Text"] for row in rows]), strict=True):
        yield from _iter_lessons(gap.add_names(row, annotation), tokenizer, row["URL"], gap.find_pronoun(row))


def _iter_lessons(annotation: Annotation, tokenizer: Tokenizer, page: str, labelled: Span | None) -> Iterator[Lesson]:
    mentions = Mentions(annotation)
    for match in PRONOUN.finditer(annotation.text):
        pronoun = Span(*match.span())
        if pronoun == labelled:
            continue
        people = _find_people(mentions, pronoun)
        excerpt = cut_excerpt(annotation.text, pronoun, people, tokenizer)
        if is_open(excerpt):
            nobody_told = np.zeros(1 + len(people), bool)
            yield Lesson(excerpt, gender_of(match.group().lower()), page, nobody_told)


def _find_people(mentions: Mentions, pronoun: Span) -> list[list[Span]]:
    """The mentions of each person near a pronoun, whatever the gender: in many readings all are given one."""
    people: dict[int, list[Span]] = {}
    for candidate in mentions.candidates(pronoun):
        near = abs(candidate.span.begin - pronoun.begin) < REACH
        if near and candidate.named and candidate.animate and not candidate.plural and candidate.figure >= 0:
            people.setdefault(candidate.figure, []).append(candidate.span)
    return [sorted(set(spans)) for spans in people.values()][:MOST]
