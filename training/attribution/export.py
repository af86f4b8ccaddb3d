"""A trained network to the files that ship: two ONNX graphs, the encoder's matrices in int8, and the vocabulary."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.attribution.encoder import Encoder
from training.attribution.network import LINK_SIZE, Network

OPSET = 17
FILES = ("encoder.onnx", "linker.onnx", "tokenizer.json")


def export(network: Network, folder: Path, tokenizer: Path) -> None:
    """Write the files of FILES into `folder`. The graphs read one window at a time, so that nothing is padded."""
    network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        plain = Path(temporary) / "encoder.onnx"
        _write_encoder(network, plain)
        quantize(plain, folder / "encoder.onnx")
    _write_linker(network, folder / "linker.onnx")
    shutil.copyfile(tokenizer, folder / "tokenizer.json")


def quantize(plain: Path, path: Path) -> None:
    """The same graph with its matrices in int8, a scale for each of their columns."""
    # 7-bit weights: two products of 8 bits overflow the 16-bit sums of a CPU without VNNI
    quantize_dynamic(plain, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


class _Reading(nn.Module):
    """One window [length] to logits of all heads and the linker's two views of its words, [words, ...]."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, shape: Tensor, quote: Tensor, start: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        words = encode(self.network.encoder, ids, shape, quote, start)[first]
        logits = self.network.heads(words)
        return torch.cat(logits, -1), *self.network.linker.project(words, logits[0])


def encode(encoder: Encoder, ids: Tensor, shape: Tensor, quote: Tensor, start: Tensor) -> Tensor:
    """The encoder over one window, attention written so that the runtime's graph stays small."""
    x = encoder.word(ids) + encoder.position[: ids.shape[0]]
    x = encoder.norm(x + encoder.shape(shape) + encoder.quote(quote) + encoder.start(start))
    near = encoder.find_near(ids.shape[0])
    for layer in encoder.layers:
        x = _layer(layer, x, near)
    return x


def _layer(layer: Any, x: Tensor, near: Tensor | None) -> Tensor:
    size = x.shape[1]
    head = size // layer.heads
    q, k, v = (part.view(-1, layer.heads, head) for part in layer.qkv(x).split(size, -1))
    scores = (q * head**-0.5).transpose(0, 1) @ k.permute(1, 2, 0)
    weights = torch.softmax(scores if near is None else scores + near, -1)
    attended = (weights @ v.transpose(0, 1)).transpose(0, 1).reshape(-1, size)
    x = layer.attended_norm(x + layer.attended(attended))
    return layer.norm(x + layer.narrow(nn.functional.gelu(layer.widen(x))))


def _write_encoder(network: Network, path: Path) -> None:
    sample = torch.ones(20, dtype=torch.long)
    pieces = {name: {0: "pieces"} for name in ("ids", "shape", "quote", "start")}
    words = {name: {0: "words"} for name in ("first", "logits", "word", "anchor")}
    torch.onnx.export(
        _Reading(network),
        (sample, sample * 0, sample * 0, sample * 0, torch.arange(1, 15)),
        str(path),
        input_names=["ids", "shape", "quote", "start", "first"],
        output_names=["logits", "word", "anchor"],
        dynamic_axes=pieces | words,
        opset_version=OPSET,
        dynamo=False,
    )


class _Links(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.linker = network.linker

    def forward(self, word: Tensor, anchor: Tensor, kind: Tensor, distance: Tensor) -> Tensor:
        return self.linker(word, anchor, kind, distance).log_softmax(-1)


def _write_linker(network: Network, path: Path) -> None:
    word, anchor = torch.zeros(14, LINK_SIZE), torch.zeros(3, LINK_SIZE)
    distance = torch.zeros(3, 14, dtype=torch.long)
    torch.onnx.export(
        _Links(network),
        (word, anchor, torch.zeros(3, dtype=torch.long), distance),
        str(path),
        input_names=["word", "anchor", "kind", "distance"],
        output_names=["links"],
        dynamic_axes={
            "word": {0: "words"},
            "anchor": {0: "anchors"},
            "kind": {0: "anchors"},
            "distance": {0: "anchors", 1: "words"},
            "links": {0: "anchors", 1: "words"},
        },
        opset_version=OPSET,
        dynamo=False,
    )
    onnx.checker.check_model(str(path))
