import type { Random } from '../../training/examples/random.ts';
import type { PickDigit } from './digits.ts';
import { addLayer, createLayer, cropToInk, INK, type Layer, partSizes } from './layer.ts';
import { type Hand, writeDigit } from './write-digit.ts';

/** Space between two digits: `apart` between their boxes, `close` and `touching` between their ink. */
export type Spacing = 'apart' | 'close' | 'touching';

/** How often another digit is drawn where two would have to stand on top of each other to touch. */
const TRIES = 12;
/** How much of the narrower digit's width may stand over or under its neighbour. */
const OVERLAP_MAX = 0.3;

/** Writes digits in a row: a little larger and smaller, higher and lower, more and less slanted. Ends where its ink ends. */
export function writeNumber(
  text: string,
  { hand, spacing, pickDigit }: { hand: Hand; spacing: Spacing; pickDigit: PickDigit },
  random: Random,
): Layer {
  const { height } = hand;
  const row = createLayer((text.length + 1) * 1.8 * height, 2 * height);
  let before: { layer: Layer; left: number; top: number } | null = null;
  for (const digit of text) {
    for (let tries = TRIES; ; tries--) {
      const layer = writeDigit(pickDigit(Number(digit), random), {
        ...hand,
        height: height * random.uniform(0.92, 1.06),
        slant: hand.slant + random.normal() * 0.03,
        turn: hand.turn + random.normal() * 0.02,
      });
      // A five with a bar apart makes two things of digits that touch.
      if (spacing === 'touching' && partSizes(layer).length > 1 && tries > 0) continue;
      const top = Math.round(1.5 * height - layer.height + random.normal() * 0.025 * height);
      if (!before) {
        before = { layer, left: Math.round(height / 2), top };
        break;
      }
      const left = placeBeside(before, layer, top, chooseGap(spacing, height, random), spacing === 'apart');
      const overlap = before.left + before.layer.width - left;
      if (overlap > OVERLAP_MAX * Math.min(layer.width, before.layer.width) && tries > 0) continue;
      before = { layer, left, top };
      break;
    }
    addLayer(row, before.layer, before);
  }
  return cropToInk(row);
}

/** In pixels; below zero where strokes run into each other. */
function chooseGap(spacing: Spacing, height: number, random: Random): number {
  if (spacing === 'apart') return Math.ceil(random.uniform(0.15, 0.4) * height);
  return spacing === 'close' ? Math.round(random.uniform(0.04, 0.1) * height) : -random.integer(1, 3);
}

/** The left edge of a digit that stands `gap` pixels from the one before it. */
function placeBeside(
  before: { layer: Layer; left: number; top: number },
  layer: Layer,
  top: number,
  gap: number,
  boxes: boolean,
): number {
  if (boxes) return before.left + before.layer.width + gap;
  // Ink that is near in a row above or below is near, too.
  const reach = Math.max(0, gap);
  let left = -Infinity;
  for (let y = 0; y < layer.height; y++) {
    const start = firstInk(layer, y);
    if (start < 0) continue;
    for (let dy = -reach; dy <= reach; dy++) {
      const end = lastInk(before.layer, y + top - before.top + dy);
      if (end < 0) continue;
      const across = gap > 0 ? Math.sqrt(gap * gap - dy * dy) : gap;
      left = Math.max(left, before.left + end + 1 + across - start);
    }
  }
  // Two digits that share no row, as where one stands higher: beside each other.
  return Math.round(left === -Infinity ? before.left + before.layer.width + gap : left);
}

/** The first column of a row with ink; -1 where it has none. */
function firstInk({ coverage, width }: Layer, y: number): number {
  for (let x = 0; x < width; x++) if (coverage[y * width + x]! >= INK) return x;
  return -1;
}

function lastInk({ coverage, width, height }: Layer, y: number): number {
  if (y < 0 || y >= height) return -1;
  for (let x = width - 1; x >= 0; x--) if (coverage[y * width + x]! >= INK) return x;
  return -1;
}
