"""Times the shipped network beside the plain two-convolution one, in turn in one process: ONNX Runtime, one thread.

    python benchmark.py [--model ../mnist-cnn/model.onnx] [--batch 32]
"""

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np
import onnxruntime
from torch import nn

from export import write_onnx


def plain():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(3136, 128), nn.ReLU(), nn.Linear(128, 10),
    ).eval()  # fmt: skip


def session(path):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=Path("../mnist-cnn/model.onnx"))
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=400)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write_onnx(plain(), Path(folder) / "plain.onnx")
        sessions = {"plain": session(Path(folder) / "plain.onnx"), "shipped": session(args.model)}
    x = np.random.default_rng(1).random((args.batch, 1, 28, 28), np.float32)
    times = {name: [] for name in sessions}
    for _ in range(args.rounds):
        for name, s in sessions.items():
            start = time.perf_counter()
            s.run(None, {"input": x})
            times[name].append((time.perf_counter() - start) / args.batch * 1e6)
    medians = {name: float(np.median(t)) for name, t in times.items()}
    for name, median in medians.items():
        print(f"{name:8s} {median:6.1f} µs per digit (best {min(times[name]):.1f})")
    print(f"ratio    {medians['shipped'] / medians['plain']:.2f}")


if __name__ == "__main__":
    main()
