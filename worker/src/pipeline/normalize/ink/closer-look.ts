import type { Bitmap } from '../../bitmap.ts';
import { inkUp } from '../paper/residual.ts';
import { reduce } from '../raster/reduce.ts';
import { boundsOf, longSide, type Region } from '../raster/region.ts';
import { magnify, type Zoom } from '../raster/zoom.ts';
import type { StepObserver } from '../step-observer.ts';
import { alongAxis } from './contrast.ts';
import { type FoundDigit, findDigitIn, type View } from './find.ts';
import type { Overview } from './overview.ts';

/** A digit whose long side is shorter than this in the overview, in pixels, is looked at again from closer up. */
const SIDE_MIN = 24;
/** How long that side is to be from closer up. */
const SIDE_WANTED = 40;
/** Paper around the digit: a share of its long side, and pixels of the overview, by which its bounds may be off. */
const MARGIN = { share: 0.25, overviewPixels: 2 };

/**
 * Finds the digit again where it is small in the overview, with more of its pixels: null where that would show no more, or
 * finds nothing.
 *
 * @param view of the overview in which `digit` was found
 */
export function lookCloser(
  bitmap: Bitmap,
  { overview, view, digit }: { overview: Overview; view: View; digit: FoundDigit },
  observe: StepObserver,
): FoundDigit | null {
  const { axis, factor } = overview;
  const zoom = zoomOn(boundsOf(digit.parts), factor, bitmap);
  if (!zoom) return null;
  const grey = alongAxis(reduce(bitmap, zoom.region, zoom.factor), axis);
  const mask = magnify(digit.mask, factor, zoom, grey);
  const background = magnify(view.background, factor, zoom, grey);
  const { polarity } = view;
  return findDigitIn({ up: inkUp(grey, polarity), background, polarity, mask }, observe);
}

/**
 * The part of a bitmap to look at again for a digit that is small in the overview; null where it would show no more.
 *
 * @param bounds of the digit in the overview
 * @param factor by which the overview is reduced
 */
export function zoomOn(
  bounds: Region,
  factor: number,
  bitmap: { width: number; height: number },
): Zoom | null {
  const side = longSide(bounds) * factor;
  if (longSide(bounds) >= SIDE_MIN) return null;
  const closer = Math.max(1, Math.round(side / SIDE_WANTED));
  if (closer >= factor) return null;
  const margin = Math.ceil(MARGIN.share * side) + MARGIN.overviewPixels * factor;
  const region = {
    left: Math.max(0, bounds.left * factor - margin),
    top: Math.max(0, bounds.top * factor - margin),
    right: Math.min(bitmap.width, bounds.right * factor + margin),
    bottom: Math.min(bitmap.height, bounds.bottom * factor + margin),
  };
  return { region, factor: closer };
}
