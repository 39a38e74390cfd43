import { ImageError } from '../../image-error.ts';
import { estimateBackground } from '../paper/background.ts';
import { findPolarity, opposite, type Polarity } from '../paper/polarity.ts';
import { inkUp, type Residual, subtractBackground } from '../paper/residual.ts';
import { cellMeans } from '../raster/cells.ts';
import { type Component, labelComponents } from '../raster/components.ts';
import type { Grid } from '../raster/grid.ts';
import type { StepObserver } from '../step-observer.ts';
import { type ExtractedInk, extractInk } from './extraction.ts';
import { dropFrames } from './frames.ts';
import { inkLevel } from './level.ts';
import type { Overview } from './overview.ts';
import { digitParts } from './parts.ts';
import { eraseRuledLines } from './ruled-lines.ts';

/** Paper's grain reaches up to this many grey levels and standard deviations. */
const GRAIN = { levels: 4, deviations: 4 };
/** The share of the ink up to whose level ink counts as strong, and the share of that level above which there is ink. */
const STRONG = { inkShare: 0.6, levelShare: 0.22 };
/** Ink that differs less from its paper, in grey levels, is a stain or nothing. */
const CONTRAST_MIN = 12;

/** A grid in which ink is the brighter, and what lies behind the ink. */
export interface View {
  up: Grid;
  background: Grid;
  polarity: Polarity;
  /** Where the overview found ink; 0 elsewhere. */
  mask?: Grid;
}

export interface FoundDigit extends ExtractedInk {
  /** The components that make up the digit. */
  parts: Component[];
  /** All other ink. */
  others: Component[];
  /** Whether ruled lines were erased. */
  isRuled: boolean;
}

/**
 * Finds the digit of an overview: with ink of the likely polarity, else of the other.
 *
 * @throws ImageError no-ink where nothing stands out of the paper
 */
export function findDigit(overview: Overview, observe: StepObserver): { view: View; digit: FoundDigit } {
  const { grey, parted } = overview;
  const cells = cellMeans(grey);
  const likely = findPolarity(cells, parted);
  for (const polarity of [likely, opposite(likely)]) {
    const up = inkUp(grey, polarity);
    const papers = { ...inkUp(cells, polarity), side: cells.side };
    const background = estimateBackground(up, papers, { isCut: parted !== null });
    observe('background', background, 255);
    const view = { up, background, polarity };
    const digit = findDigitIn(view, observe);
    if (digit) return { view, digit };
  }
  throw new ImageError('no-ink', 'No ink was found on the picture.');
}

/** Finds the digit of a view: null where no ink stands out. */
export function findDigitIn(
  { up, background, polarity, mask }: View,
  observe: StepObserver,
): FoundDigit | null {
  const residual = subtractBackground(up, background, polarity);
  observe('residual', residual, 255);
  if (mask) for (let i = 0; i < mask.values.length; i++) if (mask.values[i] <= 0) residual.values[i] = 0;
  const threshold = inkThreshold(residual);
  const unruled = eraseRuledLines(residual, threshold);
  const labelling = labelComponents(unruled, threshold);
  const parts = digitParts(dropFrames(labelling, unruled), unruled);
  if (parts.length === 0) return null;
  const extracted = extractInk({ ...unruled, noise: residual.noise }, labelling, parts);
  if (extracted.contrast < CONTRAST_MIN) return null;
  const { components } = labelling;
  const others =
    components.length === parts.length ? [] : components.filter((component) => !parts.includes(component));
  return { ...extracted, parts, others, isRuled: unruled !== residual };
}

/** Above it a value is ink: more than paper's grain, and not too faint beside the strong ink. */
export function inkThreshold({ values, noise }: Residual): number {
  const grain = GRAIN.levels + GRAIN.deviations * noise;
  return Math.max(grain, STRONG.levelShare * inkLevel(values, grain, STRONG.inkShare));
}
