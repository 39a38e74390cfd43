import type { Bitmap } from '../../bitmap.ts';
import { alongAxis } from '../ink/contrast.ts';
import { inkThreshold } from '../ink/find.ts';
import type { Overview } from '../ink/overview.ts';
import { eraseRuledLines } from '../ink/ruled-lines.ts';
import { estimateBackground } from '../paper/background.ts';
import type { Polarity } from '../paper/polarity.ts';
import { inkUp, type Residual, subtractBackground } from '../paper/residual.ts';
import { cellMeans } from '../raster/cells.ts';
import { type Labelling, labelComponents } from '../raster/components.ts';
import { reduce } from '../raster/reduce.ts';

/** Long side in pixels: enough for each digit of a line, where an overview is enough for one. */
const DETAIL_SIDE = 400;
/** What the overview takes for the digit is about this high, in pixels, where it may be: more shows nothing more. */
const DIGIT_HEIGHT = 80;

/** The whole bitmap at a size at which digits can be told from what is around them. */
export interface Detail extends Labelling {
  /** Ink without ruled lines; 0 is paper. */
  ink: Residual;
  /** Above it a value is ink. */
  threshold: number;
  /** Pixels of the bitmap along a side of one pixel of the detail. */
  factor: number;
  /** Of the bitmap, in its pixels. */
  size: { width: number; height: number };
}

/** The least by which a bitmap is reduced. */
export function leastFactor({ width, height }: { width: number; height: number }): number {
  return Math.ceil(Math.max(width, height) / DETAIL_SIDE);
}

export interface Page {
  polarity: Polarity;
  height: number;
  isRuled: boolean;
}

/**
 * @param page.height of what the overview takes for the digit, in pixels of the bitmap
 * @param page.isRuled whether the overview shows ruled lines: searching for them takes longer than all the rest
 */
export function takeDetail(bitmap: Bitmap, { axis }: Overview, { polarity, height, isRuled }: Page): Detail {
  const factor = Math.max(leastFactor(bitmap), Math.floor(height / DIGIT_HEIGHT));
  const whole = { left: 0, top: 0, right: bitmap.width, bottom: bitmap.height };
  const grey = alongAxis(reduce(bitmap, whole, factor), axis);
  const cells = cellMeans(grey);
  const up = inkUp(grey, polarity);
  const papers = { ...inkUp(cells, polarity), side: cells.side };
  const background = estimateBackground(up, papers, { isCut: false });
  const residual = subtractBackground(up, background, polarity);
  const threshold = inkThreshold(residual);
  const ink = { ...(isRuled ? eraseRuledLines(residual, threshold) : residual), noise: residual.noise };
  const size = { width: bitmap.width, height: bitmap.height };
  return { ink, threshold, factor, size, ...labelComponents(ink, threshold) };
}
