import { crop, type Grid } from '../raster/grid.ts';
import { longSide } from '../raster/region.ts';
import { strokeThickness } from '../raster/thickness.ts';
import { growStroke } from './grow.ts';
import { BOX_SIDE, inkBounds } from './place.ts';

/**
 * Stroke thickness in the 20×20 box, in pixels. MNIST's lie between 1.65 and 3.5 (90 % of them) around 2.4; what is
 * thinner comes from a fine pen or a one-pixel line and is drawn up to 2.2, what is thicker than 4.2 is thinned.
 */
const THIN = 1.65;
const THIN_TARGET = 2.2;
const THICK = 4.2;
/** How fast growth sets in below THIN: the thinner a stroke, the more it grows. */
const THIN_GROWTH = 0.7;
/** A stroke loses at most this share of its thickness on each side, and gains at most this share of the digit's side. */
const LOSS_MAX = 0.2;
const GAIN_MAX = 0.15;
/** Room around the ink, beside that for growing: no step meets the grid's edge. */
const MARGIN = 2;

/** Crops ink to the digit and brings its strokes to a thickness that occurs in MNIST. */
export function fitStroke(ink: Grid): Grid {
  const box = inkBounds(ink);
  const side = longSide(box);
  const scale = BOX_SIDE / side;
  const thickness = strokeThickness(crop(ink, box, 0));
  const grow = growth(thickness * scale) / scale / 2;
  const limited = Math.max(-LOSS_MAX * thickness, Math.min(GAIN_MAX * side, grow));
  return growStroke(crop(ink, box, Math.ceil(Math.max(0, limited)) + MARGIN), limited);
}

/** Pixels to add to a thickness, both in the 20×20 box. */
function growth(thickness: number): number {
  if (thickness < THIN) return Math.min(THIN_TARGET, THIN + THIN_GROWTH * (THIN - thickness)) - thickness;
  return Math.min(0, THICK - thickness);
}
