import { closeCropSide, type Grid, percentile } from './grid.ts';
import type { Polarity } from './polarity.ts';

/** How far each pixel stands out of the paper behind it, and how far paper alone does. */
export interface Residual extends Grid {
  /** Standard deviation of paper and sensor, in grey levels. */
  noise: number;
}

/** Darkest paper whose ink is scaled up to what it would be in full light. */
const paperMin = 64;

/** A copy in which ink is always the brighter: dark-on-light is turned round. */
export function inkUp({ values, width, height }: Grid, polarity: Polarity): Grid {
  if (polarity === 'light-on-dark') return { values, width, height };
  const turned = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) turned[i] = 255 - values[i]!;
  return { values: turned, width, height };
}

/**
 * Takes the background off a grid in which ink is the brighter: 0 is paper, larger is ink. On dark-on-light pictures
 * ink is measured as a share of the light that falls on it, so that a stroke is as strong in a shadow as beside it.
 */
export function subtractBackground(up: Grid, background: Grid, polarity: Polarity): Residual {
  const { width, height } = up;
  const values = new Float32Array(width * height);
  for (let i = 0; i < values.length; i++) {
    const paper = background.values[i]!;
    const value = up.values[i]! - paper;
    values[i] = polarity === 'dark-on-light' ? (value * 255) / Math.max(paperMin, 255 - paper) : value;
  }
  const noise = Math.min(paperNoise({ values, width, height }), noiseLimit(up));
  const paper = paperLevel(values, 3 * noise + 3);
  for (let i = 0; i < values.length; i++) values[i] = Math.max(0, values[i]! - paper);
  return { values, width, height, noise };
}

/** Pixels so far apart are compared: next to each other, compression has smoothed them. */
const noiseDistance = 2;
const noiseResolution = 8;

/**
 * Standard deviation of the paper, from the differences between pixels in a row. The smallest third of them lies on
 * paper even where ink fills half of the picture, or a shadow's edge crosses it; a normal distribution gives the factor.
 */
function paperNoise({ values, width, height }: Grid): number {
  const histogram = new Uint32Array(256);
  for (let y = 0; y < height; y++) {
    for (let i = y * width, end = i + width - noiseDistance; i < end; i++) {
      const difference = Math.abs(values[i + noiseDistance]! - values[i]!) * noiseResolution;
      histogram[difference >= 255 ? 255 : difference | 0]!++;
    }
  }
  return (1.83 * percentile(histogram, 0.3)) / noiseResolution;
}

/** A small close crop may show no paper from which to tell its noise: there, it is taken to be little. */
function noiseLimit({ values, width, height }: Grid): number {
  if (Math.max(width, height) > closeCropSide) return Infinity;
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return 0.04 * (high - low);
}

/** What the background estimate left of the paper's level: the median of all that is near it. */
function paperLevel(values: Float32Array, reach: number): number {
  const histogram = new Uint32Array(256);
  const scale = 127 / reach;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value > -reach && value < reach) histogram[(value * scale + 127.5) | 0]!++;
  }
  const bin = percentile(histogram, 0.5);
  return bin === 255 ? 0 : (bin - 127) / scale;
}
