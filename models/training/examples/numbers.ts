import { ImageError } from '@inkqueue/worker/pipeline/image-error';
import { normalize } from '@inkqueue/worker/pipeline/normalize';
import type { Box, Candidate } from '@inkqueue/worker/pipeline/reading';
import { isDigitByChance } from './drawn/shapes.ts';
import { likeness } from './example.ts';
import { type Medium, photograph } from './pen/page.ts';
import { choosePen, type Drawing, drawStrokes, type Pen } from './pen/pen.ts';
import type { Strokes } from './pen/strokes.ts';
import { createRandom, type Random } from './random.ts';
import { NO_DIGIT } from './shards.ts';

/** A candidate as like one of the digits as this shows that digit, … */
const SAME_MIN = 0.93;
/** … one less like all of them shows none, and those between are of no use. */
const OTHER_MAX = 0.8;
/** The boxes of a digit and of a candidate for it overlap by this share of both together; less, where it is none. */
const SAME_BOX_MIN = 0.7;
const OTHER_BOX_MAX = 0.6;
/** A digit on paper has at least this likeness to the same on a screen, or a rule or a shadow was taken for it. */
const CLEAN_MIN = 0.75;

/** How far apart digits of a number stand, as shares of their height, and how often. */
const GAPS: [from: number, to: number][] = [
  [0.05, 0.5],
  [0, 0.08],
  [-0.08, 0.02],
  [-0.14, 0],
];

/** One of a number's digits. */
export interface Written {
  strokes: Strokes;
  label: number;
  /** The MNIST digit that it is. */
  origin: number;
}

export interface NumberExample {
  pixels: Uint8Array;
  /** Digit, or NO_DIGIT. */
  label: number;
  /** The MNIST digit that it shows; of no digit, one of those that it was cut from. */
  origin: number;
}

/**
 * Writes digits in a row, apart or touching, on a random page and lets production cut the page into candidates. Those that
 * are like one of the digits alone in the same place show that digit; those like none show no digit: halves, pairs, and
 * digits with a piece of their neighbour. No more of these are taken than of digits.
 */
export function renderNumber(written: readonly Written[], random: Random): NumberExample[] {
  const { together, alone } = drawNumber(written, random);
  const medium: Medium = random.chance(0.5) ? 'screen' : 'paper';
  const seed = random.integer(0, 2 ** 31);
  const candidates = findCandidates(together, medium, seed);
  const digits = alone.map((drawing, k) => {
    const digit = findAlone(drawing, medium, seed);
    const clean = digit && medium === 'paper' ? findAlone(drawing, 'screen', seed) : digit;
    if (!digit || !clean || likeness(digit.pixels, clean.pixels) < CLEAN_MIN) return null;
    return { ...written[k]!, ...digit };
  });
  // Where one of the digits is not known, nobody can say that a candidate is none of them.
  const known = digits.filter((digit) => digit !== null);
  if (known.length < written.length) return [];
  const examples = candidates.map((candidate) => judge(candidate, known)).filter((it) => it !== null);
  const cutouts = examples.filter(({ label }) => label !== NO_DIGIT);
  const fragments = examples.filter(({ label }) => label === NO_DIGIT);
  for (let k = fragments.length; k > Math.max(1, cutouts.length); k--)
    fragments.splice(random.integer(0, fragments.length - 1), 1);
  return [...cutouts, ...fragments];
}

type Found = Pick<Candidate, 'pixels' | 'box'>;

/** What a candidate shows, by the digits as they are alone; null where that is not clear. */
export function judge(candidate: Found, digits: readonly (Found & Written)[]): NumberExample | null {
  const { pixels, box } = candidate;
  const near = digits.map((digit) => ({
    digit,
    like: likeness(pixels, digit.pixels),
    shared: sharedBox(box, digit.box),
  }));
  const best = near.reduce((a, b) => (b.like > a.like ? b : a));
  const { label, origin } = best.digit;
  if (best.like >= SAME_MIN && best.shared >= SAME_BOX_MIN) return { pixels, label, origin };
  const isOther = near.every(({ like, shared }) => like < OTHER_MAX && shared < OTHER_BOX_MAX);
  return isOther && !isDigitByChance(pixels) ? { pixels, label: NO_DIGIT, origin } : null;
}

