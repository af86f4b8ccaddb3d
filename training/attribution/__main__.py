"""python -m training.attribution: from the data to the files that ship. Goes on where a broken run stopped.

Stages (see stages.py): teachers, start, student; then finish: export, tune on polnear-dev, write weights,
settings and card into the package. Minutes on a GPU (--device cuda), days on one core; --only runs a part, so that
teachers can be trained side by side.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path

import torch
from tokenizers import Tokenizer

from training.attribution.corpus import FOLDS, load_articles
from training.attribution.encoder import find_minilm
from training.attribution.optimise import Plan
from training.attribution.stages import (
    Recipe,
    load_student,
    train_start,
    train_student,
    train_teacher,
)

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "onrecord" / "models" / "attribution"
STAGES = ("teachers", "start", "student", "finish")


def main() -> None:
    """Run the stages that are asked for, in order."""
    options = _read_options()
    torch.set_num_threads(options.threads)
    encoder = options.encoder or find_minilm()
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    articles = load_articles(options.data, tokenizer, everything=options.all, cache=options.out / "articles.pickle")
    recipe = _make_recipe(options, encoder)
    folds = range(FOLDS) if options.fold is None else [options.fold]
    if "teachers" in options.only:
        for fold in folds:
            train_teacher(recipe, articles, fold)
    if "start" in options.only:
        train_start(recipe, articles)
    if "student" in options.only:
        train_student(recipe, articles)
    if "finish" in options.only:
        from training.attribution.finish import finish

        told = {
            "encoder": encoder.parent.name,
            "teacher": recipe.teacher_encoder.name,
            "depth": recipe.depth,
            "inner": recipe.inner,
            "epochs": recipe.student_epochs,
            "seed": options.seed,
            "all": options.all,
        }
        student = load_student(recipe)
        finish(student, PACKAGE, data=options.data, tokenizer=encoder / "tokenizer.json", recipe=told)


def _make_recipe(options: argparse.Namespace, encoder: Path) -> Recipe:
    return Recipe(
        encoder,
        options.teacher or encoder,
        options.out,
        options.depth,
        options.inner,
        options.teacher_epochs,
        options.start_epochs,
        options.student_epochs,
        Plan(
            0.0, options.seed, 0.0, options.batch, options.device, options.workers, options.save_every, options.seconds
        ),
    )


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m training.attribution",
        description=__doc__,
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of the corpora")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "attribution", help="checkpoints and labels")
    parser.add_argument("--encoder", type=Path, help="folder of another BERT or MPNet for the student")
    parser.add_argument("--teacher", type=Path, help="folder of a larger BERT or MPNet for the teachers")
    parser.add_argument("--depth", type=int, default=6, help="layers of the student")
    parser.add_argument("--inner", type=int, default=1536, help="units of the student's feed-forward parts")
    parser.add_argument("--teacher-epochs", type=float, default=6.0)
    parser.add_argument("--start-epochs", type=float, default=5.0)
    parser.add_argument("--student-epochs", type=float, default=16.0)
    parser.add_argument("--batch", type=int, default=32, help="windows a step")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--workers", type=int, default=0, help="processes that make batches")
    parser.add_argument("--save-every", type=int, default=150, help="steps between checkpoints")
    parser.add_argument("--seconds", type=float, default=math.inf, help="the longest that one network is trained")
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--all", action="store_true", help="train on the articles of statements-dev too")
    parser.add_argument("--only", nargs="+", choices=STAGES, default=STAGES)
    parser.add_argument("--fold", type=int, choices=range(FOLDS), help="only the teacher of this one")
    return parser.parse_args()


if __name__ == "__main__":
    main()
