"""Train what says whom "he" and "she" stand for: `python -m training.pronouns`.

A pointer is trained on two thirds of GAP's pages, so that the third can judge what ships; the ranker of clues beside it
is fitted to all of them, which cross-validation allows. Goes on where a broken run stopped. Twelve minutes of a core.
"""

from __future__ import annotations

import argparse
import pickle
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from onrecord.extract import make_annotator
from onrecord.extract.pointer import MOST_PIECES
from onrecord.extract.ranker import RANKER
from onrecord.inference import write_manifest
from onrecord.settings import Settings
from training.attribution.encoder import find_minilm
from training.pronouns.export import FILES, export, find_version
from training.pronouns.folds import FOLDS, find_fold
from training.pronouns.gap import GAP, Passage, read_passages
from training.pronouns.network import FROZEN
from training.pronouns.ranker import fit, flatten
from training.pronouns.train import train

ROOT = Path(__file__).parents[2]
CARD = Path(__file__).with_name("card.md")


def main() -> None:
    """Train, export, fit."""
    options = _read_options()
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    options.folder.mkdir(parents=True, exist_ok=True)
    vocabulary = find_minilm() / "tokenizer.json"
    tokenizer = Tokenizer.from_file(str(vocabulary))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    passages, titled = _load_passages(options.out / "passages.pickle", tokenizer)
    seen = [p for p in passages if find_fold(p) != options.held]
    checkpoint = options.out / f"without{options.held}.pt"
    export(train(seen, tokenizer, checkpoint, seed=options.seed, epochs=options.epochs), options.folder, vocabulary)
    np.savez_compressed(options.folder / RANKER.name, **flatten(fit([*passages, *titled])))
    _finish(options, len(seen))


def _load_passages(kept: Path, tokenizer: Tokenizer) -> tuple[list[Passage], list[Passage]]:
    """GAP's passages without and with the titles of their pages; reading them takes minutes, and so they are kept."""
    if not kept.is_file():
        read = read_passages(GAP, make_annotator(Settings.from_environment()), tokenizer)
        kept.write_bytes(pickle.dumps(read))
    passages, titled = pickle.loads(kept.read_bytes())
    return passages, titled


def _finish(options: argparse.Namespace, seen: int) -> None:
    """The manifest and the card of what ships."""
    files = (*FILES, RANKER.name)
    version = find_version(options.folder, files)
    write_manifest(options.folder, files, version=version, settings={"held": options.held})
    size = sum((options.folder / file).stat().st_size for file in files)
    told = {"version": version, "size": size, "frozen": FROZEN, "pieces": MOST_PIECES, "seen": seen}
    card = CARD.read_text(encoding="utf-8").format(**told, seed=options.seed, epochs=options.epochs)
    (options.folder / "CARD.md").write_text(card, encoding="utf-8")


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m training.pronouns",
        description=__doc__,
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument("--epochs", type=float, default=3.5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--held", type=int, choices=range(FOLDS), default=0, help="the third that is not trained on")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "pronouns", help="checkpoints and passages")
    parser.add_argument("--folder", type=Path, default=RANKER.parent, help="where the weights go")
    return parser.parse_args()


if __name__ == "__main__":
    main()
