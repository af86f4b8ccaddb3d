"""Statements against the annotated passages of statements-dev: with gold spans, and with the span finder's own.

The articles of the passages belong to polnear-train: figures with own spans flatter a span model trained on them.
`cost` is what all that follows the span finder's reading costs on top of it, in processor time of one run on one
thread: reading contents again, and the rules.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.gold import GoldAnnotator
from bench.record import print_table, record
from onrecord.extract import Extractor, make_annotator
from onrecord.extract.base import Annotation, Annotator, Attribution
from onrecord.records import Document, Moment, Statement
from onrecord.settings import Settings

COST_ARTICLES = 12
SHARED = Path(__file__).resolve().parents[2] / "shared"
GOAL = {
    "found": 85,
    "root": 93,
    "chain": 90,
    "nested": 65,
    "polarity": 96,
    "certainty": 90,
    "act": 90,
    "date": 93,
    "all": 68,
}
SECOND_ANNOTATOR = {
    "found": 92.9, "root": 100, "chain": 100, "nested": 88.2, "polarity": 100, "certainty": 100, "act": 98.5,
    "date": 93.8, "all": 85.7,
}  # fmt: skip


def main() -> None:
    """Measure, print and record."""
    if not SHARED.is_dir():
        sys.exit(f"bench-statements needs the gold files in {SHARED}")
    scorer = load_scorer("score_statements")
    gold = scorer.read(str(SHARED / "data" / "statements-dev.jsonl"))
    wanted = {row["id"] for row in gold}
    articles = [r for r in scorer.read(str(SHARED / "data" / "polnear-train.jsonl.gz")) if r["id"] in wanted]
    base = make_annotator(Settings.from_environment())
    figures: dict[str, Any] = {}
    for name, annotator in (("gold spans", GoldAnnotator(base, articles)), ("own spans", base)):
        figures[name] = scorer.score(gold, predict(Extractor(annotator), articles), articles)
    rows = [{"spans": name, **{k: f[k] for k in GOAL}} for name, f in figures.items()]
    print_table([*rows, {"spans": "goal", **GOAL}, {"spans": "second annotator", **SECOND_ANNOTATOR}])
    figures["cost"] = measure_cost(articles)
    print(figures["cost"])
    record("statements", {**figures, "span finder": base.version}, command="make bench-statements")


class TimedAnnotator:
    """Another annotator and the processor time that it has taken: whole texts apart from what is read again."""

    def __init__(self, base: Annotator) -> None:
        self._base = base
        self.seconds = {"first": 0.0, "again": 0.0}
        self.characters = {"first": 0, "again": 0}

    @property
    def version(self) -> str:
        """The base's version."""
        return self._base.version

    def annotate(self, texts: Sequence[str]) -> list[Annotation]:
        """One Annotation for each text, in order."""
        with self._timing("first", texts):
            return self._base.annotate(texts)

    def attribute(self, texts: Sequence[str]) -> list[tuple[Attribution, ...]]:
        """The attributions of each text, in order."""
        with self._timing("again", texts):
            return self._base.attribute(texts)

    @contextmanager
    def _timing(self, reading: str, texts: Sequence[str]) -> Iterator[None]:
        begin = time.process_time()
        yield
        self.seconds[reading] += time.process_time() - begin
        self.characters[reading] += sum(map(len, texts))


def measure_cost(articles: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Processor time on top of the first reading, as shares of it: of reading again, of the rules, and of both."""
    some = articles[:COST_ARTICLES]
    timed = TimedAnnotator(make_annotator(replace(Settings.from_environment(), threads=1)))
    begin = time.process_time()
    predict(Extractor(timed), some)
    whole = time.process_time() - begin
    first, again = timed.seconds["first"], timed.seconds["again"]
    return {
        "articles": len(some),
        "first reading, seconds": round(first, 2),
        "characters read again": round(timed.characters["again"] / timed.characters["first"], 3),
        "reading again": round(again / first, 3),
        "rules": round((whole - first - again) / first, 3),
        "together": round(whole / first - 1, 3),
    }


def load_scorer(name: str) -> Any:
    """A scorer of the shared bench folder as a module."""
    spec = importlib.util.spec_from_file_location(name, SHARED / "bench" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predict(extractor: Extractor, articles: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The articles' statements in the form that the scorer reads."""
    rows = list(articles)
    documents = [
        Document(
            row["id"],
            row["id"],
            "",
            row["text"],
            title=row.get("title"),
            published=Moment(row["published"]),
            outlet=row.get("publisher"),
        )
        for row in rows
    ]
    found = extractor.extract(documents)
    return [
        {"id": row["id"], "statements": [to_row(s) for s in statements]}
        for row, statements in zip(rows, found, strict=True)
    ]


def to_row(statement: Statement) -> dict[str, Any]:
    """One statement in the scorer's form."""
    return {
        "content": [[s.begin, s.end] for s in statement.content],
        "cue": [[s.begin, s.end] for s in statement.cue],
        "chain": [
            {"span": [c.span.begin, c.span.end] if c.span else None, "name": c.name, "named": c.named}
            for c in statement.chain
        ],
        "polarity": statement.polarity.value,
        "certainty": statement.certainty.value,
        "act": statement.act.value,
        "said": {"span": None if statement.said.span is None else [statement.said.span.begin, statement.said.span.end],
                 "date": statement.said.date} if statement.said else None,
    }  # fmt: skip


if __name__ == "__main__":
    main()
