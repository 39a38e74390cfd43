"""Batched augmentation of 28x28 ink (values 0..1): each example gets its own affine and elastic warp, stroke
thickness, contrast, blur, noise and, at times, a cut."""

import torch
from torch.nn import functional as F


def uniform(n, low, high, generator):
    return torch.rand(n, generator=generator) * (high - low) + low


def chance(n, p, generator):
    return (torch.rand(n, generator=generator) < p).float()


def warp_grid(n, strength, generator):
    """Sampling grids [n, 28, 28, 2]: rotation, shear, scale per axis, shift, and a smooth random displacement."""
    angle = uniform(n, -0.26, 0.26, generator) * strength
    shear = uniform(n, -0.3, 0.3, generator) * strength
    sx = torch.exp(uniform(n, -0.16, 0.16, generator) * strength)
    sy = torch.exp(uniform(n, -0.16, 0.16, generator) * strength)
    tx, ty = (uniform(n, -0.11, 0.11, generator) * strength for _ in range(2))
    c, s = torch.cos(angle), torch.sin(angle)
    matrix = torch.stack([torch.stack([c * sx, (shear - s) * sx, tx], 1), torch.stack([s * sy, c * sy, ty], 1)], 1)
    grid = F.affine_grid(matrix, (n, 1, 28, 28), align_corners=False)
    amplitude = uniform(n, 0, 0.12, generator) * strength
    coarse = torch.randn(n, 2, 6, 6, generator=generator) * amplitude.view(n, 1, 1, 1)
    elastic = F.interpolate(coarse, size=(28, 28), mode="bilinear", align_corners=True)
    return grid + elastic.permute(0, 2, 3, 1)


def shifted(x, dim, by):
    return x.roll(by, dim)  # the rim is empty, so nothing wraps round


def extreme(x, of):
    """Largest or smallest of each pixel's 3x3 neighbourhood."""
    for dim in (2, 3):
        x = of(of(shifted(x, dim, 1), x), shifted(x, dim, -1))
    return x


def blurred(x):
    for dim in (2, 3):
        x = 0.5 * x + 0.25 * (shifted(x, dim, 1) + shifted(x, dim, -1))
    return x


def thickness(x, generator):
    """Dilates or erodes a share of the examples by a fraction of a pixel."""
    n = len(x)
    wide = extreme(x, torch.maximum)
    narrow = extreme(x, torch.minimum)
    amount = uniform(n, -0.45, 0.6, generator) * chance(n, 0.4, generator)
    amount = amount.view(n, 1, 1, 1)
    return x + amount.clamp(min=0) * (wide - x) + (-amount).clamp(min=0) * (narrow - x)


def contrast(x, generator):
    """Blur, gamma and gain."""
    n = len(x)
    mix = (uniform(n, 0, 0.9, generator) * chance(n, 0.25, generator)).view(n, 1, 1, 1)
    x = x + mix * (blurred(x) - x)
    gamma = torch.exp(uniform(n, -0.45, 0.45, generator)).view(n, 1, 1, 1)
    gain = torch.exp(uniform(n, -0.25, 0.2, generator)).view(n, 1, 1, 1)
    return (x.clamp(0, 1) ** gamma * gain).clamp(0, 1)


def cut(x, p, generator):
    """Erases a band at one side, as where a digit runs over the edge of its page, or a small box inside."""
    n = len(x)
    rows = torch.arange(28.0).view(1, 1, 28, 1)
    columns = torch.arange(28.0).view(1, 1, 1, 28)
    cx, cy = (uniform(n, 2, 26, generator).view(n, 1, 1, 1) for _ in range(2))
    half = (uniform(n, 1, 3.5, generator) * chance(n, p, generator)).view(n, 1, 1, 1)
    box = ((rows - cy).abs() < half) & ((columns - cx).abs() < half)
    return x * (~box)


def augment(x, strength, generator):
    """x: [n, 1, 28, 28] in 0..1. strength scales the geometry; 0 leaves it as it is."""
    n = len(x)
    x = F.grid_sample(x, warp_grid(n, strength, generator), mode="bilinear", align_corners=False)
    x = thickness(x, generator)
    x = contrast(x, generator)
    x = cut(x, 0.08, generator)
    sigma = (uniform(n, 0, 0.06, generator) * chance(n, 0.2, generator)).view(n, 1, 1, 1)
    return (x + sigma * torch.randn(x.shape, generator=generator)).clamp(0, 1)
