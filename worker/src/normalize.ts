import { estimateBackground } from './normalize/background.ts';
import { labelComponents } from './normalize/components.ts';
import { boundsOf, digitParts } from './normalize/digit-parts.ts';
import { dropFrames } from './normalize/frames.ts';
import { eraseRuledLines } from './normalize/ruled-lines.ts';
import { type Grid, longSide, type Region } from './normalize/grid.ts';
import { alongAxis, inkContrast } from './normalize/ink-contrast.ts';
import { inkBounds, place } from './normalize/place.ts';
import { findPolarity, type Polarity } from './normalize/polarity.ts';
import { reduce } from './normalize/reduce.ts';
import { inkUp, subtractBackground } from './normalize/residual.ts';
import { growStroke, strokeThickness } from './normalize/stroke.ts';
import { type Picture, PictureError } from './picture.ts';

/** A digit as the network was trained on: 28×28 ink, 0 none to 255 full, centred by mass. */
export interface NormalizedDigit {
  pixels: Uint8Array;
  polarity: Polarity;
  /** Grey levels between paper and ink, 0…255. */
  contrast: number;
  /** Standard deviation of the paper, in grey levels. */
  noise: number;
  /** Separate pieces of ink that were kept. */
  parts: number;
  /** Share of all ink found on the picture that was kept, 0…1. */
  keptInk: number;
}

const overviewSide = 80;
const digitBox = 20;

/** The picture as a whole, reduced. */
interface Overview {
  up: Grid;
  background: Grid;
  polarity: Polarity;
}

export function normalize(picture: Picture): NormalizedDigit {
  const whole: Region = { left: 0, top: 0, right: picture.width, bottom: picture.height };
  const factor = Math.ceil(longSide(whole) / overviewSide);
  const { grey, axis } = inkContrast(reduce(picture, whole, factor));
  const likely = findPolarity(grey);
  let overview = look(grey, likely);
  let found = findInk(overview);
  if (!found) {
    overview = look(grey, likely === 'dark-on-light' ? 'light-on-dark' : 'dark-on-light');
    found = findInk(overview);
  }
  if (!found) throw new PictureError('no-ink', 'No ink was found on the picture.');
  const digitSide = longSide(found.bounds) * factor;
  if (factor > 1 && digitSide / factor < 36) {
    const closer = Math.max(1, Math.round(digitSide / 48));
    if (closer < factor) {
      const margin = Math.ceil(0.25 * digitSide) + 2 * factor;
      const region: Region = {
        left: Math.max(0, found.bounds.left * factor - margin),
        top: Math.max(0, found.bounds.top * factor - margin),
        right: Math.min(picture.width, found.bounds.right * factor + margin),
        bottom: Math.min(picture.height, found.bounds.bottom * factor + margin),
      };
      const near = alongAxis(reduce(picture, region, closer), axis);
      const zoom = { left: region.left / factor, top: region.top / factor, scale: closer / factor };
      found =
        findInk({
          up: inkUp(near, overview.polarity),
          background: sample(overview.background, near, zoom),
          polarity: overview.polarity,
          mask: sample(found.mask, near, zoom),
        }) ?? found;
    }
  }
  const pixels = render(found.ink);
  const { contrast, noise, parts, keptInk } = found;
  return { pixels, polarity: overview.polarity, contrast, noise, parts, keptInk };
}

function look(grey: Grid, polarity: Polarity): Overview {
  const up = inkUp(grey, polarity);
  return { up, background: estimateBackground(up), polarity };
}

/** Bilinear. */
function sample(from: Grid, size: Grid, { left, top, scale }: { left: number; top: number; scale: number }): Grid {
  const values = new Float32Array(size.width * size.height);
  for (let y = 0, i = 0; y < size.height; y++) {
    const sy = Math.max(0, Math.min(from.height - 1, top + (y + 0.5) * scale - 0.5));
    const y0 = Math.floor(sy);
    const fy = sy - y0;
    const r0 = y0 * from.width;
    const r1 = Math.min(from.height - 1, y0 + 1) * from.width;
    for (let x = 0; x < size.width; x++, i++) {
      const sx = Math.max(0, Math.min(from.width - 1, left + (x + 0.5) * scale - 0.5));
      const x0 = Math.floor(sx);
      const fx = sx - x0;
      const x1 = Math.min(from.width - 1, x0 + 1);
      values[i] =
        (from.values[r0 + x0]! * (1 - fx) + from.values[r0 + x1]! * fx) * (1 - fy) +
        (from.values[r1 + x0]! * (1 - fx) + from.values[r1 + x1]! * fx) * fy;
    }
  }
  return { values, width: size.width, height: size.height };
}

