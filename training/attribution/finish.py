"""From a trained network to the model folder: export, tune on polnear-dev, settings, card."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.statements import load_scorer
from onrecord.extract.linker import Decision
from onrecord.extract.tagger import MODEL, Tagger
from onrecord.inference import load_model, write_manifest
from training.attribution.export import FILES, export
from training.attribution.network import Network
from training.attribution.tune import START, find_reliability, find_score, predict, read_articles, tune

CARD = Path(__file__).with_name("card.md")
SHOWN = (
    "span.source", "span.cue", "span.content", "token.source", "token.cue", "token.content",
    "content_exact", "content_half", "attribution",
)  # fmt: skip


def finish(network: Network, folder: Path, *, data: Path, tokenizer: Path, recipe: Mapping[str, Any]) -> None:
    """Write everything that ships into `folder`."""
    export(network, folder, tokenizer)
    version = _make_version(folder)
    write_manifest(folder, FILES, version=version, settings=asdict(START))
    scorer = load_scorer("score_attributions")
    rows = scorer.read(str(data / "polnear-dev.jsonl.gz"))
    reads = read_articles(Tagger(load_model(MODEL, threads=1, models=folder.parent)), rows)
    decision = tune(reads, scorer)
    write_manifest(folder, FILES, version=version, settings=asdict(decision))
    figures = find_score(reads, predict(reads, decision), scorer)
    reliability = find_reliability(reads, scorer, decision)
    card = _fill_card(figures, reliability, decision, {**recipe, "version": version})
    (folder / "CARD.md").write_text(card, encoding="utf-8")
    print(", ".join(f"{name} {figures[name]['f1']}" for name in SHOWN))


def _make_version(folder: Path) -> str:
    """The first digits of the hash of all weights: other weights, another version."""
    digest = hashlib.sha256(b"".join((folder / file).read_bytes() for file in sorted(FILES)))
    return digest.hexdigest()[:8]


def _fill_card(
    figures: Mapping[str, Any],
    reliability: list[dict[str, float]],
    decision: Decision,
    recipe: Mapping[str, Any],
) -> str:
    rows = "\n".join(
        f"| {name} | {figures[name]['p']:.1f} | {figures[name]['r']:.1f} | {figures[name]['f1']:.1f} |"
        for name in SHOWN
    )
    bins = "\n".join(
        f"| {row['from']:.1f} to {row['from'] + 0.1:.1f} | {row['count']:.0f} | {row['confidence']:.2f} "
        f"| {row['right']:.2f} |"
        for row in reliability
    )
    values = {**recipe, "scores": rows, "reliability": bins, "least": decision.least_confidence}
    return CARD.read_text(encoding="utf-8").format(**values)
