"""Trains the models that find leftover lines in text dumps.

python -m training.leftovers.dumps PAGES ARTICLES: PAGES as for training.leftovers.pages, dumped as text by writing each
block of the page on a line; ARTICLES a JSONL(.gz) of {"title", "text"}, dressed up with leftovers written for it.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from onrecord.read.leftovers import BUCKETS, Words, hash_words, measure_lines
from onrecord.read.trees import Trees
from training.leftovers.examples import REASONS, Line, dress_article
from training.leftovers.fit import MODELS, fit_trees, save_trees
from training.leftovers.pages import Example, read_examples

ARTICLE, OUTSIDE = "", "outside the article"
CLASSES = (ARTICLE, *REASONS, OUTSIDE)
ITERATIONS = 200
DRESSED = 600
WORDS_LIKE_A_LINE = 8  # so many words of the article lost weigh as one leftover line left in
_LABELLED = 0.5  # the share of a line's words in the true body from which it counts as the article


@dataclass(frozen=True, slots=True)
class Dump:
    """The lines of one dump; the title's line is in `unsure`, which neither trains nor counts."""

    lines: tuple[Line, ...]
    unsure: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class DumpModel:
    """Both steps of onrecord.read.leftovers."""

    words: Words
    trees: Trees

    def predict(self, lines: Sequence[str]) -> NDArray[np.float32]:
        """The probability that each line is a leftover."""
        return self.trees.predict(measure_lines(lines, self.words.predict(lines)))


def dump_page(example: Example, dice: random.Random | None = None) -> Dump:
    """A page as a naive converter writes it: every block a line. With `dice`, cut to the article and what is near."""
    body = [i for i, share in enumerate(example.shares) if share >= _LABELLED]
    begin, end = 0, len(example.blocks)
    if dice is not None and body:
        begin, end = max(0, body[0] - dice.randint(0, 8)), min(end, body[-1] + 1 + dice.randint(0, 8))
    titles = [i for i, block in enumerate(example.blocks) if block.level == 1]
    lines = tuple(
        (block.text, None if share >= _LABELLED else OUTSIDE)
        for block, share in zip(example.blocks[begin:end], example.shares[begin:end], strict=True)
    )
    return Dump(lines, frozenset(i - begin for i in titles if begin <= i < end))


def dress_articles(path: Path, *, seed: int = 0) -> list[Dump]:
    """The articles of a JSONL(.gz) with leftovers put in; every second has the same half of the templates."""
    dice = random.Random(seed)
    data = path.read_bytes()
    rows = [json.loads(line) for line in (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines()]
    headlines = [row["title"] for row in rows if row.get("title")]
    sentences = [
        line for row in rows for line in row["text"].splitlines() if line.endswith(".") and 30 < len(line) < 120
    ]
    dumps = []
    for number, row in enumerate(dice.sample(rows, min(DRESSED, len(rows)))):
        paragraphs = [line.strip() for line in row["text"].splitlines() if line.strip()]
        title = row.get("title") or dice.choice(headlines)
        dressed = dress_article(paragraphs, title, headlines, sentences, dice, parity=number % 2)
        dumps.append(Dump(tuple(dressed)))
    return dumps


def fit_dumps(examples: Sequence[Example], dressed: Sequence[Dump], *, seed: int = 0) -> DumpModel:
    """The trees see word scores from models that were fitted to the other half of the dumps, as they will in use."""
    dice = random.Random(seed)
    dumps = [
        *(dump_page(example) for example in examples),
        *(dump_page(example, dice) for example in examples for _ in range(2)),
    ]
    halves = [[*dumps[parity::2], *dressed[parity::2]] for parity in (0, 1)]
    rows: list[NDArray[np.float32]] = []
    wanted: list[bool] = []
    weights: list[float] = []
    for parity in (0, 1):
        words = fit_words(halves[1 - parity])
        for dump in halves[parity]:
            lines = [text for text, _ in dump.lines]
            rows.append(measure_lines(lines, words.predict(lines)))
            wanted.extend(reason is not None for _, reason in dump.lines)
            # a dump of 300 menu lines must not outweigh ten articles; a paragraph lost costs as much as it has words
            weight = 1.0 / max(20, len(lines)) ** 0.5
            for i, (text, reason) in enumerate(dump.lines):
                cost = 1.0 if reason else 1.0 + len(text.split()) / WORDS_LIKE_A_LINE
                weights.append(0.0 if i in dump.unsure else weight * cost)
    trees = fit_trees(
        np.concatenate(rows), np.array(wanted), np.array(weights) / np.mean(weights), iterations=ITERATIONS, seed=seed
    )
    return DumpModel(fit_words([*halves[0], *halves[1]]), trees)


def fit_words(dumps: Sequence[Dump]) -> Words:
    """A multinomial logistic regression over hashed words; each different line counts once a class."""
    lines = {line for dump in dumps for i, line in enumerate(dump.lines) if i not in dump.unsure}
    ordered = sorted(lines, key=lambda line: (line[0], line[1] or ""))
    columns, starts, values = [], [0], []
    for text, _ in ordered:
        buckets = hash_words(text)
        columns.extend(buckets)
        values.extend([1.0 / max(1, len(buckets)) ** 0.5] * len(buckets))
        starts.append(len(columns))
    matrix = csr_matrix((values, columns, starts), shape=(len(ordered), BUCKETS))
    matrix.sum_duplicates()
    model = LogisticRegression(C=3.0, max_iter=200)
    model.fit(matrix, [CLASSES.index(reason or ARTICLE) for _, reason in ordered])
    weights = np.zeros((BUCKETS, len(CLASSES)), dtype=np.float32)
    bias = np.full(len(CLASSES), -9.0, dtype=np.float32)
    weights[:, model.classes_] = model.coef_.T
    bias[model.classes_] = model.intercept_
    return Words(weights, bias, CLASSES)


def save_words(words: Words) -> Path:
    """Weights as bytes with one scale: a hundredth of the largest weight is finer than their error."""
    path = MODELS / "words.npz"
    scale = np.float32(np.abs(words.weights).max() / 127)
    np.savez_compressed(
        path,
        weights=np.round(words.weights / scale).astype(np.int8),
        scale=scale,
        bias=words.bias,
        reasons=np.array(CLASSES),
    )
    return path


def main(arguments: Sequence[str]) -> None:
    """Fit to everything and write both models."""
    if len(arguments) != 2:
        sys.exit(__doc__)
    model = fit_dumps(read_examples(Path(arguments[0])), dress_articles(Path(arguments[1])))
    print(f"{save_words(model.words)}, {save_trees(model.trees, 'dump')}: {len(model.trees.roots)} trees")


if __name__ == "__main__":
    main(sys.argv[1:])