/** What two boxes share, of what they cover together. */
function sharedBox(a: Box, b: Box): number {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared / (a.width * a.height + b.width * b.height - shared);
}

/** A drawing of all digits in a row with one pen, and one of each alone on the same page. */
function drawNumber(written: readonly Written[], random: Random): { together: Drawing; alone: Drawing[] } {
  const height = Math.exp(random.uniform(Math.log(20), Math.log(90)));
  const pen: Pen = { ...choosePen(random), wobble: random.uniform(0, 0.015) };
  const [from, to] = random.pick(GAPS);
  const side = Math.ceil(1.25 * height);
  const tiles = written.map(({ strokes }) => {
    const size = height * random.uniform(0.85, 1.1);
    return drawStrokes(strokes, { width: side, height: side, size, overhang: 0 }, random, pen);
  });
  const margin = () => Math.round(height * random.uniform(0.05, 0.8));
  const [left, top, right, bottom] = [margin(), margin(), margin(), margin()];
  const places = placeInRow(tiles, () => random.uniform(from, to) * height);
  const page = { width: left + Math.max(...places) + side + right, height: top + side + bottom };
  const alone = tiles.map((tile, k) => putOn(page, tile, left + places[k]!, top));
  const coverage = new Float32Array(page.width * page.height);
  for (const drawing of alone)
    for (let i = 0; i < coverage.length; i++) coverage[i] = Math.max(coverage[i]!, drawing.coverage[i]!);
  return { together: { coverage, ...page }, alone };
}

/** Where tiles go so that the ink of neighbours comes as near as `gap` says. */
function placeInRow(tiles: readonly Drawing[], gap: () => number): number[] {
  const places: number[] = [];
  const reach = new Float32Array(tiles[0]!.height).fill(-Infinity);
  for (const tile of tiles) {
    const first = firstInRows(tile, 1);
    const last = firstInRows(tile, -1);
    let place = -Math.min(...first);
    if (places.length > 0) {
      const room = Math.max(...first.map((x, y) => reach[y]! - x));
      place = Math.round(room + gap());
    }
    places.push(place);
    for (let y = 0; y < reach.length; y++)
      if (last[y]! < Infinity) reach[y] = Math.max(reach[y]!, place + last[y]! + 1);
  }
  const leftmost = Math.min(...places);
  return places.map((place) => place - leftmost);
}

/** Where ink begins in each row, from the left (1) or the right (-1); Infinity where there is none. */
function firstInRows({ coverage, width, height }: Drawing, step: 1 | -1): number[] {
  return Array.from({ length: height }, (_, y) => {
    for (let k = 0, x = step === 1 ? 0 : width - 1; k < width; k++, x += step)
      if (coverage[y * width + x]! > 0.5) return x;
    return Infinity;
  });
}

function putOn(page: { width: number; height: number }, tile: Drawing, left: number, top: number): Drawing {
  const coverage = new Float32Array(page.width * page.height);
  for (let y = 0; y < tile.height; y++) {
    for (let x = 0; x < tile.width; x++)
      coverage[(top + y) * page.width + left + x] = tile.coverage[y * tile.width + x]!;
  }
  return { coverage, ...page };
}

/** All candidates on a page; none where production finds no ink. The same seed makes the same page. */
function findCandidates(drawing: Drawing, medium: Medium, seed: number): Candidate[] {
  try {
    const { lines } = normalize(photograph(drawing, medium, createRandom(seed)), { expect: 'many' });
    return lines.flatMap(({ candidates }) => candidates);
  } catch (error) {
    if (error instanceof ImageError) return [];
    throw error;
  }
}

/** The digit alone on a page: the one candidate that no other goes beyond; null where there are several. */
function findAlone(drawing: Drawing, medium: Medium, seed: number): Candidate | null {
  const candidates = findCandidates(drawing, medium, seed);
  const pieces = Math.max(...candidates.map(({ to }) => to));
  const whole = candidates.filter(({ from, to }) => from === 0 && to === pieces);
  return whole.length === 1 ? whole[0]! : null;
}
