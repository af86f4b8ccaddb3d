"""A trained pointer to the folder that runs: one ONNX graph, its large matrices in four bits, and the vocabulary."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import torch
from torch import Tensor, nn

from training.attribution.export import OPSET, encode
from training.pronouns.network import Pointer, mark
from training.pronouns.pack import pack

FILES = ("pointer.onnx", "tokenizer.json")


class _Reading(nn.Module):
    """One text's pieces [pieces], places of the pronoun [1] and of mentions [mentions, 2]: see Pointer.point."""

    def __init__(self, pointer: Pointer) -> None:
        super().__init__()
        self.pointer = pointer

    def forward(self, ids: Tensor, pronoun: Tensor, mentions: Tensor) -> tuple[Tensor, Tensor]:
        asked, named = mark(ids[None], pronoun, mentions[None])
        vectors = encode(self.pointer.encoder, ids, torch.zeros_like(ids), asked[0], named[0])
        scores, nobody = self.pointer.point(vectors[None], pronoun, mentions[None])
        return scores[0], nobody


def export(pointer: Pointer, folder: Path, vocabulary: Path) -> None:
    """Write the files of FILES into `folder`. The graph reads one excerpt at a time, so that nothing is padded."""
    pointer.eval()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        plain = Path(temporary) / "pointer.onnx"
        torch.onnx.export(
            _Reading(pointer),
            (torch.ones(20, dtype=torch.long), torch.tensor([3]), torch.tensor([[5, 6], [8, 8], [9, 10]])),
            str(plain),
            input_names=["ids", "pronoun", "mentions"],
            output_names=["scores", "nobody"],
            dynamic_axes={"ids": {0: "pieces"}, "mentions": {0: "mentions"}, "scores": {0: "mentions"}},
            opset_version=OPSET,
            dynamo=False,
        )
        pack(plain, folder / "pointer.onnx")
    shutil.copyfile(vocabulary, folder / "tokenizer.json")


def find_version(folder: Path, files: Iterable[str]) -> str:
    """The first digits of the hash of all weights: other weights, another version."""
    digest = hashlib.sha256(b"".join((folder / file).read_bytes() for file in sorted(files)))
    return digest.hexdigest()[:8]
