"""Does the order of arrival leave a trace? The articles of tests/stories, all in one ledger, in random orders.

    python -m bench.orders [--orders N] [STORY…]

They come in by a few at a time. Each order must end in the same edges and claims. Then single articles are taken out
again, and what is left must be the ledger of the others. Articles are read and extracted once, since that looks at one
alone.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from bench.record import print_table, record
from bench.stories import find_stories, read_story
from onrecord.extract import make_extractor
from onrecord.inference.embedder import make_embedder
from onrecord.inference.pairs import make_pair_reader
from onrecord.records import Document, Statement
from onrecord.resolve import Embeds, MemoryStore, Reads, Resolution, add_documents, remove_documents
from onrecord.resolve.base import Vector
from onrecord.settings import Settings

ORDERS, MOST_AT_ONCE = 20, 8
Page = tuple[Document, tuple[Statement, ...]]


class RememberingEmbedder:
    """An embedder that is asked once for each text."""

    def __init__(self, embedder: Embeds) -> None:
        self._embedder = embedder
        self._vectors: dict[str, Vector] = {}

    def embed(self, texts: Iterable[str]) -> Vector:
        """(texts, size)."""
        wanted = list(texts)
        for text in wanted:
            if text not in self._vectors:
                self._vectors[text] = self._embedder.embed([text])[0]
        return np.stack([self._vectors[text] for text in wanted])


class RememberingReader:
    """A reader that is asked once for each pair."""

    def __init__(self, reader: Reads) -> None:
        self.read = lru_cache(None)(reader.read)


def add_in_order(
    pages: Sequence[Page], embedder: Embeds, chance: random.Random, reader: Reads | None = None
) -> MemoryStore:
    """A store of the pages, which come in by a few at a time, in an order that `chance` makes."""
    store, left = MemoryStore(), list(pages)
    chance.shuffle(left)
    while left:
        some, left = left[: (size := chance.randint(1, MOST_AT_ONCE))], left[size:]
        for page in some:
            store.put_page(*page)
        add_documents(store, [document.id for document, _ in some], embedder, reader)
    return store


def count_differences(
    pages: Sequence[Page], embedder: Embeds, reader: Reads | None = None, *, orders: int, seed: int = 1
) -> dict[str, int]:
    """Orders and removals, and those that end in another ledger than all pages at once."""
    chance = random.Random(seed)
    expected = _read(add_in_order(pages, embedder, random.Random(0), reader))
    other = sum(_read(add_in_order(pages, embedder, chance, reader)) != expected for _ in range(orders))
    left_behind = 0
    for _ in range(orders):
        gone, *rest = chance.sample(pages, len(pages))
        store = add_in_order(pages, embedder, chance, reader)
        remove_documents(store, [gone[0].id])
        store.drop_page(gone[0].id)
        left_behind += _read(store) != _read(add_in_order(rest, embedder, chance, reader))
    return {
        "articles": len(pages),
        "claims": len(expected.claims),
        "edges": len(expected.edges),
        "orders": orders,
        "other ledgers": other,
        "removals": orders,
        "removals that leave something": left_behind,
    }


def _read(store: MemoryStore) -> Resolution:
    return Resolution(store.edges, tuple(store.claims[claim] for claim in sorted(store.claims)))


def main() -> int:
    """Measure, print and record; the exit code is 1 where any order left a trace."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", nargs="*", metavar="STORY")
    parser.add_argument("--orders", type=int, default=ORDERS)
    options = parser.parse_args()
    settings = Settings()
    extractor = make_extractor(settings)
    stories = [read_story(gold, extractor, settings) for gold in find_stories(options.stories)]
    pages = [page for _, documents, statements in stories for page in zip(documents, statements, strict=True)]
    embedder, reader = RememberingEmbedder(make_embedder()), RememberingReader(make_pair_reader())
    figures = count_differences(pages, embedder, reader, orders=options.orders)
    print_table([figures])
    record("orders", figures, command=" ".join(["python -m bench.orders", *sys.argv[1:]]))
    return 1 if figures["other ledgers"] or figures["removals that leave something"] else 0


if __name__ == "__main__":
    sys.exit(main())
