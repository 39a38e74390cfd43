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


class Conv(nn.Module):
    """Convolution, batch norm, an identity shortcut where the shapes allow it, ReLU. All but ReLU folds into one kernel."""

    def __init__(self, inputs: int, outputs: int, size: int = 3, stride: int = 1):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, size, stride, size // 2, bias=False)
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
    def __init__(self, layers=((32, 5, 2), (32, 3, 1), (64, 3, 2), (64, 3, 1), (128, 3, 2)), dropout=0.3):
        super().__init__()
        channels, convs, side = 1, [], 28
        for outputs, size, stride in layers:
            convs.append(Conv(channels, outputs, size, stride))
            channels, side = outputs, -(-side // stride)
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
