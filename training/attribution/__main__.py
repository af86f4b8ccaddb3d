"""python -m training.attribution: from the data to the files that ship. Goes on where a broken run stopped.

Three passes: train a network of the encoder's size, distil a smaller one from it (hours on one core each; checkpoints
in --out), then finish: export, tune on polnear-dev, write weights, settings and card into the package.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from tokenizers import Tokenizer

from training.attribution.corpus import load_articles
from training.attribution.distil import prune
from training.attribution.encoder import find_minilm, load_encoder
from training.attribution.finish import finish
from training.attribution.network import Network
from training.attribution.optimise import load_average, train

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "onrecord" / "models" / "attribution"


def main() -> None:
    """Train, unless only finishing, then finish."""
    options = _read_options()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    encoder = options.encoder or find_minilm()
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    articles = load_articles(options.data, tokenizer, everything=options.all, cache=options.out / "articles.pickle")
    teacher = Network(load_encoder(encoder))
    taught, learnt = options.out / "teacher.pt", options.out / "student.pt"
    if options.distil or options.finish:
        teacher = load_average(teacher, taught)
    else:
        teacher = train(teacher, articles, epochs=options.epochs, seed=options.seed, checkpoint=taught)
    student = prune(teacher, articles, options.inner, options.seed)
    if options.finish:
        student = load_average(student, learnt)
    else:
        student = train(
            student, articles, epochs=options.epochs, seed=options.seed + 1, checkpoint=learnt, teacher=teacher
        )
    recipe = {
        "encoder": encoder.parent.name,
        "inner": options.inner,
        "epochs": options.epochs,
        "seed": options.seed,
        "all": options.all,
    }
    finish(student, PACKAGE, data=options.data, tokenizer=encoder / "tokenizer.json", recipe=recipe)


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.attribution", description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of the corpora")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "attribution", help="checkpoints and labels")
    parser.add_argument("--encoder", type=Path, help="folder of another BERT: model.safetensors and tokenizer.json")
    parser.add_argument("--inner", type=int, default=512, help="units of the student's feed-forward parts")
    parser.add_argument("--epochs", type=float, default=5.0, help="of each of the two trainings")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--all", action="store_true", help="train on the articles of statements-dev too")
    parser.add_argument("--distil", action="store_true", help="train no teacher: go on with that of --out")
    parser.add_argument("--finish", action="store_true", help="train no further: export and tune the last student")
    return parser.parse_args()


if __name__ == "__main__":
    main()
