"""The network: a small stack of dense 3x3 convolutions, sized for ONNX Runtime on one CPU thread.

Input  [n, 1, 28, 28], (ink / 255 - MEAN) / STD
Output [n, 11]: ten digit logits and the log odds of "no digit"
"""

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.fusion import fuse_conv_bn_eval

MEAN, STD = 0.1307, 0.3081
CLASSES = 11

# Channels, kernel, stride, padding: 28 -> 14 -> 14 -> 7 -> 7 -> 3. Channels are multiples of the 16 floats that ONNX
# Runtime's kernels work on; the last layer needs no padding, since three windows of three cover seven.
LAYERS = ((32, 5, 2, 2), (32, 3, 1, 1), (64, 3, 2, 1), (64, 3, 1, 1), (160, 3, 2, 0))


class Conv(nn.Module):
    """Convolution, batch norm, an identity shortcut where the shapes allow it, ReLU. All but ReLU folds into one kernel."""

    def __init__(self, inputs: int, outputs: int, size: int, stride: int, padding: int):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, size, stride, padding, bias=False)
        self.norm = nn.BatchNorm2d(outputs)
        self.shortcut = inputs == outputs and stride == 1

    def forward(self, x):
        y = self.norm(self.conv(x))
        return F.relu(y + x if self.shortcut else y)

    def folded(self) -> nn.Conv2d:
        conv = fuse_conv_bn_eval(self.conv, self.norm)
        if self.shortcut:
            conv.weight = nn.Parameter(nn.init.dirac_(torch.empty_like(conv.weight)) + conv.weight)
        return conv


class Dropout(nn.Module):
    """As nn.Dropout, whose random mask takes a fifth of the whole step on a CPU."""

    def __init__(self, share: float):
        super().__init__()
        self.share = share

    def forward(self, x):
        if not self.training:
            return x
        kept = torch.rand(x.shape, device=x.device) >= self.share
        return x * kept.to(x.dtype) / (1 - self.share)


class Network(nn.Module):
    def __init__(self, dropout=0.3):
        super().__init__()
        convs, channels, side = [], 1, 28
        for outputs, size, stride, padding in LAYERS:
            convs.append(Conv(channels, outputs, size, stride, padding))
            channels, side = outputs, (side + 2 * padding - size) // stride + 1
        self.convs = nn.Sequential(*convs)
        self.dropout = Dropout(dropout)
        self.head = nn.Linear(channels * side * side, CLASSES)

    def forward(self, x):
        return self.head(self.dropout(self.convs(x).flatten(1)))

    def folded(self) -> nn.Sequential:
        """The same function for inference: convolution, ReLU, …, linear. Call it in eval mode."""
        layers = []
        for block in self.convs:
            layers += [block.folded(), nn.ReLU()]
        return nn.Sequential(*layers, nn.Flatten(), self.head)
