"""Train what says whom "he" and "she" stand for: `python -m training.pronouns --encoder FOLDER`.

A pointer on the encoder is trained on two thirds of GAP's pages, so that the third can judge what ships; the ranker of
clues beside it is fitted to all of them, which cross-validation allows. What is there already is not made again: the
weights may come from another machine. Half an hour of a core that has AMX.
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

from onrecord.extract import make_annotator
from onrecord.extract.pointer import MOST_PIECES
from onrecord.extract.ranker import RANKER
from onrecord.inference import write_manifest
from onrecord.settings import Settings
from training.attribution.encoder import find_minilm, load_encoder
from training.pronouns.batches import PLAIN, Readings
from training.pronouns.export import FILES, export, find_version
from training.pronouns.folds import FOLDS, find_fold
from training.pronouns.gap import GAP, Passage, choose_names, read_passages, score_pairs
from training.pronouns.lessons import make_lesson
from training.pronouns.network import Pointer
from training.pronouns.ranker import fit, flatten
from training.pronouns.train import train, weigh

ROOT = Path(__file__).parents[2]
CARD = Path(__file__).with_name("card.md")
BATCH, JUDGED_AT_ONCE = 8, 32


def main() -> None:
    """Read, train, export, fit."""
    options = _read_options()
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    # an MPNet's rows are put in the order of this vocabulary
    vocabulary = find_minilm() / "tokenizer.json"
    tokenizer = Tokenizer.from_file(str(vocabulary))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    passages, titled = _load_passages(options.out / "passages.pickle", tokenizer)
    seen = [p for p in passages if find_fold(p.page) != options.held]
    weights = options.out / f"without{options.held}.safetensors"
    pointer = Pointer(load_encoder(options.encoder))
    if not weights.is_file():
        pointer = _train(pointer, seen, tokenizer, options)
        save_file({name: p.cpu().contiguous() for name, p in pointer.trained.items()}, weights)
        _judge(pointer, [p for p in passages if find_fold(p.page) == options.held], tokenizer, options)
    pointer.load_state_dict(load_file(weights), strict=False)
    export(pointer.cpu(), options.folder, vocabulary)
    np.savez_compressed(options.folder / RANKER.name, **flatten(fit([*passages, *titled])))
    _finish(options, len(seen))


def _load_passages(kept: Path, tokenizer: Tokenizer) -> tuple[list[Passage], list[Passage]]:
    """GAP's passages without and with the titles of their pages; reading them takes minutes, and so they are kept."""
    if not kept.is_file():
        read = read_passages(GAP, make_annotator(Settings.from_environment()), tokenizer)
        kept.write_bytes(pickle.dumps(read))
    passages, titled = pickle.loads(kept.read_bytes())
    return passages, titled


def _train(pointer: Pointer, passages: Sequence[Passage], tokenizer: Tokenizer, options: argparse.Namespace) -> Pointer:
    lessons = [lesson for lesson in map(make_lesson, passages) if lesson.meant.any()]
    readings = Readings(lessons, tokenizer, options.seed)
    torch.manual_seed(options.seed)
    plan = readings.plan(BATCH, range(options.epochs), random.Random(options.seed))
    return train(pointer, readings, plan, device=options.device, workers=options.workers, seconds=options.seconds)


def _judge(pointer: Pointer, passages: Sequence[Passage], tokenizer: Tokenizer, options: argparse.Namespace) -> None:
    """Print GAP's figures for the pointer alone."""
    readings = Readings([make_lesson(p) for p in passages], tokenizer, options.seed)
    chances = weigh(pointer, readings, readings.plan(JUDGED_AT_ONCE, [PLAIN]), device=options.device)
    people = [row[1 : 1 + len(p.named)] for row, p in zip(chances, passages, strict=True)]
    print(f"on {len(passages)} passages not seen:", score_pairs(choose_names(people, passages), passages))


def _finish(options: argparse.Namespace, seen: int) -> None:
    """The manifest and the card of what ships."""
    files = (*FILES, RANKER.name)
    version = find_version(options.folder, files)
    write_manifest(options.folder, files, version=version, settings={"held": options.held})
    size = sum((options.folder / file).stat().st_size for file in files)
    with (options.encoder / "model.safetensors").open("rb") as file:
        checksum = hashlib.file_digest(file, "sha256").hexdigest()[:16]
    told = {"version": version, "size": size, "checksum": checksum, "pieces": MOST_PIECES, "seen": seen}
    card = CARD.read_text(encoding="utf-8").format(**told)
    (options.folder / "CARD.md").write_text(card, encoding="utf-8")


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m training.pronouns",
        description=__doc__,
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument("--encoder", type=Path, required=True, help="the folder of all-mpnet-base-v2")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=np.inf, help="of training, where epochs would take longer")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cpu", help="cuda, where there is one")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--workers", type=int, default=0, help="processes that make batches: an accelerator needs some")
    parser.add_argument("--held", type=int, choices=range(FOLDS), default=0, help="the third that is not trained on")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "pronouns", help="passages and weights")
    parser.add_argument("--folder", type=Path, default=RANKER.parent, help="where what ships goes")
    return parser.parse_args()


if __name__ == "__main__":
    main()
