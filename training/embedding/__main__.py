"""The sentence encoder that `training.relation` trained to an ONNX file with int8 matrices, and what that costs.

    python -m training.embedding [--weights FILE] [--out FOLDER]

Prints, as one line of JSON, the mean and the least cosine between the vectors of the file and those of the network
before it was quantized, over the sentences below.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from onrecord.inference import load_model, write_manifest
from onrecord.inference.embedder import Embedder
from onrecord.inference.model import MODELS
from training.attribution.encoder import Encoder, find_minilm, load_encoder
from training.attribution.export import OPSET, encode, quantize
from training.relation.network import take_layers

VERSION = "all-MiniLM-L6-v2, three layers on matters, int8 2"
WEIGHTS = Path(__file__).parents[2] / "build" / "relation" / "relation.pt"
SENTENCES = (
    "Twelve miners died in the blast on Tuesday, the governor said.",
    "The ministry denied that any talks had taken place.",
    "Rail workers will walk out for two days from midnight.",
    "Fans queued around the block.",
    "The company recalled 40,000 cars because of a faulty brake hose, after regulators asked for it twice.",
    "No.",
    "She told reporters in Lisbon that she would not stand again, whatever her party's leaders might offer her.",
    "An outbreak of measles has closed three schools.",
)


class Sentence(nn.Module):  # type: ignore[misc]
    """One text's pieces (length,) to a unit vector (size,): the mean over pieces, as all-MiniLM-L6-v2 was trained."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        for feature in encoder.features:
            feature.weight.data.zero_()

    def forward(self, ids: Tensor) -> Tensor:
        """See the class."""
        nothing = torch.zeros_like(ids)
        return F.normalize(encode(self.encoder, ids, nothing, nothing, nothing).mean(0), dim=0)


def main() -> None:
    """Export, compare, write the manifest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="what training.relation wrote")
    parser.add_argument("--out", type=Path, default=MODELS / "embedding", help="folder to write to")
    options = parser.parse_args()
    folder = options.out
    folder.mkdir(parents=True, exist_ok=True)
    source = find_minilm()
    encoder = take_layers(load_encoder(source))
    encoder.load_state_dict(torch.load(options.weights)["state"])
    network = Sentence(encoder).eval()
    with tempfile.TemporaryDirectory() as temporary:
        plain = Path(temporary) / "encoder.onnx"
        torch.onnx.export(
            network,
            (torch.ones(20, dtype=torch.long),),
            str(plain),
            input_names=["ids"],
            output_names=["vector"],
            dynamic_axes={"ids": {0: "pieces"}},
            opset_version=OPSET,
            dynamo=False,
        )
        quantize(plain, folder / "encoder.onnx")
    shutil.copyfile(source / "tokenizer.json", folder / "tokenizer.json")
    write_manifest(folder, ("encoder.onnx", "tokenizer.json"), version=VERSION, settings={})
    embedder = Embedder(load_model("embedding", threads=1, models=folder.parent))
    with torch.no_grad():
        wanted = np.stack([network(torch.tensor(embedder.find_pieces(s))).numpy() for s in SENTENCES])
    cosines = (wanted * embedder.embed(SENTENCES)).sum(1)
    print(json.dumps({"mean_cosine": round(float(cosines.mean()), 4), "least_cosine": round(float(cosines.min()), 4)}))


if __name__ == "__main__":
    main()
