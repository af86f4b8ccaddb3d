"""Records with sane defaults, for every room's tests: `make_statement(document, "Russia asked China for arms")`.

Spans are found in the text by their words, so that a test reads like the article it is about.
"""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from onrecord.ids import hash_bytes, make_document_id, make_statement_id
from onrecord.intake import make_reader
from onrecord.read import containers, read_page
from onrecord.records import (
    Act,
    Certainty,
    Document,
    Moment,
    Polarity,
    Raw,
    Run,
    Skipped,
    Source,
    Span,
    Statement,
    Timex,
)
from onrecord.resolve.base import Embeds, Vector
from onrecord.settings import Settings

TEXT = (
    "Talks on aid\n\n"
    "Officials in Westmark said on Monday that Eastland had asked for equipment.\n\n"
    "Eastland denied the report. “It is an invention,” Anna Belov, a spokeswoman, told reporters.\n"
)
PAGE = (
    "<html><head><title>Ferry</title></head><body><article><h1>Ferry stays in port</h1>"
    "<p>The mayor of Eastmouth said on Monday that the ferry would stay in port until the quay is mended.</p>"
    "<p>Anna Belov, who runs the line, denied that the ferry was ever unsafe for passengers or crew.</p>"
    "</article></body></html>"
)
URLS = [f"https://news.test/{i}" for i in range(5)]


def find_span(text: str, words: str, *, nth: int = 0) -> Span:
    """Where `words` stand in `text` for the nth time; a test that misspells them fails here."""
    begin = -1
    for _ in range(nth + 1):
        begin = text.index(words, begin + 1)
    return Span(begin, begin + len(words))


def make_raw(text: str = TEXT, *, address: str = "talks.txt", **fields: object) -> Raw:
    return Raw(address=address, content=text.encode(), **fields)  # type: ignore[arg-type]


def make_document(text: str = TEXT, *, address: str = "talks.txt", **fields: object) -> Document:
    """A page whose text is its raw text, published on 14 March 2022 unless the test says otherwise."""
    raw_hash = hash_bytes(text.encode())
    whole = Span(0, len(text))
    values: dict[str, object] = {
        "title": text.partition("\n")[0],
        "published": Moment("2022-03-14", "given"),
        "outlet": "Westmark Courier",
        "language": "en",
        "origin": (Run(whole, whole),) if text else (),
        "first_seen": "2022-03-14T09:00:00+00:00",
    } | fields
    return Document(make_document_id(address, raw_hash), address, raw_hash, text, **values)  # type: ignore[arg-type]


def make_source(name: str, *, text: str = "", words: str | None = None, named: bool = True) -> Source:
    """A link. `words` (the name, where not given) are looked up in `text`; without a text the link has no span."""
    wanted = name if words is None else words
    return Source(find_span(text, wanted) if text and wanted in text else None, name, named)


def make_statement(
    document: Document,
    content: str | Sequence[str] = "Eastland had asked for equipment",
    *,
    chain: Sequence[str | Source] = ("officials",),
    cue: str | None = None,
    nth: int = 0,
    said: str | None = None,
    **fields: object,
) -> Statement:
    """A statement of `document` with `content` found in its text. Links given as words are unnamed in lower case."""
    text = document.text
    contents = (content,) if isinstance(content, str) else tuple(content)
    links = tuple(
        link if isinstance(link, Source) else make_source(link, text=text, named=link[:1].isupper()) for link in chain
    )
    timex = Timex(None, said, {4: "year", 7: "month", 10: "day"}.get(len(said), "time")) if said else None
    values: dict[str, object] = {
        "polarity": Polarity.POSITIVE,
        "certainty": Certainty.CERTAIN,
        "act": Act.ASSERT,
        "made_by": "test",
    } | fields
    return Statement(
        make_statement_id(document.id, contents, nth),
        document.id,
        tuple(find_span(text, words) for words in contents),
        (find_span(text, cue),) if cue else (),
        links,
        said=timex,
        **values,  # type: ignore[arg-type]
    )


class PlainExtractor:
    """Finds "NAME said that CONTENT." and nothing else, so that tests of what comes after need no models."""

    version = "plain"

    def extract_statements(self, document: Document) -> tuple[Statement, ...]:
        if "POISON" in document.text:
            raise ValueError("a page that no model can read")
        return tuple(
            make_statement(document, match["content"], chain=(match["name"],), cue="said", made_by=self.version)
            for match in re.finditer(r"(?P<name>[A-Z]\w+ \w+) said that (?P<content>[^.]+)\.", document.text)
        )

    def extract(self, documents: Iterable[Document]) -> Iterator[tuple[Statement, ...]]:
        return iter([self.extract_statements(document) for document in documents])


class WordEmbedder:
    """Vectors that count words: texts of the same words are near, so that tests of claims need no models."""

    def embed(self, texts: Iterable[str]) -> Vector:
        rows = []
        for one in texts:
            row = np.zeros(384, np.float32)
            for word in one.lower().split():
                row[sum(word.encode()) % 384] += 1
            rows.append(row / max(float(np.linalg.norm(row)), 1e-6))
        return np.stack(rows) if rows else np.zeros((0, 384), np.float32)


class BrokenEmbedder:
    """Fails at any text."""

    def embed(self, _texts: Iterable[str]) -> Vector:
        raise ValueError("no vectors")


class DeadlyExtractor(PlainExtractor):
    """Dies of a page that says so, never comes to the end of another, and cannot hold a third."""

    def extract(self, documents: Iterable[Document]) -> Iterator[tuple[Statement, ...]]:
        some = list(documents)
        if any("DEADLY" in document.text for document in some):
            os.kill(os.getpid(), signal.SIGKILL)
        while any("ENDLESS" in document.text for document in some):
            time.sleep(60)
        return super().extract(some)

    def extract_statements(self, document: Document) -> tuple[Statement, ...]:
        if "GREEDY" in document.text:
            bytearray(4_000_000_000)
        return super().extract_statements(document)


def make_deadly_reader(
    settings: Settings, _extractor: object = None, *, make_embedder: Callable[[], Embeds] | None = None
) -> object:
    """Stands in for `onrecord.intake.make_reader` where workers, who know of no patches, read without models."""
    return make_reader(settings, DeadlyExtractor(), make_embedder=make_embedder)  # type: ignore[arg-type]


def make_deadly_pages(settings: Settings) -> Callable[[Sequence[Raw]], list[Document | Skipped]]:
    """The same for `onrecord.read.document._make_reader`, which reads and extracts nothing."""
    return lambda raws: [_read_deadly(raw, settings) for raw in raws]


def make_deadly_keeper(settings: Settings) -> object:
    """The same for `onrecord.desk.make_keeper`."""
    read = make_reader(settings, DeadlyExtractor())
    return lambda items: read([item for item, _ in items])


def make_deadly_container(settings: Settings) -> Callable[[Sequence[Any]], list[list[Raw | Skipped]]]:
    """The same for `onrecord.read.containers.make_reader`."""
    read = containers.make_reader(settings)

    def read_deadly(asked: Sequence[Any]) -> list[list[Raw | Skipped]]:
        found = read(asked)
        for page in found[0]:
            if isinstance(page, Raw):
                _read_deadly(page, settings)
        return found

    return read_deadly


def _read_deadly(raw: Raw, settings: Settings) -> Document | Skipped:
    if b"DEADLY" in raw.content:
        os.kill(os.getpid(), signal.SIGKILL)
    while b"ENDLESS" in raw.content:
        pass
    if b"GREEDY" in raw.content:
        bytearray(4_000_000_000)
    return read_page(raw, settings)
