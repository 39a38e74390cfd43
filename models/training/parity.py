"""Writes parity.json: PyTorch's logits for fixture images, which the TypeScript tests must reproduce.

    python parity.py --images data/parity.json --model ../mnist-cnn

--images holds what examples/parity.ts drew: PNGs and the 28x28 ink that production makes of them.
"""

import argparse
import base64
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from network import MEAN, STD, Network


def load_folded(path):
    """The PyTorch network with the weights of the shipped file."""
    weights = {w.name: torch.from_numpy(numpy_helper.to_array(w).copy()) for w in onnx.load(path).graph.initializer}
    folded = Network().eval().folded().eval()
    folded.load_state_dict({name: weights[name] for name in folded.state_dict()})
    return folded


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", type=Path, default=Path("data/parity.json"))
    parser.add_argument("--model", type=Path, default=Path("../mnist-cnn"))
    args = parser.parse_args()
    fixtures = json.loads(args.images.read_text())
    folded = load_folded(args.model / "model.onnx")
    for fixture in fixtures:
        ink = np.frombuffer(base64.b64decode(fixture["pixels"]), np.uint8).reshape(1, 1, 28, 28)
        with torch.no_grad():
            logits = folded((torch.from_numpy(ink.copy()).float() / 255 - MEAN) / STD)[0]
        fixture["logits"] = [round(v, 6) for v in logits.tolist()]
        print(f"{fixture['name']}: read as {int(logits[:10].argmax())}")
    (args.model / "parity.json").write_text(json.dumps(fixtures, indent=1) + "\n")


if __name__ == "__main__":
    main()
