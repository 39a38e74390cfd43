"""Trains the network. Resumes from the run's last checkpoint.

A run may be resumed with more epochs, as long as the rate's decay has not begun.

    python train.py --data data --run runs/main
"""

import argparse
import copy
import csv
import math
import time
from pathlib import Path

import torch
from torch.nn import functional as F
from tqdm import tqdm

from augment import augment
from network import MEAN, STD, Network
from shards import NO_DIGIT, Examples, load, split

# Of each batch: plain digits, digits redrawn, some of them stretched to a square, glyphs (print and letters), drawings that
# are not digits, and what segmentation cuts out of numbers: digits, and fragments that are none.
MIX = {
    "plain": 0.40,
    "redrawn": 0.28,
    "stretched": 0.04,
    "forms": 0.06,
    "glyphs": 0.06,
    "outliers": 0.06,
    "cutouts": 0.05,
    "fragments": 0.05,
}
STRENGTH = {name: 0.85 if name == "plain" else 0.4 for name in MIX}
DIGITS = ("plain", "redrawn", "stretched", "forms", "cutouts")
OTHERS = ("glyphs", "outliers", "fragments")
SMOOTHING = 0.02
DECAY = 0.4  # share of the run in which rate and augmentation come down
EASED = 0.8  # strength of the augmentation at the end
MEASURED = 5  # epochs from one validation to the next: it takes a tenth of an epoch


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--run", type=Path, default=Path("runs/main"))
    parser.add_argument("--start", type=Path, help="checkpoint to take weights from, where the shapes agree")
    parser.add_argument("--epochs", type=int, default=200, help="of 60,000 examples each")
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    return parser.parse_args()


class Mixture:
    """Draws batches with a fixed share of each kind, each kind shuffled again when used up."""

    def __init__(self, parts: dict[str, Examples], batch: int, generator: torch.Generator):
        self.parts, self.generator = parts, generator
        self.counts = {name: round(batch * MIX[name]) for name in parts}
        self.queues = {name: torch.empty(0, dtype=torch.int64) for name in parts}

    def take(self, name, ease):
        n = self.counts[name]
        if len(self.queues[name]) < n:
            self.queues[name] = torch.randperm(len(self.parts[name]), generator=self.generator)
        index, self.queues[name] = self.queues[name][:n], self.queues[name][n:]
        part = self.parts[name]
        pixels = augment(part.pixels[index].float() / 255, STRENGTH[name] * ease, self.generator)
        return pixels, part.labels[index]

    def batch(self, ease):
        """ease: 1 for the full strength of augmentation, less for milder."""
        taken = [self.take(name, ease) for name in self.parts]
        return torch.cat([p for p, _ in taken]), torch.cat([l for _, l in taken])


def loss_of(logits, labels):
    """Digits: cross-entropy over the ten. No digit: towards uniform. All: whether it is a digit."""
    digit = labels != NO_DIGIT
    flat = -F.log_softmax(logits[~digit, :10], 1).mean(1)
    digit_loss = F.cross_entropy(logits[digit, :10], labels[digit], label_smoothing=SMOOTHING, reduction="sum")
    reject = F.binary_cross_entropy_with_logits(logits[:, 10], 1 - digit.float(), reduction="mean")
    return (digit_loss + 0.15 * flat.sum()) / len(labels) + 0.3 * reject


def infer(net, pixels, device, chunk=500):
    net.eval()
    outputs = []
    with torch.no_grad():
        for start in range(0, len(pixels), chunk):
            x = (pixels[start : start + chunk].float() / 255 - MEAN) / STD
            outputs.append(net(x.to(device, memory_format=torch.channels_last)).float().cpu())
    return torch.cat(outputs)


def evaluate(net, validation, device):
    figures = {}
    logits = {name: infer(net, validation[name].pixels, device) for name in DIGITS}
    for name, outputs in logits.items():
        labels = validation[name].labels
        figures[f"{name}_errors"] = (outputs[:, :10].argmax(1) != labels).float().mean().item() * 100
        figures[f"{name}_loss"] = F.cross_entropy(outputs[:, :10], labels).item()
    threshold = logits["redrawn"][:, 10].quantile(0.98)
    for name in OTHERS:
        others = validation[name].pixels[validation[name].labels == NO_DIGIT]
        figures[f"{name}_caught"] = (infer(net, others, device)[:, 10] > threshold).float().mean().item() * 100
    return figures


