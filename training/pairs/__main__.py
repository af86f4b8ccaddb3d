"""Train the reader of pairs: `python -m training.pairs --encoder FOLDER`, the folder of all-mpnet-base-v2.

teacher: that encoder, on the groups and stories of training.relation, MultiNLI, the stories of tests/stories/written,
and the judged pairs of real articles. student: all-MiniLM-L6-v2, on the same and on what the teacher makes of many
more. export: what ships. Judged on a fifth of the groups, the stories of two authors, and judged pairs of articles that
are not trained on. Some three hours on a core that has units for bfloat16.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import average_precision_score, roc_auc_score
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn.attention import SDPBackend, sdpa_kernel

from onrecord.inference import write_manifest
from onrecord.inference.model import MODELS
from onrecord.inference.pairs import PairPieces
from training.attribution.encoder import find_minilm, load_encoder
from training.attribution.export import OPSET, encode, quantize
from training.pairs.examples import (
    EITHER,
    ONE,
    OPPOSITE,
    TWO,
    Example,
    find_near,
    read_group_pairs,
    read_judged,
    read_nli,
    read_written,
)
from training.pairs.network import PairNetwork, Pieces, find_chances, find_loss
from training.relation.groups import find_folds, read_groups
from training.relation.network import keep_layers

ROOT = Path(__file__).parents[2]
VERSION = "pairs 2"
FROZEN = 3  # layers of the teacher
AT_ONCE = 96
RATES = {"teacher": 5e-5, "student": 3e-4}
HEAD_RATE, WARM_UP, LAST_SHARE = 1e-3, 0.06, 0.02
# how often each class is drawn
GROUPS = {ONE: 0.33, OPPOSITE: 0.28, TWO: 0.34, EITHER: 0.05}
JUDGED = {ONE: 0.26, OPPOSITE: 0.2, TWO: 0.52, EITHER: 0.02}
IN_STORIES = {ONE: 0.3, OPPOSITE: 0.25, TWO: 0.45}
# of each kind the share of a step
TAUGHT_BY_PEOPLE = {"judged": 0.65, "written": 0.15, "groups": 0.1, "nli": 0.1}
TAUGHT_BY_TEACHER = {
    "near, asked": 0.35, "written, asked": 0.12, "groups, asked": 0.08,
    "judged": 0.33, "written": 0.06, "groups": 0.03, "nli": 0.03,
}  # fmt: skip
NEAR, OF_WRITTEN, OF_GROUPS = 9_500, 4_000, 3_000  # pairs that the teacher is asked about
SHOWN = 2_500  # pairs of the stories by which it is judged
TOLD = 20
Draws = Callable[[random.Random], Example]


def main() -> None:
    """Run the stages that are asked for."""
    options = _read_options()
    torch.manual_seed(options.seed)
    random.seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    source = find_minilm()
    pieces = Pieces(Tokenizer.from_file(str(source / "tokenizer.json")))
    seen, held = find_folds(read_groups(), 0)
    judged = read_judged(options.data)
    groups, nli, written = read_group_pairs(seen), read_nli(options.data), read_written(held=False)
    real = [one.example for one in judged if not one.held]
    new = [one for one in judged if one.held and one.example.truth != EITHER]
    shown = {
        "groups": [e for e in read_group_pairs([g for g in held if not g.parted]) if e.truth != EITHER],
        "stories": [e for e in read_group_pairs([g for g in held if g.parted]) if e.truth != EITHER],
        "written": random.Random(options.seed).sample(read_written(held=True), SHOWN),
        "two articles": [j.example for j in new if j.articles[0] != j.articles[1]],
        "one article": [j.example for j in new if j.articles[0] == j.articles[1]],
    }
    draws = {
        "groups": _draw_classes(groups, GROUPS),
        "nli": _draw(nli),
        "judged": _draw_classes(real, JUDGED),
        "written": _draw_classes(written, IN_STORIES),
    }
    teacher_path, student_path = options.out / "teacher.pt", options.out / "student.pt"
    if "teacher" in options.only:
        teacher = PairNetwork(load_encoder(options.encoder))
        for layer in list(teacher.encoder.layers)[:FROZEN]:
            layer.requires_grad_(False)
        train(teacher, _mix(draws, TAUGHT_BY_PEOPLE), pieces, options.teacher_steps, RATES["teacher"])
        torch.save(teacher.state_dict(), teacher_path)
        print(json.dumps({"teacher": judge(teacher, shown, pieces)}), flush=True)
    if "student" in options.only:
        teacher = PairNetwork(load_encoder(options.encoder))
        teacher.load_state_dict(torch.load(teacher_path))
        rng = random.Random(options.seed)
        near = [Example(*pair, TWO) for pair in find_near(options.data, NEAR, rng)]
        asked = {"near": near, "written": rng.sample(written, OF_WRITTEN), "groups": rng.sample(groups, OF_GROUPS)}
        for name, some in asked.items():
            draws[f"{name}, asked"] = _draw(_ask(teacher, some, pieces))
        student = PairNetwork(keep_layers(load_encoder(source)))
        train(student, _mix(draws, TAUGHT_BY_TEACHER), pieces, options.student_steps, RATES["student"])
        torch.save(student.state_dict(), student_path)
        print(json.dumps({"student": judge(student, shown, pieces)}), flush=True)
    if "export" in options.only:
        student = PairNetwork(keep_layers(load_encoder(source)))
        student.load_state_dict(torch.load(student_path))
        export(student, options.model, source / "tokenizer.json")


def train(network: PairNetwork, draw: Draws, pieces: Pieces, steps: int, rate: float) -> None:
    """So many steps of AT_ONCE pairs, in two halves of like length; the order of a pair is drawn."""
    body = [p for p in network.encoder.parameters() if p.requires_grad]
    parts = [{"params": body, "peak": rate}, {"params": list(network.head.parameters()), "peak": HEAD_RATE}]
    optimiser = torch.optim.AdamW(parts, lr=rate, weight_decay=0.01, betas=(0.9, 0.98))
    rng, began = random.Random(0), time.monotonic()
    for step in range(steps):
        share = min(1.0, (step + 1) / (WARM_UP * steps)) * max(LAST_SHARE, (steps - step) / steps)
        for part in optimiser.param_groups:
            part["lr"] = part["peak"] * share
        some = sorted((_turn(draw(rng), rng) for _ in range(AT_ONCE)), key=pieces.count)
        optimiser.zero_grad(set_to_none=True)
        total = 0.0
        for half in (some[: AT_ONCE // 2], some[AT_ONCE // 2 :]):
            # the fused attention is slow backwards in bfloat16 on a CPU
            with torch.autocast("cpu", torch.bfloat16), sdpa_kernel(SDPBackend.MATH):
                logits = network(*pieces.stack(half))
            loss = find_loss(logits.float(), half) / 2
            loss.backward()
            total += loss.item()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        if step % TOLD == 0:
            print(f"step {step} of {steps}: {total:.3f}, {time.monotonic() - began:.0f} s", flush=True)


def judge(network: PairNetwork, shown: Mapping[str, Sequence[Example]], pieces: Pieces) -> dict[str, dict[str, float]]:
    """For each kind: one matter against two, and of those on one the opposites against the same, in percent."""
    figures = {}
    for name, examples in shown.items():
        chances = sum(find_chances(network, [_swap(e, by) for e in examples], pieces) for by in (False, True)) / 2
        truth = np.array([e.truth for e in examples])
        one = truth != TWO
        share = chances[:, OPPOSITE] / (chances[:, ONE] + chances[:, OPPOSITE])
        figures[name] = {
            "pairs": len(examples),
            "AUC one matter": 100 * roc_auc_score(one, 1 - chances[:, TWO]),
            "average precision": 100 * average_precision_score(one, 1 - chances[:, TWO]),
            "AUC side": 100 * roc_auc_score(truth[one] == OPPOSITE, share[one]),
        }
    return {name: {key: round(float(value), 1) for key, value in row.items()} for name, row in figures.items()}


class _Reading(nn.Module):  # type: ignore[misc]
    """One pair's pieces (length,), which are of the second passage, and which of the contents, to logits (3,)."""

    def __init__(self, network: PairNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, second: Tensor, content: Tensor) -> Tensor:
        """See the class."""
        logits: Tensor = self.network.head(encode(self.network.encoder, ids, torch.zeros_like(ids), second, content)[0])
        return logits


