"""Loads the examples that examples/render.ts wrote: 28x28 ink as production normalizes it, labels, and origins."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

NO_DIGIT = 10
NO_ORIGIN = 0xFFFFFFFF
VALIDATION_SHARE = 12  # one training digit in twelve, with all its redrawings, is left for validation


@dataclass
class Examples:
    pixels: torch.Tensor  # uint8 [n, 1, 28, 28]
    labels: torch.Tensor  # int64 [n], NO_DIGIT for no digit
    origins: np.ndarray  # uint32 [n], the MNIST training digit each was made from
    places: np.ndarray  # int64 [n], place in its file

    def __len__(self):
        return len(self.labels)

    def select(self, mask):
        index = torch.from_numpy(np.flatnonzero(mask))
        return Examples(self.pixels[index], self.labels[index], self.origins[mask], self.places[mask])


def load(folder: Path, name: str) -> Examples:
    """All parts of one kind of example: plain, redrawn, glyphs or outliers."""
    stems = sorted(p.with_suffix("") for p in folder.glob(f"{name}-*.pixels"))
    if not stems:
        raise FileNotFoundError(f"{folder}: no {name}-*.pixels; render the examples first")
    pixels, labels, origins = (
        np.concatenate([np.fromfile(s.with_suffix(f".{part}"), kind) for s in stems])
        for part, kind in (("pixels", np.uint8), ("labels", np.uint8), ("origins", np.dtype("<u4")))
    )
    return Examples(
        torch.from_numpy(pixels.reshape(-1, 1, 28, 28)),
        torch.from_numpy(labels.astype(np.int64)),
        origins,
        np.concatenate([np.arange(s.with_suffix(".labels").stat().st_size) for s in stems]),
    )


def split(examples: Examples) -> tuple[Examples, Examples]:
    """Training and validation. Redrawings follow the digit they were made from; the rest is split by place."""
    # Neighbours in a file may have been drawn from one glyph.
    key = np.where(examples.origins == NO_ORIGIN, examples.places // 50, examples.origins)
    held = (key.astype(np.uint64) * 2654435761 >> 7) % VALIDATION_SHARE == 0
    return examples.select(~held), examples.select(held)
