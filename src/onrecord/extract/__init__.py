"""Documents to statements: who said what, on whose word, with what stance, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.extract.base import Annotator
from onrecord.extract.pipeline import extract_batch
from onrecord.extract.tagger import Tagger
from onrecord.records import Document, Statement
from onrecord.settings import Settings

__all__ = ["Extractor", "make_annotator", "make_extractor"]

BATCH_DOCUMENTS = 16
BATCH_CHARACTERS = 200_000


class Extractor:
    """Extracts statements with one annotator, whose models it keeps loaded."""

    def __init__(self, annotator: Annotator, *, min_confidence: float = 0.0) -> None:
        self._annotator = annotator
        self._min_confidence = min_confidence

    @property
    def version(self) -> str:
        """What the statements are made by."""
        return self._annotator.version

    def extract(self, documents: Iterable[Document]) -> Iterator[tuple[Statement, ...]]:
        """The statements of each document, lazily, in order; documents are annotated in batches."""
        for batch in _batches(documents):
            yield from extract_batch(batch, self._annotator, self._min_confidence)

    def extract_statements(self, document: Document) -> tuple[Statement, ...]:
        """The statements of one document, in order of the text."""
        return extract_batch([document], self._annotator, self._min_confidence)[0]


def make_extractor(settings: Settings) -> Extractor:
    """The extractor with the shipped span finder, models loaded."""
    return Extractor(make_annotator(settings), min_confidence=settings.min_confidence)


def make_annotator(settings: Settings) -> Annotator:
    """The shipped span finder, models loaded. Raises RunError where its files are missing."""
    return Tagger.load(threads=settings.threads)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    characters = 0
    for document in documents:
        batch.append(document)
        characters += len(document.text)
        if len(batch) >= BATCH_DOCUMENTS or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
