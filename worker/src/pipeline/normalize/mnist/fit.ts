import { crop, type Grid, longSide } from '../raster/grid.ts';
import { digitBox, inkBounds } from './place.ts';
import { growStroke, strokeThickness } from './stroke.ts';

/**
 * Stroke thickness in the 20×20 box, in pixels. MNIST's lie between 1.65 and 3.5 (90 % of them) around 2.4; what is
 * thinner comes from a fine pen or a one-pixel line and is drawn up to 2.2, what is thicker than 4.2 is thinned.
 */
const thin = 1.65;
const thinTarget = 2.2;
const thick = 4.2;

/** Crops ink to the digit and brings its strokes to a thickness that occurs in MNIST. */
export function fitStroke(ink: Grid): Grid {
  const box = inkBounds(ink);
  const side = longSide(box);
  const scale = digitBox / side;
  const thickness = strokeThickness(crop(ink, box, 0));
  const grow = growth(thickness * scale) / scale / 2;
  const limited = Math.max(-0.2 * thickness, Math.min(0.15 * side, grow));
  return growStroke(crop(ink, box, Math.ceil(Math.max(0, limited)) + 2), limited);
}

/** Pixels to add to a thickness, both in the 20×20 box. */
function growth(thickness: number): number {
  if (thickness < thin) return Math.min(thinTarget, thin + 0.7 * (thin - thickness)) - thickness;
  return Math.min(0, thick - thickness);
}
