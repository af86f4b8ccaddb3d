"""Teach a sentence encoder of three layers what is one matter: `python -m training.relation`.

Each step takes all pairs of texts of a few groups, and keeps the vectors of sentences of news near those of
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
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import torch
from sklearn.metrics import roc_auc_score
from tokenizers import Tokenizer
from torch import nn

from training.attribution.encoder import Encoder, find_minilm, load_encoder
from training.relation.groups import DIFFERENT, SAME, Group, find_folds, read_groups
from training.relation.network import Matter, find_distance, find_vectors, take_layers

ROOT = Path(__file__).parents[2]
ARTICLES = ("polnear-train.jsonl.gz", "fnc1-dev.jsonl.gz")
PASSAGES = "gap-dev.tsv"
SENTENCE = re.compile(r"(?<=[.!?][\"”’]) |(?<=[.!?]) (?=[A-Z\"“])")
SHORTEST, LONGEST, LEAD = 20, 400, 800  # characters of a sentence, and of the beginning of a text
GROUPS_AT_ONCE, SENTENCES_AT_ONCE, MOST_PIECES = 6, 32, 160
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
    steps = int(len(groups) // GROUPS_AT_ONCE * epochs)
    order: list[int] = []
    for step in range(steps):
        share = min(1.0, (step + 1) / (WARM_UP * steps)) * max(LAST_SHARE, (steps - step) / steps)
        for part in optimiser.param_groups:
            part["lr"] = part["peak"] * share
        if len(order) < GROUPS_AT_ONCE:
            order = random.sample(range(len(groups)), len(groups))
        chosen, order = [groups[at] for at in order[:GROUPS_AT_ONCE]], order[GROUPS_AT_ONCE:]
        texts = [text for group in chosen for text in group.texts]
        matters = torch.tensor([number for number, group in enumerate(chosen) for _ in group.texts])
        sides = torch.tensor([side for group in chosen for side in group.sides])
        pieces = [reads(text) for text in chunks[step % len(chunks)]]
        with torch.no_grad():
            wanted = find_vectors(teacher, pieces)
        loss = matter(find_vectors(student, [reads(text) for text in texts]), matters, sides)
        total = loss + find_distance(find_vectors(student, pieces), wanted)
        optimiser.zero_grad(set_to_none=True)
        total.backward()
        nn.utils.clip_grad_norm_(body, 1.0)
        optimiser.step()
        if step % 40 == 0 or step == steps - 1:
            print(f"step {step} of {steps}: {loss.item():.3f} and {total.item() - loss.item():.3f}", flush=True)


@torch.no_grad()
def judge(encoder: Encoder, held: Sequence[Group], reads: Reads) -> dict[str, float]:
    """AUC of the cosine over pairs of held-out groups: of one matter or not, and the same or another matter."""
    encoder.eval()
    truth: list[int] = []
    cosines: list[float] = []
    for group in held:
        vectors = find_vectors(encoder, [reads(text) for text in group.texts])
        table = vectors @ vectors.T
        for at, side in enumerate(group.sides):
            for before in range(min(at, len(group.same))):
                truth.append(side)
                cosines.append(table[before, at].item())
    plain = [(side, cosine) for side, cosine in zip(truth, cosines, strict=True) if side in (SAME, DIFFERENT)]
    return {
        "AUC one matter": round(float(roc_auc_score([side != DIFFERENT for side in truth], cosines)), 3),
        "AUC same or different": round(float(roc_auc_score([s == SAME for s, _ in plain], [c for _, c in plain])), 3),
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
