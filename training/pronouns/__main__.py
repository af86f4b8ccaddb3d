"""Train what says whom "he" and "she" stand for: `python -m training.pronouns --teacher FOLDER`.

Reads GAP and the pronouns that nobody labelled, trains a pointer (see `course`) without a third of GAP's pages, which
can judge what ships, and fits the ranker of clues beside it to all of GAP, which cross-validation allows. What is there
already is not made again: the weights may come from another machine. An accelerator takes minutes, a core half a day.
"""

from __future__ import annotations

import argparse
import pickle
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from onrecord.extract import make_annotator
from onrecord.extract.pointer import MOST_PIECES
from onrecord.extract.ranker import RANKER
from onrecord.inference import write_manifest
from onrecord.settings import Settings
from training.attribution.encoder import find_minilm
from training.pronouns.course import Course, find_weights, load_student, take
from training.pronouns.export import FILES, export, find_version
from training.pronouns.folds import FOLDS, find_fold
from training.pronouns.gap import GAP, read_passages
from training.pronouns.ranker import fit, flatten
from training.pronouns.unlabelled import read_unlabelled

ROOT = Path(__file__).parents[2]
CARD = Path(__file__).with_name("card.md")


def main() -> None:
    """Read, train, export, fit."""
    options = _read_options()
    options.out.mkdir(parents=True, exist_ok=True)
    small = find_minilm()
    tokenizer = Tokenizer.from_file(str(small / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    annotator = make_annotator(Settings.from_environment())
    passages, titled = _keep(options.out / "passages.pickle", lambda: read_passages(GAP, annotator, tokenizer))
    others = _keep(options.out / "unlabelled.pickle", lambda: read_unlabelled(GAP.parent, annotator, tokenizer))
    if not find_weights(options.out, options.held).is_file():
        course = Course(options.held, options.device, options.workers, np.inf, time.monotonic())
        take(course, passages, others, options.teacher, small, options.out)
    export(load_student(small, find_weights(options.out, options.held)), options.folder, small / "tokenizer.json")
    np.savez_compressed(options.folder / RANKER.name, **flatten(fit([*passages, *titled])))
    _finish(
        options,
        seen=sum(find_fold(p.page) != options.held for p in passages),
        others=sum(not lesson.page or find_fold(lesson.page) != options.held for lesson in others),
    )


def _keep(path: Path, make: Callable[[], Any]) -> Any:
    """What is made takes minutes, and so it is kept."""
    if not path.is_file():
        path.write_bytes(pickle.dumps(make()))
    return pickle.loads(path.read_bytes())


def _finish(options: argparse.Namespace, **told: int) -> None:
    """The manifest and the card of what ships."""
    files = (*FILES, RANKER.name)
    version = find_version(options.folder, files)
    write_manifest(options.folder, files, version=version, settings={"held": options.held})
    size = sum((options.folder / file).stat().st_size for file in files)
    card = CARD.read_text(encoding="utf-8").format(version=version, size=size, pieces=MOST_PIECES, **told)
    (options.folder / "CARD.md").write_text(card, encoding="utf-8")


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m training.pronouns",
        description=__doc__,
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument("--teacher", type=Path, help="the folder of the large encoder, all-mpnet-base-v2")
    parser.add_argument("--device", default="cpu", help="cuda, where there is one")
    parser.add_argument("--workers", type=int, default=2, help="processes that make batches")
    parser.add_argument("--held", type=int, choices=range(FOLDS), default=0, help="the third that is not trained on")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "pronouns", help="what is read, and weights")
    parser.add_argument("--folder", type=Path, default=RANKER.parent, help="where the weights go")
    return parser.parse_args()


if __name__ == "__main__":
    main()
