"""What every peer does with an image: the plain two-convolution network, and PIL in front of it."""

import io

import numpy as np
import torch
from PIL import Image
from torch import nn

MEAN, STD = 0.1307, 0.3081

# One thread for each inference, in as many processes as the contender has: at batch 1, more threads only compete.
torch.set_num_threads(1)


def build_network() -> nn.Module:
    """The network with seeded random weights: its speed does not depend on them."""
    torch.manual_seed(0)
    network = nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(64 * 7 * 7, 128),
        nn.ReLU(),
        nn.Linear(128, 10),
    )
    network.eval()
    with torch.inference_mode():
        network(torch.zeros(2, 1, 28, 28))
    return network


def to_tensor(data: bytes) -> torch.Tensor:
    """An encoded image → its 1×28×28 tensor, grey and resized."""
    return image_to_tensor(Image.open(io.BytesIO(data)))


def image_to_tensor(image: Image.Image) -> torch.Tensor:
    """An image that PIL has opened and not yet decoded → its 1×28×28 tensor."""
    pixels = np.asarray(image.convert("L").resize((28, 28)), dtype=np.float32) / 255
    return torch.from_numpy((pixels - MEAN) / STD).unsqueeze(0)


def infer(network: nn.Module, batch: torch.Tensor) -> torch.Tensor:
    """n×1×28×28 → n×10 probabilities."""
    with torch.inference_mode():
        return torch.softmax(network(batch), dim=1)


def to_response(probabilities: torch.Tensor) -> dict:
    """Ten probabilities → the response's JSON."""
    values = probabilities.tolist()
    digit = max(range(10), key=values.__getitem__)
    return {"predicted_digit": digit, "confidence": values[digit], "probabilities": values}
