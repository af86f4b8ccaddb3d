"""The whole line on one machine: read → extract → ledger → resolve. Surfaces call this and add nothing of their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from onrecord.errors import DocumentError
from onrecord.extract import Extractor, make_extractor
from onrecord.ids import hash_bytes, make_document_id
from onrecord.ledger import Ledger
from onrecord.query import Assessed, Failed, assess_document, find_failed
from onrecord.read import find_broken, iter_raw, read_document, read_documents
from onrecord.records import Document, Moment, Raw, Skipped, Statement
from onrecord.resolve.assess import make_assessor
from onrecord.settings import Settings

BATCH_DOCUMENTS = 16
BATCH_CHARACTERS = 200_000
BATCH_RESOLVED = 32  # pages a transaction
LANGUAGE = "en"  # what the span finder reads; pages in other languages are kept without statements


@dataclass(frozen=True, slots=True)
class Added:
    """A page that is in now, with its statements."""

    document: Document
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Present:
    """A page that was in already; nothing was done."""

    address: str
    document_id: str


Outcome = Added | Present | Skipped


def add_pages(
    ledger: Ledger,
    paths: Iterable[str | os.PathLike[str]],
    *,
    settings: Settings,
    published: Moment | None = None,
    outlet: str | None = None,
    again: bool = False,
) -> Iterator[Outcome]:
    """Read, extract and store each page of `paths` (as for `iter_raw`), and say what became of it. Lazy.

    `published` and `outlet` fill in what a page lacks. With `again`, pages that are in already are read and
    extracted anew. Claims know of the new pages once `resolve_pages` has run.
    """
    raws = iter_raw(paths, settings=settings)
    yield from add_raws(ledger, raws, settings=settings, published=published, outlet=outlet, again=again)


def add_raws(
    ledger: Ledger,
    raws: Iterable[Raw | Skipped],
    *,
    settings: Settings,
    published: Moment | None = None,
    outlet: str | None = None,
    again: bool = False,
    extractor: Extractor | None = None,
) -> Iterator[Outcome]:
    """The same for pages that are at hand already; a program that stays up passes the `extractor` it has loaded."""
    make = _once(lambda: extractor or make_extractor(settings))
    batch: list[tuple[Raw, Document]] = []
    characters = 0
    for item in raws:
        if isinstance(item, Skipped):
            yield _skip(ledger, item, published, outlet)
            continue
        raw = replace(item, published=item.published or published, outlet=item.outlet or outlet)
        document_id = make_document_id(raw.address, hash_bytes(raw.content))
        if not again and (ledger.has_document(document_id) or any(page.id == document_id for _, page in batch)):
            yield Present(raw.address, document_id)
            continue
        try:
            document = read_document(raw, settings=settings)
        except DocumentError as error:
            yield _skip(ledger, Skipped(raw.address, "read", str(error)), published, outlet)
            continue
        batch.append((raw, document))
        characters += len(document.text)
        if len(batch) >= BATCH_DOCUMENTS or characters >= BATCH_CHARACTERS:
            yield from _store(ledger, batch, make())
            batch, characters = [], 0
    if batch:
        yield from _store(ledger, batch, make())


def retry_pages(ledger: Ledger, *, settings: Settings) -> Iterator[Outcome]:
    """Add the pages that failed once more, with the date and outlet given at first. Lazy."""
    for path, failed in _group_failed(ledger).items():
        published = Moment(failed[0].published, "given") if failed[0].published else None
        still = set()
        for outcome in add_pages(ledger, [path], settings=settings, published=published, outlet=failed[0].outlet):
            if isinstance(outcome, Skipped):
                still.add(outcome.source)
            yield outcome
        ledger.forget_skipped([one.source for one in failed if one.source not in still])


def resolve_pages(ledger: Ledger) -> Iterator[int]:
    """Let the claims know of every page that they do not know yet; yields how many pages each step took. Lazy.

    What a killed run left over is taken up by the next.
    """
    from onrecord.inference.embedder import make_embedder
    from onrecord.ledger.claim_store import find_pending, resolving
    from onrecord.resolve import add_documents

    pending = find_pending(ledger, limit=BATCH_RESOLVED)
    embedder = make_embedder() if pending else None
    while pending and embedder is not None:
        with resolving(ledger, pending) as store:
            add_documents(store, pending, embedder)
        yield len(pending)
        pending = find_pending(ledger, limit=BATCH_RESOLVED)


def rebuild_claims(ledger: Ledger) -> Iterator[int]:
    """Forget every decision and make all claims anew; yields as `resolve_pages` does. Lazy.

    A run that is killed leaves pages that the next `resolve_pages` takes up.
    """
    from onrecord.ledger.claim_store import forget_decisions

    forget_decisions(ledger)
    yield from resolve_pages(ledger)


def remove_page(ledger: Ledger, document_id: str) -> bool:
    """Take a page out with everything that was made of it. False where there is none."""
    from onrecord.ledger.claim_store import resolving
    from onrecord.resolve import remove_documents

    with resolving(ledger, ()) as store:
        remove_documents(store, [document_id])
    return ledger.remove_document(document_id)


def _group_failed(ledger: Ledger) -> dict[str, list[Failed]]:
    """What failed, by the file to try: a record of a file is tried again with its file."""
    groups: dict[str, list[Failed]] = {}
    cursor: str | None = None
    while True:
        page = find_failed(ledger, cursor=cursor)
        for failed in page.items:
            container = failed.source.rpartition("#")[0]
            in_file = not os.path.lexists(failed.source) and container and os.path.lexists(container)
            groups.setdefault(container if in_file else failed.source, []).append(failed)
        cursor = page.cursor
        if cursor is None:
            return groups


def extract_pages(
    paths: Iterable[str | os.PathLike[str]],
    *,
    settings: Settings,
    published: Moment | None = None,
    outlet: str | None = None,
) -> Iterator[Added | Skipped]:
    """The same without a ledger: each page of `paths` with its statements. Lazy."""
    pages = read_documents(paths, published=published, outlet=outlet, settings=settings)
    documents = (item if isinstance(item, Skipped) else item[0] for item in pages)
    yield from extract_documents(documents, make_extractor(settings))


def assess_pages(
    claim: str, paths: Iterable[str | os.PathLike[str]], *, settings: Settings, published: Moment | None = None
) -> Iterator[Assessed | Skipped]:
    """How each page of `paths` stands to `claim`, with who says so in the sentences that show it. No ledger. Lazy."""
    assessor = make_assessor(threads=settings.threads)
    for page in extract_pages(paths, settings=settings, published=published):
        if isinstance(page, Skipped):
            yield page
        else:
            yield assess_document(page.document, page.statements, claim, assessor=assessor)


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


def _store(ledger: Ledger, batch: list[tuple[Raw, Document]], extractor: Extractor) -> Iterator[Outcome]:
    for (raw, _), outcome in zip(batch, _extract([page for _, page in batch], extractor), strict=True):
        if isinstance(outcome, Skipped):
            yield _skip(ledger, outcome, raw.published, raw.outlet)
            continue
        try:
            ledger.write_page(raw, outcome.document, outcome.statements)
        except DocumentError as error:
            yield _skip(ledger, Skipped(raw.address, "store", str(error)), raw.published, raw.outlet)
            continue
        yield outcome
        if (broken := find_broken(outcome.document, raw)) is not None:
            yield _skip(ledger, broken, raw.published, raw.outlet)


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


def is_readable(document: Document) -> bool:
    """Whether the document is in the language of the span finder, or in none that could be told."""
    return document.language is None or document.language.partition("-")[0] == LANGUAGE


def _skip(ledger: Ledger, skipped: Skipped, published: Moment | None, outlet: str | None) -> Skipped:
    ledger.write_skipped(skipped, published=published.value if published else None, outlet=outlet)
    return skipped


def _once(make: Callable[[], Extractor]) -> Callable[[], Extractor]:
    """Load models when the first page needs them: a run over known pages needs none."""
    made: list[Extractor] = []

    def get() -> Extractor:
        if not made:
            made.append(make())
        return made[0]

    return get
