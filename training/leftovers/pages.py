"""Trains the model that picks the article's blocks of an HTML page.

python -m training.leftovers.pages PAGES, a folder with ground-truth.json ({page: {"articleBody"}}) and html/*.html.gz.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from onrecord.read.blocks import Block
from onrecord.read.body import count_votes, judge_blocks, measure_page
from onrecord.read.encoding import decode_text
from onrecord.read.trees import Trees
from training.leftovers.fit import fit_trees, save_trees

ITERATIONS = 150
FOLDS = 5
_MAX_WEIGHT = 30.0
Item = TypeVar("Item")
Model = TypeVar("Model")


@dataclass(frozen=True, slots=True)
class Example:
    """One page: its blocks, the features of each, and the share of each block's words that the true body has."""

    page: str
    source: str
    blocks: tuple[Block, ...]
    rows: NDArray[np.float32]
    shares: tuple[float, ...]
    gold: str


def read_examples(folder: Path) -> list[Example]:
    """All pages of the ground truth, in the order of their ids."""
    truth: Mapping[str, Mapping[str, str]] = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    return [_read_example(folder, page, truth[page]["articleBody"]) for page in sorted(truth)]


def fit_pages(examples: Sequence[Example]) -> Trees:
    """Blocks weigh as much as their words count in the measure, where every page counts the same."""
    rows = np.concatenate([example.rows for example in examples])
    wanted = np.concatenate([np.array(example.shares) >= 0.5 for example in examples])
    weights = np.concatenate([
        [(len(block.text.split()) + 1) / (100 + len(example.gold.split())) for block in example.blocks]
        for example in examples
    ])  # fmt: skip
    return fit_trees(rows, wanted, np.minimum(weights / weights.mean(), _MAX_WEIGHT), iterations=ITERATIONS)


def iter_cross_validated(
    examples: Sequence[Item], fit: Callable[[list[Item]], Model], folds: int = FOLDS
) -> Iterator[tuple[Item, Model]]:
    """Each example with a model that was fitted to the other folds."""
    order = np.random.RandomState(0).permutation(len(examples))
    for fold in range(folds):
        held_out = {int(i) for i in order[fold::folds]}
        model = fit([example for i, example in enumerate(examples) if i not in held_out])
        yield from ((example, model) for i, example in enumerate(examples) if i in held_out)


def _read_example(folder: Path, page: str, gold: str) -> Example:
    source, _ = decode_text(gzip.decompress((folder / "html" / f"{page}.html.gz").read_bytes()))
    blocks, rows = measure_page(source)
    return Example(page, source, tuple(blocks), rows, tuple(count_votes(blocks, gold)), gold)


def main(arguments: Sequence[str]) -> None:
    """Fit to all pages and write the model."""
    if len(arguments) != 1:
        sys.exit(__doc__)
    examples = read_examples(Path(arguments[0]))
    trees = fit_pages(examples)
    kept = sum(len(judge_blocks(example.blocks, example.rows, trees)) for example in examples)
    print(f"{save_trees(trees, 'page')}: {len(trees.roots)} trees, {kept} blocks kept on {len(examples)} pages")


if __name__ == "__main__":
    main(sys.argv[1:])
