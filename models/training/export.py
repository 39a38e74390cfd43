"""Writes a run's averaged weights as ONNX with its manifest, after checking it against PyTorch.

    python export.py --run runs/main --data data --out ../mnist-cnn --version 2
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch

from calibrate import calibration_error, choose_thresholds, fit_temperature, is_flagged
from network import CLASSES, MEAN, STD, Network
from shards import NO_DIGIT, load, split
from train import DIGITS, OTHERS

OPSET = 23
DESCRIPTION = (
    "Reads one handwritten digit. Five dense convolutions, trained on MNIST's training digits as the production "
    "normalisation sees them, on the same digits redrawn on screens and paper, on what segmentation cuts out of numbers, and on drawings "
    "that are not digits."
)


def write_onnx(folded, path):
    torch.onnx.export(
        folded,
        (torch.zeros(2, 1, 28, 28),),
        path,
        input_names=["input"],
        output_names=["logits"],
        dynamic_shapes=({0: torch.export.Dim("batch")},),
        opset_version=OPSET,
        external_data=False,
        dynamo=True,
        verbose=False,
    )
    # The exporter's notes (source lines, local paths) do not belong into a published file.
    model = onnx.load(path)
    for item in [model, model.graph, *model.graph.node, *model.graph.input, *model.graph.output, *model.graph.initializer]:
        del item.metadata_props[:]
    for node in model.graph.node:
        node.doc_string = ""
    del model.graph.value_info[:]
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)


def check(folded, net, path, pixels):
    """PyTorch's network, its folded form and ONNX Runtime agree to 1e-4 on these digits."""
    x = (pixels.float() / 255 - MEAN) / STD
    with torch.no_grad():
        expected, same = net(x).numpy(), folded(x).numpy()
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    actual = session.run(None, {"input": x.numpy()})[0]
    worst = max(np.abs(expected - actual).max(), np.abs(expected - same).max())
    print(f"PyTorch and ONNX Runtime differ by at most {worst:.1e} on {len(x)} digits")
    if worst > 1e-4:
        raise SystemExit("the exported network differs from the trained one")


def logits_of(net, examples):
    with torch.no_grad():
        return torch.cat([net((p.float() / 255 - MEAN) / STD) for p in examples.pixels.split(2000)])


def calibrate(net, data):
    held = {name: split(load(data, name))[1] for name in (*DIGITS, *OTHERS)}
    logits = {name: logits_of(net, examples) for name, examples in held.items()}
    digits = torch.cat([logits[n] for n in DIGITS])
    labels = torch.cat([held[n].labels for n in DIGITS])
    none = {n: held[n].labels == NO_DIGIT for n in OTHERS}
    others = torch.cat([logits[n][none[n]] for n in none])
    temperature = fit_temperature(digits[:, :10], labels)
    confidence, score, others_flagged, digits_flagged = choose_thresholds(digits, others, temperature)
    for name in DIGITS:
        wrong = (logits[name][:, :10].argmax(1) != held[name].labels).float().mean().item()
        ece = calibration_error(logits[name][:, :10], held[name].labels, temperature)
        print(f"validation {name}: {len(held[name])} digits, {100 * wrong:.2f} % wrong, ECE {ece:.4f}")
    for name in OTHERS:
        flagged = is_flagged(logits[name][none[name]], confidence, score, temperature).float().mean().item()
        print(f"validation {name}: {int(none[name].sum())} without a digit, {100 * flagged:.1f} % flagged")
    print(f"temperature {temperature:.3f}, thresholds: confidence {confidence:.3f}, digit score {score:.3f}")
    print(f"flagged: {100 * others_flagged:.1f} % of {len(others)} others, {100 * digits_flagged:.2f} % of {len(digits)} digits")
    return temperature, confidence, score


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, default=Path("runs/main"))
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--out", type=Path, default=Path("../mnist-cnn"))
    parser.add_argument("--version", required=True)
    args = parser.parse_args()

    net = Network()
    net.load_state_dict(torch.load(args.run / "last.pt", map_location="cpu")["average"])
    net.eval()
    folded = net.folded().eval()
    args.out.mkdir(parents=True, exist_ok=True)
    path = args.out / "model.onnx"
    write_onnx(folded, path)
    check(folded, net, path, load(args.data, "plain").pixels[:1000])
    temperature, confidence, score = calibrate(net, args.data)
    manifest = {
        "name": "mnist-cnn",
        "version": args.version,
        "description": DESCRIPTION,
        "file": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "input": {"name": "input", "shape": [None, 1, 28, 28], "mean": MEAN, "std": STD},
        "output": {"name": "logits", "classes": CLASSES},
        "labels": list(range(10)),
        "calibration": {"temperature": round(temperature, 4)},
        "thresholds": {"confidence": round(confidence, 4), "digit_score": round(score, 4)},
        "metrics": {},
    }
    (args.out / "model.json").write_text(json.dumps(manifest, indent=2) + "\n")
    print(f"{path}: {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
