import type { Bitmap } from '../../bitmap.ts';
import { CLOSE_CROP_SIDE } from '../paper/close-crop.ts';
import { partedAtEdge } from '../paper/edge-to-edge.ts';
import type { Grid } from '../raster/grid.ts';
import { reduce } from '../raster/reduce.ts';
import type { Region } from '../raster/region.ts';
import { type Axis, alongAxis, inkContrast } from './contrast.ts';

/** Long side of the overview in pixels: enough to find a digit on a page, few enough to cost little. */
const OVERVIEW_SIDE = 64;

/** The whole bitmap, reduced so that the digit can be found on it. */
export interface Overview {
  grey: Grid;
  /** The colour axis that `grey` lies along. */
  axis: Axis;
  /** Pixels of the bitmap along a side of one pixel of the overview. */
  factor: number;
  /** What `partedAtEdge` found: null where the digit has room around it. */
  parted: number | null;
}

export function takeOverview(bitmap: Bitmap): Overview {
  const whole: Region = { left: 0, top: 0, right: bitmap.width, bottom: bitmap.height };
  const side = Math.max(bitmap.width, bitmap.height);
  const factor = Math.ceil(side / OVERVIEW_SIDE);
  const { grey, axis } = inkContrast(reduce(bitmap, whole, factor));
  const parted = partedAtEdge(grey);
  const closeCropFactor = Math.ceil(side / CLOSE_CROP_SIDE);
  if (parted === null || closeCropFactor === factor) return { grey, axis, factor, parted };
  // At the size of a close crop, every step takes the overview for one.
  const small = alongAxis(reduce(bitmap, whole, closeCropFactor), axis);
  return { grey: small, axis, factor: closeCropFactor, parted };
}
