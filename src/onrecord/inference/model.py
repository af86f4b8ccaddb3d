"""A model is a folder of weights with `model.json`: version, checksums, and the settings chosen with the weights."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import onnxruntime
from tokenizers import Tokenizer

from onrecord.errors import RunError

MODELS = Path(__file__).parents[1] / "models"
MANIFEST = "model.json"


@dataclass(frozen=True, slots=True)
class Model:
    """A model whose files have been checked, and its sessions by the name of the ONNX file without its ending."""

    name: str
    version: str
    folder: Path
    settings: Mapping[str, Any]
    sessions: Mapping[str, onnxruntime.InferenceSession]

    def load_tokenizer(self, *, most: int | None = None) -> Tokenizer:
        """What cuts texts for it, without padding; to `most` wordpieces where that is given."""
        tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        tokenizer.no_padding()
        if most is None:
            tokenizer.no_truncation()
        else:
            tokenizer.enable_truncation(most)
        return tokenizer


def load_model(name: str, *, threads: int = 0, models: Path = MODELS) -> Model:
    """Check and load a model; `threads` 0 takes all cores. Raises RunError where a file is missing or another."""
    folder = models / name
    manifest = _read_manifest(name, folder)
    for file, checksum in manifest["files"].items():
        _check_file(name, folder / file, checksum)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # windows differ in length: an arena that keeps a block for each of them would grow with the text
    options.enable_mem_pattern = False
    sessions = {
        Path(file).stem: onnxruntime.InferenceSession(folder / file, options, providers=["CPUExecutionProvider"])
        for file in manifest["files"]
        if file.endswith(".onnx")
    }
    return Model(name, manifest["version"], folder, manifest["settings"], sessions)


def write_manifest(folder: Path, files: Iterable[str], *, version: str, settings: Mapping[str, Any]) -> None:
    """Write `model.json` for weights that are in place."""
    checksums = {file: _hash_file(folder / file) for file in sorted(files)}
    manifest = {"version": version, "files": checksums, "settings": dict(settings)}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _read_manifest(name: str, folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise RunError(f"there is no model {name!r} in {folder}: install onrecord again, or train it") from error
    except ValueError as error:
        raise RunError(f"{folder / MANIFEST} is damaged ({error}): install onrecord again") from error
    return manifest


def _check_file(name: str, path: Path, checksum: str) -> None:
    if not path.is_file():
        raise RunError(f"the model {name!r} lacks {path.name} in {path.parent}: install onrecord again, or train it")
    if _hash_file(path) != checksum:
        raise RunError(f"{path} is not the file that the model {name!r} was made with: install onrecord again")


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
