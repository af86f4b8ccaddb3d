"""Fit the stance networks on all of fnc1-dev and write them into the package: `python -m training.stance`. Minutes."""

from __future__ import annotations

import argparse
import sys
from importlib.metadata import version
from pathlib import Path

from onrecord.inference import write_manifest
from onrecord.inference.embedder import make_embedder
from onrecord.inference.model import MODELS
from onrecord.resolve.stance import WEIGHTS, save_networks
from training.stance.fit import fit_networks
from training.stance.pairs import FNC, make_pairs, read_rows

CARD = Path(__file__).with_name("card.md")


def main() -> None:
    """Train, and write weights, manifest and card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=MODELS / "stance", help="folder to write to")
    options = parser.parse_args()
    if not FNC.is_file():
        sys.exit(f"training.stance needs {FNC.name} in ../shared/data; it is not part of the project")
    embedder = make_embedder()
    pairs = make_pairs(read_rows(), embedder)
    name = f"fnc1 {pairs.clues.shape[1]} clues, seed {options.seed}"
    options.out.mkdir(parents=True, exist_ok=True)
    save_networks(fit_networks(pairs.clues, pairs.truth, version=name, seed=options.seed), options.out / WEIGHTS)
    write_manifest(options.out, [WEIGHTS], version=name, settings={"embedder": embedder.version})
    card = CARD.read_text(encoding="utf-8").format(
        version=name,
        pairs=len(pairs.truth),
        size=(options.out / WEIGHTS).stat().st_size,
        embedder=embedder.version,
        sklearn=version("scikit-learn"),
        seed=options.seed,
    )
    (options.out / "CARD.md").write_text(card, encoding="utf-8")
    print(f"wrote {options.out / WEIGHTS}: {(options.out / WEIGHTS).stat().st_size} bytes")


if __name__ == "__main__":
    main()
