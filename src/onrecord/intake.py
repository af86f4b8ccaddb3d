"""Pages to documents with their statements, in order: in this process, or in workers that no page can stop."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import chain, islice
from typing import Any

from onrecord.extract import Extractor, make_extractor
from onrecord.ids import hash_bytes, make_document_id
from onrecord.read import read_page
from onrecord.records import Document, Raw, Skipped, Statement
from onrecord.resolve import Embeds, Prepared, prepare_document
from onrecord.settings import Settings
from onrecord.workers import Lost, work

FEW = 48  # pages that are sooner read by one worker than by several, each of which loads the models
BATCH_DOCUMENTS = 4  # a few seconds of work: one of several workers must not be at the last batch alone for long
BATCH_CHARACTERS = 200_000
BATCH_BYTES = 2_000_000
LANGUAGE = "en"  # what the span finder reads; pages in other languages are kept without statements


@dataclass(frozen=True, slots=True)
class Added:
    """A page that could be read, with its statements; `prepared` where workers made it ready for the claims too."""

    document: Document
    statements: tuple[Statement, ...]
    prepared: Prepared | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Present:
    """A page that was in already; nothing was done."""

    address: str
    document_id: str


Item = Raw | Present | Skipped
Outcome = Added | Present | Skipped


def take_in(
    items: Iterable[Item],
    *,
    settings: Settings,
    read: Callable[[Sequence[Item]], Sequence[Outcome]] | None = None,
    guarded: bool = False,
    prepares: bool = False,
) -> Iterator[tuple[Item, Outcome]]:
    """Each item with what becomes of it, in order, the same whoever reads; what is no page passes through. Lazy.

    Pages are read by `read`, where it is at hand; else by `settings.workers` processes, a few by one, which no page can
    stop, or with `workers` = 1 by this process, unless `guarded`. Where workers read, `items` is gone through in
    another thread, and with `prepares` they make pages ready for the claims: one process can only resolve for many
    readers where it is spared the sentence vectors.
    """
    coming = iter(items)
    if read is None and settings.workers == 1 and not guarded:
        read = make_reader(settings)
    if read is not None:
        for batch in _cut(coming):
            yield from zip(batch, read(batch), strict=True)
        return
    first = [] if settings.workers else list(islice(coming, FEW))
    every = chain(first, coming)
    if 0 < len(first) < FEW and not any(isinstance(item, Raw) for item in first):
        yield from ((item, item) for item in first if not isinstance(item, Raw))
        return
    cores = os.cpu_count() or 1
    workers = settings.workers or (1 if 0 < len(first) < FEW else cores)
    make = partial(make_reader, replace(settings, threads=settings.threads or max(1, cores // workers)))
    if prepares:
        from onrecord.inference.embedder import make_embedder

        make = partial(make, make_embedder=make_embedder)
    sent: deque[Item] = deque()
    results = work(
        make,
        _cut(every, sent),
        workers=workers,
        item_seconds=settings.max_page_seconds,
        most_bytes=settings.max_worker_bytes,
    )
    for result in results:
        item = sent.popleft()
        yield item, settle(item, result)


def make_reader(
    settings: Settings, extractor: Extractor | None = None, *, make_embedder: Callable[[], Embeds] | None = None
) -> Callable[[Sequence[Item]], list[Outcome]]:
    """What reads a batch, models loaded when the first page needs them: a run over known pages needs none.

    With `make_embedder`, pages are made ready for the claims too.
    """

    @cache
    def load() -> Extractor:
        return extractor or make_extractor(settings)

    def read(items: Sequence[Item]) -> list[Outcome]:
        pages = [read_page(item, settings) if isinstance(item, Raw) else item for item in items]
        documents = [page for page in pages if isinstance(page, Document)]
        found = extract_documents(documents, load()) if documents else iter(())
        outcomes: list[Outcome] = [next(found) if isinstance(page, Document) else page for page in pages]
        return outcomes if make_embedder is None else [prepare(one, make_embedder()) for one in outcomes]

    return read


def prepare(outcome: Outcome, embedder: Embeds) -> Outcome:
    """A page that was read, made ready for the claims; once in the ledger, one that cannot be would stop every run."""
    if not isinstance(outcome, Added):
        return outcome
    try:
        return replace(outcome, prepared=prepare_document(outcome.document, outcome.statements, embedder))
    except Exception as error:  # noqa: BLE001 - set aside with its reason, to be tried again
        return Skipped(outcome.document.address, "resolve", f"{type(error).__name__}: {error}")


def settle(item: Item, result: Outcome | Lost[Any]) -> Outcome:
    """What a worker makes of an item: one that it was lost over is set aside."""
    if not isinstance(result, Lost):
        return result
    return Skipped(item.address, "extract", result.reason) if isinstance(item, Raw) else item


def identify(raw: Raw) -> str:
    """The id of the document that a page becomes."""
    return make_document_id(raw.address, hash_bytes(raw.content))


def extract_documents(documents: Iterable[Document | Skipped], extractor: Extractor) -> Iterator[Added | Skipped]:
    """Each document with its statements, in the order given; what was skipped passes through. Lazy."""
    batch: list[Document] = []
    characters = 0
    for item in documents:
        if isinstance(item, Skipped):
            yield from _extract(batch, extractor)
            batch, characters = [], 0
            yield item
            continue
        batch.append(item)
        characters += len(item.text)
        if len(batch) >= BATCH_DOCUMENTS or characters >= BATCH_CHARACTERS:
            yield from _extract(batch, extractor)
            batch, characters = [], 0
    yield from _extract(batch, extractor)


def is_readable(document: Document) -> bool:
    """Whether the document is in the language of the span finder, or in none that could be told."""
    return document.language is None or document.language.partition("-")[0] == LANGUAGE


def _cut(items: Iterable[Item], sent: deque[Item] | None = None) -> Iterator[list[Item]]:
    """Items in batches that no worker takes long over; `sent` is told of each."""
    batch: list[Item] = []
    size = 0
    for item in items:
        batch.append(item)
        if sent is not None:
            sent.append(item)
        size += len(item.content) if isinstance(item, Raw) else 0
        if len(batch) >= BATCH_DOCUMENTS or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _extract(documents: list[Document], extractor: Extractor) -> Iterator[Added | Skipped]:
    readable = [document for document in documents if is_readable(document)]
    try:
        found = iter(list(extractor.extract(readable)))
    except Exception:  # noqa: BLE001 - one odd page must not cost the others: each is tried alone below
        found = None
    for document in documents:
        if not is_readable(document):
            yield Added(document, ())
        elif found is not None:
            yield Added(document, next(found))
        else:
            yield _extract_one(document, extractor)


def _extract_one(document: Document, extractor: Extractor) -> Added | Skipped:
    try:
        return Added(document, extractor.extract_statements(document))
    except Exception as error:  # noqa: BLE001 - set aside with its reason, to be tried again
        return Skipped(document.address, "extract", f"{type(error).__name__}: {error}")
