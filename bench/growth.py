"""Does adding a document cost the same in a large ledger? Synthetic news, resolved page by page into one SQLite ledger.

    python -m bench.growth [--documents N] [--ledger FILE]

A made-up world at a steady 250 documents a day: 3,000 names and 4,000 words, events that several outlets report over
some days, denials. Names and words come up as unevenly as measured in real text, of 91 news pages of all kinds, and of
452 articles on rumours, of which many are on one matter:

                                                        pages   rumours   this world
    pages that the commonest name is mostly about        12 %      17 %          7 %
      the 10th, 30th and 100th name               3.3, 2.2, 1.1  4.2, 2.4, 1.3  4.3, 2.2, 1.1
    pairs of pages that share such a name               3.4 %     8.2 %        6.0 %
    statements that the commonest stem is in            6.2 %    10.7 %        7.0 %
      the 10th, 50th and 200th stem               3.2, 1.6, 0.9  4.1, 2.0, 1.0  3.7, 2.0, 1.1
    other statements that share a blocking key          1.1 %     3.3 %        1.6 %

(for the real text each sentence stands for a statement). Pages are of 83 words, with three statements. Those are given,
and vectors are hashed words: reading, extraction and embedding look at one page alone and cannot grow. What is timed is
all the rest: writing the page, finding what it may belong to, deciding, and making the claims anew.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from bench.made_up import make_word, pick, say
from bench.record import print_table, record
from onrecord.ids import hash_bytes, make_document_id, make_statement_id
from onrecord.ledger import Ledger, open_ledger
from onrecord.ledger.claim_store import resolving
from onrecord.records import Act, Document, Moment, Polarity, Raw, Source, Span, Statement
from onrecord.resolve import add_documents
from onrecord.resolve.base import Vector

BATCH = 8  # pages a transaction, as in the line
A_DAY = 250
NAMES, WORDS, OUTLETS = 3000, 4000, 400
FLAT_NAMES, FLAT_WORDS = 10, 20  # see pick
EVENT_DAYS = 4
MORE_REPORTS = 0.75  # chance that an event is reported once more
WINDOW = 500  # documents that a time is the mean of
SIZES = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
SIZE = 384
GOAL = 2.0
Page = tuple[Raw, Document, tuple[Statement, ...]]


class HashedWords:
    """Vectors of hashed words: what shares words is near. Stands in for the encoder, which is a cost per page."""

    def embed(self, texts: Iterable[str]) -> Vector:
        """(texts, SIZE), unit length."""
        rows = [np.sum([_make_row(word) for word in text.lower().split()], axis=0) for text in texts]
        return np.stack([row / max(1e-6, float(np.linalg.norm(row))) for row in rows]).astype(np.float32)


@lru_cache(2 * (NAMES + WORDS))  # each page has a number that is in no other: all of them kept would be a leak
def _make_row(word: str) -> Vector:
    return np.random.default_rng(zlib.crc32(word.encode())).standard_normal(SIZE).astype(np.float32)


class World:
    """Names, words and the events under way."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._names = [
            make_word(self._random, 2).title() + " " + make_word(self._random, 3).title() for _ in range(NAMES)
        ]
        self._words = [make_word(self._random, 2 + at % 3) for at in range(WORDS)]
        self._outlets = [make_word(self._random, 2).title() + " Post" for _ in range(OUTLETS)]
        self._running: list[tuple[int, tuple[str, ...]]] = []

    def iter_pages(self) -> Iterator[Page]:
        """Pages in order of their days, without end."""
        number = 0
        while True:
            day = date(2020, 1, 1) + timedelta(days=number // A_DAY)
            yield self._make_page(number, day)
            number += 1

    def _make_page(self, number: int, day: date) -> Page:
        chance = self._random
        who, whom, did, what, where = self._find_event(day.toordinal())
        speaker, critic = self._pick_name(), self._pick_name()
        content = f"{who} {did} {whom} {what}"
        lines = [
            f"{who} {did} {whom}, says {speaker}",
            "",
            f"{speaker} said on {day:%A} that {content}.",
            f"The {self._say(4)} in {where} {self._say(6)}, and {self._say(8)}.",
            f"{critic} denied that {content}.",
            f"{self._pick_name()} said that {self._say(3)} {where} {self._say(5)}.",
            f"{self._say(12).capitalize()} {number}.",
        ]
        text = "\n".join(lines)
        raw = Raw(f"{number}.txt", text.encode(), outlet=pick(chance, self._outlets))
        raw_hash = hash_bytes(raw.content)
        document = Document(
            make_document_id(raw.address, raw_hash),
            raw.address,
            raw_hash,
            text,
            title=lines[0],
            published=Moment(day.isoformat(), "given"),
            outlet=raw.outlet,
            language="en",
        )
        other = lines[5].partition(" said that ")
        said = (
            _make_statement(document, content, speaker, text.index(content), Act.ASSERT, Polarity.POSITIVE),
            _make_statement(document, content, critic, text.rindex(content), Act.DENY, Polarity.NEGATIVE),
            _make_statement(document, other[2][:-1], other[0], text.index(other[2]), Act.ASSERT, Polarity.POSITIVE),
        )
        return raw, document, said

    def _find_event(self, day: int) -> tuple[str, ...]:
        self._running = [(begun, event) for begun, event in self._running if day - begun < EVENT_DAYS]
        if self._running and self._random.random() < MORE_REPORTS:
            return self._random.choice(self._running)[1]
        who, whom, where = (self._pick_name() for _ in range(3))
        what = f"{self._random.randint(2, 900)} {self._say(4)}"
        event = (who, whom, self._say(1) + "ed", what, where.split()[0])
        self._running.append((day, event))
        return event

    def _pick_name(self) -> str:
        return pick(self._random, self._names, flat=FLAT_NAMES)

    def _say(self, count: int) -> str:
        return say(self._random, self._words, count, flat=FLAT_WORDS)


def main() -> None:
    """Fill a ledger, note what each document cost at each size, print and record."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=SIZES[-1])
    parser.add_argument("--ledger", type=Path, help="a file to keep, which must not exist yet")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.ledger or Path(folder) / "growth.sqlite"
        rows = list[dict[str, float]]()
        for row in measure(path, [size for size in SIZES if size <= options.documents]):
            rows.append(row)
            print(row, flush=True)
            # a run that is stopped leaves what it came to
            record("growth", _compare(rows), command=f"python -m bench.growth --documents {options.documents}")
    print_table(rows)
    print(f"{_compare(rows)['times as slow']} times as slow as at {SIZES[0]:,}; goal {GOAL}")


def _compare(rows: Sequence[dict[str, float]]) -> dict[str, Any]:
    """All sizes, and the last against the first; by the processor, as what else runs is no part of what grows."""
    first, last = rows[0], rows[-1]
    return {
        "sizes": list(rows),
        "times as slow": round(last["ms of processor"] / first["ms of processor"], 2),
        "times the memory": round(last["memory MB"] / first["memory MB"], 2),
        "goal": GOAL,
    }


def measure(path: Path, sizes: list[int]) -> Iterator[dict[str, float]]:
    """Milliseconds a document up to each size, by the clock and of the processor, memory and the size of the file."""
    ledger, embedder = open_ledger(path), HashedWords()
    pages = World(seed=1).iter_pages()
    added, seconds, busy, since = 0, 0.0, 0.0, 0
    for size in sizes:
        while added < size:
            batch = list(islice(pages, BATCH))
            begun, worked = time.perf_counter(), time.process_time()
            _add(ledger, batch, embedder)
            if added >= size - WINDOW:
                seconds, busy = seconds + time.perf_counter() - begun, busy + time.process_time() - worked
                since += len(batch)
            added += len(batch)
        yield {
            "documents": added,
            "ms a document": round(1000 * seconds / since, 2),
            "ms of processor": round(1000 * busy / since, 2),
            "memory MB": round(_find_memory() / 2**20, 1),
            "ledger MB": round(path.stat().st_size / 2**20, 1),
        }
        seconds, busy, since = 0.0, 0.0, 0
    ledger.close()


def _add(ledger: Ledger, batch: list[Page], embedder: HashedWords) -> None:
    for page in batch:
        ledger.write_page(*page)
    ids = [document.id for _, document, _ in batch]
    with resolving(ledger, ids) as store:
        add_documents(store, ids, embedder)


def _make_statement(document: Document, content: str, root: str, begin: int, act: Act, polarity: Polarity) -> Statement:
    span = Span(begin, begin + len(content))
    return Statement(
        make_statement_id(document.id, [content], begin),
        document.id,
        (span,),
        (),
        (Source(None, root, True),),
        polarity=polarity,
        act=act,
        made_by="synthetic",
    )


def _find_memory() -> float:
    """Bytes that the process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096.0


if __name__ == "__main__":
    main()
