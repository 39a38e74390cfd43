"""Draws a run's curve.csv as curve.png: the loss, and the share of misread validation digits, by epoch."""

import argparse
import csv
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402: the backend is chosen before it is loaded


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, default=Path("runs/main"))
    run = parser.parse_args().run
    with (run / "curve.csv").open() as file:
        rows = list(csv.DictReader(file))
    epochs = [int(row["epoch"]) for row in rows]
    figure, (loss, errors) = pyplot.subplots(1, 2, figsize=(10, 4), layout="constrained")
    loss.plot(epochs, [float(row["loss"]) for row in rows], label="training")
    loss.plot(epochs, [float(row["plain_loss"]) for row in rows], label="validation, as they are")
    loss.plot(epochs, [float(row["redrawn_loss"]) for row in rows], label="validation, redrawn")
    loss.set(xlabel="epoch", ylabel="loss", yscale="log")
    errors.plot(epochs, [float(row["plain_errors"]) for row in rows], label="as they are")
    errors.plot(epochs, [float(row["redrawn_errors"]) for row in rows], label="redrawn")
    errors.set(xlabel="epoch", ylabel="validation digits misread, %", yscale="log")
    for axes in (loss, errors):
        axes.grid(alpha=0.3)
        axes.legend()
    figure.savefig(run / "curve.png", dpi=120)


if __name__ == "__main__":
    main()
