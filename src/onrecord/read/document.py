"""Raw pages to Documents: decode, pick the reader by content, fill in what the caller knows."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from onrecord.errors import DocumentError
from onrecord.ids import hash_bytes, make_document_id
from onrecord.read.dates import find_address_date, find_crawl_date
from onrecord.read.dump import read_dump
from onrecord.read.encoding import decode_text
from onrecord.read.html import looks_like_html, read_html
from onrecord.read.language import find_language
from onrecord.read.source import STEP, iter_raw
from onrecord.records import Document, Moment, Raw, Skipped
from onrecord.settings import Settings
from onrecord.workers import Worker

REPLACED = "\ufffd"  # stands for bytes that the encoding does not have


def read_document(raw: Raw, *, settings: Settings) -> Document:
    """The cleaned page. Raises DocumentError, with the reason in words, for one that cannot be read."""
    if not raw.content.strip():
        raise DocumentError("empty")
    if len(raw.content) > settings.max_page_bytes:
        raise DocumentError(f"larger than {settings.max_page_bytes:,} bytes (settings: max_page_bytes)")
    source, encoding = decode_text(raw.content, media_type=raw.media_type)
    page = read_html(source, raw) if _is_html(source, raw) else read_dump(source, raw)
    if not page.body.text:
        raise DocumentError("no article text")
    if len(page.body.text) > settings.max_text_characters:
        raise DocumentError(f"longer than {settings.max_text_characters:,} characters (settings: max_text_characters)")
    raw_hash = hash_bytes(raw.content)
    return Document(
        id=make_document_id(raw.address, raw_hash),
        address=raw.address,
        raw_hash=raw_hash,
        text=page.body.text,
        encoding=encoding,
        title=page.title or raw.title,
        published=page.published or raw.published or _find_published(raw),
        outlet=page.outlet or raw.outlet,
        author=page.author,
        agency=page.agency,
        language=find_language(page.body.text, declared=page.language),
        canonical=page.canonical or raw.url,
        based_on=page.based_on,
        headings=page.headings,
        leftovers=page.leftovers,
        origin=page.body.runs,
        first_seen=raw.seen,
    )


def read_documents(
    paths: Iterable[str | os.PathLike[str]],
    *,
    published: Moment | None = None,
    outlet: str | None = None,
    settings: Settings,
) -> Iterator[tuple[Document, Raw] | Skipped]:
    """Each page of `paths` (as for `iter_raw`) as a Document, or a Skipped that says why not. Lazy.

    `published` and `outlet` fill in what a page lacks. A page with broken bytes in its text gives both a Skipped for
    those and its Document. A process apart reads them, within the limits of `settings`.
    """
    with Worker(partial(_make_reader, settings), settings=settings) as reader:
        for raw in iter_raw(paths, settings=settings):
            if isinstance(raw, Skipped):
                yield raw
                continue
            filled = replace(raw, published=raw.published or published, outlet=raw.outlet or outlet)
            [page] = reader.ask([filled])
            if isinstance(page, Document):
                if (broken := find_broken(page, raw)) is not None:
                    yield broken
                yield page, filled
            else:
                yield Skipped(raw.address, STEP, page.reason)


def read_page(raw: Raw, settings: Settings) -> Document | Skipped:
    """The page, or why it cannot be read."""
    try:
        return read_document(raw, settings=settings)
    except DocumentError as error:
        return Skipped(raw.address, STEP, str(error))


def find_broken(document: Document, raw: Raw) -> Skipped | None:
    """What to say of bytes of a page that its encoding does not have, where there are any in its text."""
    n_broken = document.text.count(REPLACED)
    if not n_broken or REPLACED.encode() in raw.content:
        return None
    return Skipped(raw.address, STEP, f"{n_broken} broken bytes, not {document.encoding}; the rest was read")


def _find_published(raw: Raw) -> Moment | None:
    """Where neither the page nor its container nor the caller gives a date: from its address, else when it was seen."""
    url = raw.url or raw.address
    by_address = find_address_date(url) if url.lower().startswith(("http://", "https://")) else None
    return by_address or find_crawl_date(raw.seen)


def _is_html(source: str, raw: Raw) -> bool:
    if raw.media_type is not None and raw.media_type.startswith("text/plain"):
        return False
    return looks_like_html(source)


def _make_reader(settings: Settings) -> Callable[[Sequence[Raw]], list[Document | Skipped]]:
    return lambda raws: [read_page(raw, settings) for raw in raws]
