"""How well pages are read: article bodies of HTML pages, and leftovers among the lines of text dumps.

Both models are fitted anew to the other pages for each fifth of the pages, so no page is read by a model that saw it.
Bodies are scored as in scrapinghub/article-extraction-benchmark: multisets of runs of four words, averaged over pages.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import trafilatura

from bench.record import print_table, record
from onrecord.read.body import judge_blocks
from onrecord.read.leftovers import MIN_PROBABILITY
from training.leftovers.dumps import Dump, dress_articles, dump_page, fit_dumps
from training.leftovers.pages import Example, fit_pages, iter_cross_validated, read_examples

DATA = Path(__file__).parents[2] / "shared" / "data"
PAGES = DATA / "pages"
ARTICLES = DATA / "polnear-train.jsonl.gz"
COMMAND = "make bench-reading"
DUMP_FOLDS = 3
_RUN = 4


def score_bodies(gold: Mapping[str, str], found: Mapping[str, str]) -> dict[str, float]:
    """Precision and recall averaged over pages, F1 of the two averages, and the share of pages with all runs right."""
    precisions, recalls, exact = [], [], 0
    for page, body in gold.items():
        want, got = _count_runs(body), _count_runs(found.get(page, ""))
        shared = (want & got).total()
        if got:
            precisions.append(shared / got.total())
        if want:
            recalls.append(shared / want.total())
        exact += want == got
    precision, recall = _mean(precisions), _mean(recalls)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    figures = {"precision": precision, "recall": recall, "f1": f1, "exact": exact / max(1, len(gold))}
    return {name: round(figure, 4) for name, figure in figures.items()}


def measure_bodies(examples: list[Example]) -> dict[str, dict[str, float]]:
    """The figures of trafilatura alone, in two of its modes, and of this project's reader."""
    gold = {example.page: example.gold for example in examples}
    found: dict[str, dict[str, str]] = {"trafilatura": {}, "trafilatura, precise": {}, "onrecord": {}}
    for example in examples:
        for name, precise in (("trafilatura", False), ("trafilatura, precise", True)):
            text = trafilatura.extract(example.source, include_comments=False, favor_precision=precise)
            found[name][example.page] = text or ""
    for example, trees in iter_cross_validated(examples, fit_pages):
        kept = judge_blocks(example.blocks, example.rows, trees)
        found["onrecord"][example.page] = "\n".join(example.blocks[i].text for i in kept)
    return {name: score_bodies(gold, bodies) for name, bodies in found.items()}


def measure_leftovers(examples: list[Example], dressed: Sequence[Dump]) -> dict[str, dict[str, float]]:
    """Precision and recall of leftover lines, and the share of the article's words that is kept, on unseen pages.

    Whole: every block of the page a line. Near: the article with up to eight lines before and after it.
    """
    dice = random.Random(1)
    counts = {"whole": Counter[str](), "near": Counter[str]()}
    for example, model in iter_cross_validated(examples, lambda others: fit_dumps(others, dressed), folds=DUMP_FOLDS):
        for name, dump in (("whole", dump_page(example)), ("near", dump_page(example, dice))):
            likely = model.predict([text for text, _ in dump.lines])
            for i, (text, reason) in enumerate(dump.lines):
                if i in dump.unsure:
                    continue
                is_found = likely[i] >= MIN_PROBABILITY
                counts[name][f"{'leftover' if reason else 'article'} {'out' if is_found else 'kept'}"] += 1
                if reason is None:
                    counts[name]["words"] += len(text.split())
                    counts[name]["words kept"] += len(text.split()) * (not is_found)
    return {name: _rate_leftovers(count) for name, count in counts.items()}


def main() -> None:
    """Print the tables and write bench/results/reading.json."""
    if not PAGES.is_dir() or not ARTICLES.is_file():
        sys.exit(f"{PAGES} or {ARTICLES} is absent: reading is measured on pages with a known body")
    examples = read_examples(PAGES)
    bodies = measure_bodies(examples)
    print_table([{"body": name, **figures} for name, figures in bodies.items()])
    leftovers = measure_leftovers(examples, dress_articles(ARTICLES))
    print()
    print_table([{"dump": name, **figures} for name, figures in leftovers.items()])
    record("reading", {"pages": len(examples), "body": bodies, "leftovers": leftovers}, command=COMMAND)


def _rate_leftovers(count: Counter[str]) -> dict[str, float]:
    out, missed, lost = count["leftover out"], count["leftover kept"], count["article out"]
    figures = {
        "precision": out / max(1, out + lost),
        "recall": out / max(1, out + missed),
        "words kept": count["words kept"] / max(1, count["words"]),
    }
    return {"lines": count.total() - count["words"] - count["words kept"]} | {
        name: round(figure, 4) for name, figure in figures.items()
    }


def _count_runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + _RUN]) for i in range(max(1, len(words) - _RUN + 1)) if words)


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return sum(numbers) / max(1, len(numbers))


if __name__ == "__main__":
    main()
