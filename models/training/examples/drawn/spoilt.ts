import { likeness, normalizeOrNull } from '../example.ts';
import type { Medium } from '../pen/page.ts';
import { type Drawing, drawStrokes } from '../pen/pen.ts';
import type { Strokes } from '../pen/strokes.ts';
import { createRandom, type Random } from '../random.ts';

/** A struck digit as like the same digit without the lines as this: production has erased them. */
const STRUCK_LIKENESS_MAX = 0.85;
/** The ink that the picture's edge leaves of a half digit. */
const LEFT_MIN = 0.2;
const LEFT_MAX = 0.55;

/** What production makes of a digit of which the picture's edge cuts off about half; null where it finds nothing. */
export function renderHalf(strokes: Strokes, random: Random): Uint8Array | null {
  const whole = drawAlone(strokes, random);
  const share = random.uniform(LEFT_MIN, LEFT_MAX);
  return normalizeOrNull(cutAtEdge(whole, share, random), chooseMedium(random), random);
}

/** What production makes of a digit that one to three lines strike through; null where it erases them. */
export function renderStruck(strokes: Strokes, random: Random): Uint8Array | null {
  const clean = drawAlone(strokes, random);
  const struck = { ...clean, coverage: clean.coverage.slice() };
  const { left, right, top, bottom } = bounds(clean);
  const half = Math.max(0.6, (bottom - top) * random.uniform(0.015, 0.06));
  const slope = random.normal() * 0.25;
  const beyond = (bottom - top) * random.uniform(0.1, 0.35);
  const n = random.integer(1, 3);
  const middle = top + (bottom - top) * random.uniform(0.4, 0.65);
  for (let k = 0; k < n; k++) {
    const y = middle + (k - (n - 1) / 2) * (bottom - top) * random.uniform(0.12, 0.25);
    drawBar(struck, {
      from: left - beyond,
      to: right + beyond,
      y,
      slope: slope + random.normal() * 0.04,
      half,
    });
  }
  const medium = chooseMedium(random);
  const seed = random.integer(0, 2 ** 31);
  const pixels = normalizeOrNull(struck, medium, createRandom(seed));
  const unstruck = pixels && normalizeOrNull(clean, medium, createRandom(seed));
  return unstruck && likeness(pixels, unstruck) < STRUCK_LIKENESS_MAX ? pixels : null;
}

/** What production finds on paper with soft grey things on it, as beyond a photo's focus. */
export function renderBlobs(random: Random): Uint8Array | null {
  const [width, height] = [random.integer(60, 160), random.integer(60, 160)];
  const coverage = new Float32Array(width * height);
  for (let k = random.integer(1, 4); k > 0; k--) {
    const [cx, cy] = [random.uniform(0, width), random.uniform(0, height)];
    const long = random.uniform(0.06, 0.3) * Math.min(width, height);
    const wide = long * random.uniform(0.35, 1);
    const turn = random.uniform(0, Math.PI);
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const dark = random.uniform(0.2, 0.9);
    const edge = random.uniform(0.15, 1);
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        const u = ((x - cx) * cos + (y - cy) * sin) / long;
        const v = ((y - cy) * cos - (x - cx) * sin) / wide;
        const depth = (1 - Math.hypot(u, v)) / edge + 0.5;
        coverage[i] = Math.max(coverage[i]!, dark * Math.min(1, Math.max(0, depth)));
      }
    }
  }
  return normalizeOrNull({ coverage, width, height }, 'paper', random);
}

function chooseMedium(random: Random): Medium {
  return random.chance(0.5) ? 'screen' : 'paper';
}

function drawAlone(strokes: Strokes, random: Random): Drawing {
  const side = Math.round(Math.exp(random.uniform(Math.log(40), Math.log(140))));
  const size = side * random.uniform(0.4, 0.65);
  return drawStrokes(strokes, { width: side, height: side, size, overhang: 0 }, random);
}

function bounds({ coverage, width }: Drawing) {
  const box = { left: Infinity, top: Infinity, right: 0, bottom: 0 };
  for (let i = 0; i < coverage.length; i++) {
    if (coverage[i]! < 0.5) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x + 1);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y + 1);
  }
  return box;
}

/** A flat straight line between two columns; `y` is its height at their middle. */
function drawBar(
  { coverage, width, height }: Drawing,
  { from, to, y, slope, half }: { from: number; to: number; y: number; slope: number; half: number },
): void {
  for (let x = Math.max(0, Math.floor(from)); x < Math.min(width, to); x++) {
    const middle = y + slope * (x - (from + to) / 2);
    for (
      let row = Math.max(0, Math.floor(middle - half - 1));
      row < Math.min(height, middle + half + 1);
      row++
    ) {
      const depth = half - Math.abs(row + 0.5 - middle) + 0.5;
      const i = row * width + x;
      coverage[i] = Math.max(coverage[i]!, Math.min(1, Math.max(0, depth)));
    }
  }
}

/** The page cut at one of its sides so that this share of the ink is left on it. */
function cutAtEdge(drawing: Drawing, share: number, random: Random): Drawing {
  const { coverage, width, height } = drawing;
  const isAcross = random.chance(0.5);
  const n = isAcross ? height : width;
  const lines = new Float64Array(n);
  for (let i = 0; i < coverage.length; i++) {
    const line = isAcross ? Math.floor(i / width) : i % width;
    lines[line] = lines[line]! + coverage[i]!;
  }
  const total = lines.reduce((a, b) => a + b, 0);
  const keepsFirst = random.chance(0.5);
  let kept = 0;
  let left = 0;
  for (; kept < n && left < share * total; kept++) left += lines[keepsFirst ? kept : n - 1 - kept]!;
  const start = keepsFirst ? 0 : n - kept;
  const page = isAcross ? { width, height: kept } : { width: kept, height };
  const out = new Float32Array(page.width * page.height);
  for (let i = 0; i < out.length; i++) {
    const [x, y] = [i % page.width, Math.floor(i / page.width)];
    out[i] = isAcross ? coverage[(y + start) * width + x]! : coverage[y * width + x + start]!;
  }
  return { coverage: out, ...page };
}
