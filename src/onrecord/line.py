"""The whole line on one machine: read → extract → ledger → resolve. Surfaces call this and add nothing of their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from onrecord.errors import DocumentError
from onrecord.intake import Added, Item, Outcome, Present, extract_documents, identify, is_readable, take_in
from onrecord.ledger import Ledger
from onrecord.query import Assessed, Failed, assess_document, find_failed
from onrecord.read import find_broken, find_file, iter_raw
from onrecord.records import Moment, Passage, Raw, Skipped
from onrecord.resolve import Prepared
from onrecord.resolve.assess import make_assessor
from onrecord.resolve.base import Vector
from onrecord.settings import Settings

__all__ = [
    "Added",
    "Outcome",
    "Present",
    "add_pages",
    "add_raws",
    "assess_pages",
    "extract_documents",
    "extract_pages",
    "is_readable",
    "rebuild_claims",
    "remove_page",
    "resolve_along",
    "resolve_pages",
    "retry_pages",
]

# pages a transaction, in which nobody else can write: what several of them touch is made once, and that is most of it
BATCH_RESOLVED = 48


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
    read: Callable[[Sequence[Item]], Sequence[Outcome]] | None = None,
) -> Iterator[Outcome]:
    """The same for pages that are at hand already; a program that stays up passes what it has to `read` them."""
    doing: set[str] = set()  # pages that are read now
    failed: dict[str, Skipped] = {}

    def iter_new() -> Iterator[Item]:
        for item in raws:
            if isinstance(item, Skipped):
                yield item
                continue
            document_id = identify(item)
            # in this order: a page that is read no longer is in the ledger by then
            if not again and (document_id in doing or ledger.has_document(document_id)):
                yield Present(item.address, document_id)
                continue
            doing.add(document_id)
            yield replace(item, published=item.published or published, outlet=item.outlet or outlet)

    for item, outcome in take_in(iter_new(), settings=settings, read=read, prepares=True):
        if isinstance(item, Raw) and isinstance(outcome, Added):
            broken = find_broken(outcome.document, item)
            outcome = _store(ledger, item, outcome)
            if isinstance(outcome, Added) and broken is not None:
                yield outcome
                outcome = broken
        elif isinstance(outcome, Present):
            # the same page a second time in this run shares the fate of the first
            outcome = failed.get(outcome.document_id, outcome)
        if isinstance(outcome, Skipped):
            _note(ledger, outcome, item, published, outlet)
        if isinstance(item, Raw):
            document_id = identify(item)
            if isinstance(outcome, Skipped) and not ledger.has_document(document_id):
                failed[document_id] = outcome
            doing.discard(document_id)
        yield outcome


def resolve_along(ledger: Ledger, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """Pass outcomes on, and let the claims know of pages while workers read the next ones. Lazy."""
    waiting = 0
    prepared: dict[str, Prepared] = {}
    for outcome in outcomes:
        yield outcome
        if not isinstance(outcome, Added):
            continue
        waiting += 1
        if outcome.prepared is not None:
            prepared[outcome.document.id] = outcome.prepared
        if waiting >= BATCH_RESOLVED:
            next(resolve_pages(ledger, prepared=prepared), 0)
            waiting -= BATCH_RESOLVED
            prepared.clear()
    if prepared:
        next(resolve_pages(ledger, prepared=prepared), 0)


def retry_pages(ledger: Ledger, *, settings: Settings) -> Iterator[Outcome]:
    """Add the pages that failed once more, with the date and outlet given at first. Lazy.

    Workers read them, even where the settings name none: one may have killed its last reader.
    """
    guarded = replace(settings, workers=os.cpu_count() or 1) if settings.workers == 1 else settings
    for path, failed in _group_failed(ledger).items():
        published = Moment(failed[0].published, "given") if failed[0].published else None
        still = set()
        for outcome in add_pages(ledger, [path], settings=guarded, published=published, outlet=failed[0].outlet):
            if isinstance(outcome, Skipped):
                still.add(outcome.source)
            yield outcome
        ledger.forget_skipped([one.source for one in failed if one.source not in still])


def resolve_pages(ledger: Ledger, *, prepared: Mapping[str, Prepared] | None = None) -> Iterator[int]:
    """Let the claims know of every page that they do not know yet; yields how many pages each step took. Lazy.

    What a killed run left over is taken up by the next. Pages that are not `prepared` are made ready before the step
    that keeps others from writing begins.
    """
    from onrecord.ledger.claim_store import find_pending, read_pages, resolving
    from onrecord.resolve import add_documents, prepare_document

    at_hand, embedder, reader = prepared or {}, _Encoder(), _Reader()
    while pending := find_pending(ledger, limit=BATCH_RESOLVED):
        ready = {i: at_hand[i] for i in pending if i in at_hand}
        for document, statements in read_pages(ledger, [i for i in pending if i not in ready]):
            ready[document.id] = prepare_document(document, statements, embedder)
        with resolving(ledger, pending) as store:
            add_documents(store, pending, embedder, reader, prepared=ready)
        yield len(pending)


class _Encoder:
    """The sentence encoder, loaded when the first text comes: where workers were at the pages, none does."""

    def embed(self, texts: Iterable[str]) -> Vector:
        """(texts, size)."""
        from onrecord.inference.embedder import make_embedder

        return make_embedder().embed(texts)


class _Reader:
    """The reader of pairs, loaded when the first pair comes."""

    def read(self, left: Passage, right: Passage) -> tuple[float, float]:
        """The chances that both word the same, and that they word opposites."""
        from onrecord.inference.pairs import make_pair_reader

        return make_pair_reader().read(left, right)


def rebuild_claims(ledger: Ledger) -> Iterator[int]:
    """Forget every decision and make all claims anew; yields as `resolve_pages` does. Lazy.

    A run that is killed leaves pages that the next `resolve_pages` takes up.
    """
    from onrecord.ledger.claim_store import forget_decisions

    forget_decisions(ledger)
    yield from resolve_pages(ledger)


def remove_page(ledger: Ledger, document_id: str) -> bool:
    """Take a page out with everything that was made of it. False where there is none."""
    from onrecord.ledger.claim_store import remove_document

    return remove_document(ledger, document_id)


def _group_failed(ledger: Ledger) -> dict[str, list[Failed]]:
    """What failed, by the file to try: a record of a file is tried again with its file."""
    groups: dict[str, list[Failed]] = {}
    cursor: str | None = None
    while True:
        page = find_failed(ledger, cursor=cursor)
        for failed in page.items:
            groups.setdefault(find_file(failed.source), []).append(failed)
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
    raws = (
        one
        if isinstance(one, Skipped)
        else replace(one, published=one.published or published, outlet=one.outlet or outlet)
        for one in iter_raw(paths, settings=settings)
    )
    for item, outcome in take_in(raws, settings=settings):
        if isinstance(item, Raw) and isinstance(outcome, Added) and (broken := find_broken(outcome.document, item)):
            yield broken
        if not isinstance(outcome, Present):
            yield outcome


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


def _store(ledger: Ledger, raw: Raw, added: Added) -> Added | Skipped:
    try:
        ledger.write_page(raw, added.document, added.statements)
    except DocumentError as error:
        return Skipped(raw.address, "store", str(error))
    return added


def _note(ledger: Ledger, skipped: Skipped, item: Item, published: Moment | None, outlet: str | None) -> None:
    """Put down what failed, with the day and outlet to try it with again."""
    moment, name = (item.published, item.outlet) if isinstance(item, Raw) else (published, outlet)
    ledger.write_skipped(skipped, published=moment.value if moment else None, outlet=name)