interface FoundInk {
  ink: Grid;
  /** 1 where kept ink lies or may touch. */
  mask: Grid;
  bounds: Region;
  contrast: number;
  noise: number;
  parts: number;
  keptInk: number;
}

function findInk({ up, background, polarity, mask }: Overview & { mask?: Grid }): FoundInk | null {
  const residual = subtractBackground(up, background, polarity);
  if (mask) for (let i = 0; i < mask.values.length; i++) if (mask.values[i]! <= 0) residual.values[i] = 0;
  const { noise } = residual;
  const floor = 4 + 4 * noise;
  const threshold = Math.max(floor, 0.22 * upperLevel(residual.values, floor, 0.6));
  const clean = eraseRuledLines(residual, threshold);
  const { values, width, height } = clean;
  const labelling = labelComponents(clean, threshold);
  const { labels, components } = labelling;
  const parts = digitParts(dropFrames(labelling, clean), clean);
  if (parts.length === 0) return null;
  const kept = new Uint8Array(components.length + 1);
  for (const { label } of parts) kept[label] = 1;
  // level of the kept ink
  const strong = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) if (kept[labels[i]!]) strong[i] = values[i]!;
  const contrast = upperLevel(strong, threshold, 0.75);
  if (contrast < 12) return null;
  const low = Math.min(3 * noise, 0.3 * contrast);
  const touched = { values: new Float32Array(values.length), width, height };
  // tone
  const ink = new Float32Array(values.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      let near = kept[labels[i]!]!;
      if (!near && !labels[i]) {
        for (let dy = y > 0 ? -1 : 0; dy <= (y + 1 < height ? 1 : 0); dy++)
          for (let dx = x > 0 ? -1 : 0; dx <= (x + 1 < width ? 1 : 0); dx++)
            near |= kept[labels[i + dy * width + dx]!]!;
      }
      if (near) touched.values[i] = 1;
      if (near && values[i]! > low) ink[i] = Math.min(1, (values[i]! - low) / (contrast - low));
    }
  }
  const all = components.reduce((sum, { mass }) => sum + mass, 0);
  return {
    ink: { values: ink, width, height },
    mask: touched,
    bounds: boundsOf(parts),
    contrast,
    noise,
    parts: parts.length,
    keptInk: parts.reduce((sum, { mass }) => sum + mass, 0) / all,
  };
}

function upperLevel(values: Float32Array, floor: number, share: number): number {
  const histogram = new Float64Array(256);
  let n = 0;
  for (const v of values) {
    if (v <= floor) continue;
    histogram[v >= 255 ? 255 : v | 0]! += v * v;
    n += v * v;
  }
  let seen = 0;
  for (let i = 0; i < 256; i++) {
    seen += histogram[i]!;
    if (n && seen >= n * share) return i;
  }
  return 0;
}

function render(ink: Grid): Uint8Array {
  let box = inkBounds(ink, 0.25);
  let side = longSide(box);
  let shaped = crop(ink, box, Math.ceil(side * 0.15) + 2);
  const thickness = strokeThickness(shaped);
  const ratio = digitBox / side;
  const t = thickness * ratio;
  const thin = t < 1.65 ? Math.min(2.2, 1.65 + (1.65 - t) * 0.7) - t : 0;
  const thick = t - 4.2;
  if (thin > 0) shaped = growStroke(shaped, Math.min(thin / ratio / 2, side * 0.15));
  else if (thick > 0) shaped = growStroke(shaped, -Math.min(thick / ratio / 2, 0.2 * thickness));
  if (thin > 0 || thick > 0) {
    box = inkBounds(shaped, 0.25);
    side = longSide(box);
  }
  const scale = side === digitBox || side === digitBox - 1 ? 1 : digitBox / side;
  const placed = place(shaped, scale);
  const levels = Array.from(placed.values.filter((v) => v > 0.25)).sort((a, b) => a - b);
  const peak = Math.max(0.6, levels[Math.floor(levels.length * 0.75)] ?? 1);
  const pixels = new Uint8Array(28 * 28);
  for (let i = 0; i < pixels.length; i++) pixels[i] = Math.min(255, (placed.values[i]! / peak) * 255 + 0.5);
  return pixels;
}

function crop({ values, width, height }: Grid, { left, top, right, bottom }: Region, margin: number): Grid {
  const w = right - left + 2 * margin;
  const h = bottom - top + 2 * margin;
  const out = new Float32Array(w * h);
  for (let y = 0; y < h; y++) {
    const sy = y + top - margin;
    if (sy < 0 || sy >= height) continue;
    for (let x = 0; x < w; x++) {
      const sx = x + left - margin;
      if (sx >= 0 && sx < width) out[y * w + x] = values[sy * width + sx]!;
    }
  }
  return { values: out, width: w, height: h };
}
