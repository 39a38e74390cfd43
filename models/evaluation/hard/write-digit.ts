import type { Strokes } from '../../training/examples/pen/strokes.ts';
import type { Random } from '../../training/examples/random.ts';
import type { Glyph } from './digits.ts';
import { createLayer, cropToInk, type Layer } from './layer.ts';

/** How a digit is written. */
export interface Hand {
  /** Of an upright digit, in pixels. */
  height: number;
  /** Half of the stroke's width, as a share of the height. */
  pen: number;
  /** A round pen of one width; otherwise the stroke keeps its own shape, thinned or thickened. */
  round: boolean;
  /** To the right at the top, as a share of the height. */
  slant: number;
  /** Clockwise, in radians. */
  turn: number;
  /** Width over MNIST's width. */
  stretch: number;
}

/** A hand as people have it. `height` in pixels. */
export function chooseHand(height: number, random: Random): Hand {
  return {
    height,
    pen: random.uniform(0.03, 0.065),
    round: random.chance(0.4),
    slant: random.normal() * 0.08,
    turn: random.normal() * 0.03,
    stretch: random.uniform(0.9, 1.05),
  };
}

/** Draws a digit; the layer ends where its ink ends. */
export function writeDigit({ strokes, penRadius }: Glyph, hand: Hand): Layer {
  const { box } = strokes;
  const tall = box.bottom - box.top;
  const scale = hand.height / tall;
  const radius = hand.pen * tall;
  // A thick stroke that is thinned a lot keeps to its middle line; a thin one that is thickened a lot fills its holes.
  const offset = Math.min(0.04 * tall, radius - penRadius);
  const side = 1.6 * Math.max(tall, (box.right - box.left) * hand.stretch) * scale + 4 * radius * scale;
  const layer = createLayer(side, side);
  const [cos, sin] = [Math.cos(hand.turn) / scale, Math.sin(hand.turn) / scale];
  const [mx, my] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  for (let y = 0, i = 0; y < layer.height; y++) {
    for (let x = 0; x < layer.width; x++, i++) {
      const [dx, dy] = [x + 0.5 - layer.width / 2, y + 0.5 - layer.height / 2];
      const down = cos * dy - sin * dx;
      const u = mx + (cos * dx + sin * dy + hand.slant * down) / hand.stretch;
      const v = my + down;
      const line = radius - sample(strokes.spine, strokes, u, v);
      const depth = hand.round
        ? line
        : Math.max(sample(strokes.edge, strokes, u, v) + offset, line - radius / 3);
      layer.coverage[i] = Math.min(1, Math.max(0, depth * scale + 0.5));
    }
  }
  return cropToInk(layer);
}

/** Bilinear. Outside the grid, the distance to the grid is added. */
function sample(field: Float32Array, { width, height, detail }: Strokes, u: number, v: number): number {
  const [x, y] = [u * detail - 0.5, v * detail - 0.5];
  const cx = Math.min(width - 1.001, Math.max(0, x));
  const cy = Math.min(height - 1.001, Math.max(0, y));
  const [i, j] = [Math.floor(cx), Math.floor(cy)];
  const [s, t] = [cx - i, cy - j];
  const at = j * width + i;
  const inside =
    (field[at]! * (1 - s) + field[at + 1]! * s) * (1 - t) +
    (field[at + width]! * (1 - s) + field[at + width + 1]! * s) * t;
  const away = Math.hypot(x - cx, y - cy) / detail;
  return inside < 0 ? inside - away : inside + away;
}
