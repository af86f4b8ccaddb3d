"""Teach a sentence encoder of three layers what is one matter: `python -m training.relation`.

Each step takes all pairs of texts of a few groups and stories, and keeps the vectors of sentences of news near those of
all-MiniLM-L6-v2, so that the encoder stays one for all texts. A fifth of the groups is never trained on and judges it,
before and after. `python -m training.embedding` makes of the result what ships. Half an hour on a core.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

import torch
from sklearn.metrics import average_precision_score, roc_auc_score
from tokenizers import Tokenizer
from torch import nn

from training.attribution.encoder import Encoder, find_minilm, load_encoder
from training.relation.groups import Group, find_folds, read_groups
from training.relation.network import Matter, find_distance, find_vectors, take_layers

ROOT = Path(__file__).parents[2]
ARTICLES = ("polnear-train.jsonl.gz", "fnc1-dev.jsonl.gz")
PASSAGES = "gap-dev.tsv"
SENTENCE = re.compile(r"(?<=[.!?][\"”’]) |(?<=[.!?]) (?=[A-Z\"“])")
SHORTEST, LONGEST, LEAD = 20, 400, 800  # characters of a sentence, and of the beginning of a text
TEXTS_AT_ONCE, SENTENCES_AT_ONCE, MOST_PIECES = 64, 8, 160
RATE, MATTER_RATE, WARM_UP, LAST_SHARE = 1.5e-4, 1e-2, 0.06, 0.02
Reads = Callable[[str], list[int]]


def main() -> None:
    """Train, judge, save."""
    options = _read_options()
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    source = find_minilm()
    reads = _make_reader(source / "tokenizer.json")
    seen, held = find_folds(read_groups(), options.held)
    sentences = _read_sentences(options.data)
    print(f"{len(seen)} groups, {len(held)} held out, {len(sentences)} sentences", flush=True)
    teacher, student = load_encoder(source).eval(), take_layers(load_encoder(source))
    for feature in teacher.features:
        nn.init.zeros_(feature.weight)
    if held:
        print(json.dumps({"all-MiniLM-L6-v2": judge(teacher, held, reads)}), flush=True)
    train(student, teacher, seen, sentences, reads, options.epochs)
    if held:
        print(json.dumps({"trained": judge(student, held, reads)}), flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save({"state": student.state_dict()}, options.out / "relation.pt")


def train(
    student: Encoder, teacher: Encoder, groups: Sequence[Group], sentences: Sequence[str], reads: Reads, epochs: float
) -> None:
    """Some epochs over the groups, each step with sentences of about one length."""
    ordered = sorted(sentences, key=len)
    size = SENTENCES_AT_ONCE
    chunks = [ordered[at : at + size] for at in range(0, len(ordered) - size + 1, size)]
    random.shuffle(chunks)
    matter, body = Matter(), [p for p in student.parameters() if p.requires_grad]
    parts = [{"params": body, "peak": RATE}, {"params": list(matter.parameters()), "peak": MATTER_RATE}]
    optimiser = torch.optim.AdamW(parts, lr=RATE, weight_decay=0.01, betas=(0.9, 0.98))
    steps = int(sum(len(group.texts) for group in groups) / TEXTS_AT_ONCE * epochs)
    waiting: list[Group] = []
    for step in range(steps):
        share = min(1.0, (step + 1) / (WARM_UP * steps)) * max(LAST_SHARE, (steps - step) / steps)
        for part in optimiser.param_groups:
            part["lr"] = part["peak"] * share
        chosen: list[Group] = []
        while sum(len(group.texts) for group in chosen) < TEXTS_AT_ONCE:
            waiting = waiting or random.sample(groups, len(groups))
            chosen.append(waiting.pop())
        texts = [text.text for group in chosen for text in group.texts]
        pieces = [reads(text) for text in chunks[step % len(chunks)]]
        with torch.no_grad():
            wanted = find_vectors(teacher, pieces)
        loss = matter(find_vectors(student, [reads(text) for text in texts]), chosen)
        total = loss + find_distance(find_vectors(student, pieces), wanted)
        optimiser.zero_grad(set_to_none=True)
        total.backward()
        nn.utils.clip_grad_norm_(body, 1.0)
        optimiser.step()
        if step % 40 == 0 or step == steps - 1:
            print(f"step {step} of {steps}: {loss.item():.3f} and {total.item() - loss.item():.3f}", flush=True)


@torch.no_grad()
def judge(encoder: Encoder, held: Sequence[Group], reads: Reads) -> dict[str, float]:
    """How well the cosine tells pairs of held-out texts on one matter from those on two."""
    encoder.eval()
    truth: dict[str, list[bool]] = defaultdict(list)
    cosines: dict[str, list[float]] = defaultdict(list)
    for group in held:
        vectors = find_vectors(encoder, [reads(text.text) for text in group.texts])
        table = vectors @ vectors.T
        for (at, left), (beside, right) in combinations(enumerate(group.texts), 2):
            if (one := group.is_one(left, right)) is not None:
                kind = "stories" if group.parted else "groups"
                truth[kind].append(one)
                cosines[kind].append(table[at, beside].item())
    return {
        f"{figure}, {kind}": round(float(score(truth[kind], cosines[kind])), 3)
        for kind in truth
        for figure, score in (("AUC", roc_auc_score), ("average precision", average_precision_score))
    }


def _read_sentences(folder: Path) -> list[str]:
    texts = [text for name in ARTICLES for text in _iter_texts(folder / name)]
    with (folder / PASSAGES).open(encoding="utf-8") as file:
        texts += [row["Text"] for row in csv.DictReader(file, delimiter="\t")]
    texts = list(dict.fromkeys(texts))
    sentences = [
        sentence
        for text in texts
        for sentence in (*(s for line in text.split("\n") for s in SENTENCE.split(line)), text[:LEAD])
        if SHORTEST < len(sentence) < LONGEST or sentence == text[:LEAD]
    ]
    return list(dict.fromkeys(sentences))


def _iter_texts(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield from (row[key] for key in ("text", "body", "article") if isinstance(row.get(key), str))


def _make_reader(path: Path) -> Reads:
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MOST_PIECES)
    return lambda text: list(tokenizer.encode(text).ids)


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of the corpora")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "relation")
    parser.add_argument("--epochs", type=float, default=5.0)
    parser.add_argument("--held", type=_read_fold, default=0, help="number of the fold held out, or none")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _read_fold(word: str) -> int | None:
    return None if word == "none" else int(word)


if __name__ == "__main__":
    main()
