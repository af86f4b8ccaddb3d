"""The boundary between finding spans and everything built on them: text in, one Annotation out.

Whatever finds the spans (the shipped model, a baseline in `bench/`, gold files) is an `Annotator`; the later steps of
`pipeline.py` see nothing else of it and never tokenise on their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from onrecord.records import Span


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark of the text. `pos` is a universal part of speech ("NOUN", "VERB", "PUNCT"…)."""

    span: Span
    pos: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A proper name. `label` is one of PERSON, ORG, GPE, NORP, LOC, FAC, EVENT, WORK_OF_ART, PRODUCT, LAW."""

    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """One report as found in the text: who (source), the signal (cue), what (content), each maybe in pieces.

    `source` and `cue` may be empty, `content` never is. `confidence` is the calibrated probability that it is right.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Annotation:
    """All that is found in one text, each tuple in order of the text."""

    text: str
    words: tuple[Word, ...]
    sentences: tuple[Span, ...]
    entities: tuple[Entity, ...]
    attributions: tuple[Attribution, ...]


class Annotator(Protocol):
    """Finds words, sentences, names and attributions."""

    @property
    def version(self) -> str:
        """Goes into `Statement.made_by`."""
        ...

    def annotate(self, texts: Sequence[str]) -> list[Annotation]:
        """One Annotation for each text, in order; the same for a text alone as in a batch."""
        ...

    def attribute(self, texts: Sequence[str]) -> list[tuple[Attribution, ...]]:
        """Only the attributions of each text, which cost less than the whole."""
        ...