def export(network: PairNetwork, folder: Path, tokenizer: Path) -> None:
    """Write what ships, but for the card."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        plain = Path(temporary) / "reader.onnx"
        sample = torch.ones(20, dtype=torch.long)
        torch.onnx.export(
            _Reading(network.eval()),
            (sample, sample * 0, sample * 0),
            str(plain),
            input_names=list(PairPieces._fields),
            output_names=["logits"],
            dynamic_axes={name: {0: "pieces"} for name in PairPieces._fields},
            opset_version=OPSET,
            dynamo=False,
        )
        quantize(plain, folder / "reader.onnx")
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    write_manifest(folder, ("reader.onnx", "tokenizer.json"), version=VERSION, settings={})


def _ask(teacher: PairNetwork, examples: Sequence[Example], pieces: Pieces) -> list[Example]:
    chances = find_chances(teacher, examples, pieces)
    return [Example(e.left, e.right, row) for e, row in zip(examples, chances, strict=True)]


def _draw(examples: Sequence[Example]) -> Draws:
    return lambda rng: rng.choice(examples)


def _draw_classes(examples: Sequence[Example], shares: Mapping[int, float]) -> Draws:
    by_class = {truth: [e for e in examples if e.truth == truth] for truth in shares}
    return lambda rng: rng.choice(by_class[rng.choices(list(shares), list(shares.values()))[0]])


def _mix(draws: Mapping[str, Draws], shares: Mapping[str, float]) -> Draws:
    return lambda rng: draws[rng.choices(list(shares), list(shares.values()))[0]](rng)


def _turn(example: Example, rng: random.Random) -> Example:
    return _swap(example, rng.random() < 0.5)


def _swap(example: Example, by: bool) -> Example:
    return Example(example.right, example.left, example.truth) if by else example


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True, help="the folder of all-mpnet-base-v2")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of the corpora")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "pairs", help="where weights in the making go")
    parser.add_argument("--model", type=Path, default=MODELS / "pairs", help="folder of what ships")
    parser.add_argument("--teacher-steps", type=int, default=230)
    parser.add_argument("--student-steps", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    stages = ("teacher", "student", "export")
    parser.add_argument("--only", nargs="+", choices=stages, default=stages)
    return parser.parse_args()


if __name__ == "__main__":
    main()