def has_bfloat16(device):
    """Whether the processor has instructions for bfloat16. Without them it is emulated, ten times slower than float32."""
    if device == "cuda":
        return torch.cuda.is_bf16_supported(including_emulation=False)
    able = torch.cpu.get_capabilities()
    return bool(able.get("amx_bf16") or able.get("avx512_bf16"))


def update_average(average, net, decay):
    with torch.no_grad():
        for a, b in zip(average.state_dict().values(), net.state_dict().values()):
            a.lerp_(b, 1 - decay) if a.is_floating_point() else a.copy_(b)


def append(path, row):
    new = not path.exists()
    with path.open("a", newline="") as file:
        writer = csv.DictWriter(file, row.keys())
        if new:
            writer.writeheader()
        writer.writerow(row)


def main():
    args = arguments()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    generator = torch.Generator().manual_seed(args.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    bfloat16 = has_bfloat16(device)
    print(f"{device}, {args.threads} threads, convolutions in {'bfloat16' if bfloat16 else 'float32'}")
    args.run.mkdir(parents=True, exist_ok=True)
    sets = {name: split(load(args.data, name)) for name in MIX}
    mixture = Mixture({name: s[0] for name, s in sets.items()}, args.batch, generator)
    validation = {name: s[1] for name, s in sets.items()}

    net = Network().to(device, memory_format=torch.channels_last)
    if args.start:
        saved = torch.load(args.start)["average"]
        own = net.state_dict()
        net.load_state_dict({k: saved[k] if k in saved and saved[k].shape == v.shape else v for k, v in own.items()})
    average = copy.deepcopy(net)
    steps = args.epochs * 60_000 // args.batch
    per_epoch = steps // args.epochs
    optimizer = torch.optim.AdamW(net.parameters(), args.rate, betas=(0.9, 0.99), weight_decay=0.03)
    warmup = 500

    def left(step):
        """1 on the plateau, down to 0 over the last DECAY of the run."""
        return min(1.0, (1 - step / steps) / DECAY)

    def rate(step):
        return min(1.0, step / warmup) * max(1e-3, 0.5 * (1 - math.cos(math.pi * left(step))))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    first, checkpoint = 0, args.run / "last.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        net.load_state_dict(saved["net"])
        average.load_state_dict(saved["average"])
        optimizer.load_state_dict(saved["optimizer"])
        schedule.load_state_dict(saved["schedule"])
        generator.set_state(saved["generator"])
        first = saved["epoch"] + 1

    for epoch in range(first, args.epochs):
        net.train()
        started, total = time.monotonic(), 0.0
        for _ in tqdm(range(per_epoch), desc=f"epoch {epoch + 1}/{args.epochs}", mininterval=5):
            pixels, labels = mixture.batch(EASED + (1 - EASED) * left(schedule.last_epoch))
            x = ((pixels - MEAN) / STD).to(device, memory_format=torch.channels_last)
            with torch.autocast(device, torch.bfloat16, enabled=bfloat16):
                logits = net(x)
            loss = loss_of(logits.float(), labels.to(device))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            update_average(average, net, min(0.999, 1 - 1 / (1 + schedule.last_epoch)))
            total += loss.item()
        seconds = round(time.monotonic() - started)
        if (epoch + 1) % MEASURED == 0 or epoch + 1 == args.epochs:
            row = {"epoch": epoch + 1, "seconds": seconds, "loss": round(total / per_epoch, 4)}
            row |= {k: round(v, 4) for k, v in evaluate(average, validation, device).items()}
            append(args.run / "curve.csv", row)
            tqdm.write(str(row))
        state = {"epoch": epoch, "net": net.state_dict(), "average": average.state_dict()}
        state |= {"optimizer": optimizer.state_dict(), "schedule": schedule.state_dict()}
        torch.save(state | {"generator": generator.get_state()}, checkpoint.with_suffix(".tmp"))
        checkpoint.with_suffix(".tmp").replace(checkpoint)


if __name__ == "__main__":
    main()
