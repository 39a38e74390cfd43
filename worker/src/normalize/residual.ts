import type { Grid } from './grid.ts';
import { noiseLimit, paperLevel, paperNoise } from './noise.ts';
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
  for (let i = 0; i < values.length; i++) {
    const value = values[i]! - paper;
    values[i] = Math.max(0, value);
  }
  return { values, width, height, noise };
}
