import { type Axis, alongAxis, inkContrast } from './normalize/ink/contrast.ts';
import { type ExtractedInk, extractInk } from './normalize/ink/extraction.ts';
import { dropFrames } from './normalize/ink/frames.ts';
import { inkLevel } from './normalize/ink/level.ts';
import { digitParts } from './normalize/ink/parts.ts';
import { eraseRuledLines } from './normalize/ink/ruled-lines.ts';
import { fitStroke } from './normalize/mnist/fit.ts';
import { toPixels } from './normalize/mnist/pixels.ts';
import { place } from './normalize/mnist/place.ts';
import { estimateBackground } from './normalize/paper/background.ts';
import { partedAtEdge } from './normalize/paper/edge-to-edge.ts';
import { findPolarity, opposite, type Polarity } from './normalize/paper/polarity.ts';
import { inkUp, subtractBackground } from './normalize/paper/residual.ts';
import { cellMeans } from './normalize/raster/cells.ts';
import { labelComponents } from './normalize/raster/components.ts';
import { boundsOf, closeCropSide, type Grid, longSide, type Region } from './normalize/raster/grid.ts';
import { reduce } from './normalize/raster/reduce.ts';
import { reuseScratch } from './normalize/raster/scratch.ts';
import { closerLook, magnify } from './normalize/raster/zoom.ts';
import { type Picture, PictureError } from './picture.ts';

/** A digit as the network was trained on, and what is known of the ink it was made from. */
export interface NormalizedDigit {
  /** 28×28 ink, row-major, 0 none to 255 full: white on black, in a 20×20 box, centred by mass. */
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

/** Told of each step's outcome, for looking at; values lie in 0…`full`. */
export type StepObserver = (step: string, grid: Grid, full: number) => void;

/** Long side of the reduced picture on which the digit is looked for. */
const overviewSide = 64;
/** Ink that differs less from its paper, in grey levels, is a stain or nothing. */
const contrastMin = 12;

/**
 * Turns a picture of a digit into what the network was trained on, whatever its polarity, colour, light, paper and size.
 * Pure. Throws a PictureError `no-ink` where nothing stands out of the paper.
 */
export function normalize(picture: Picture, observe: StepObserver = () => {}): NormalizedDigit {
  reuseScratch();
  const seen = overview(picture);
  const { grey, axis, factor } = seen;
  observe('grey', grey, 255);
  const { view, found } = findInEither(seen, observe);
  const zoom = closerLook(found.bounds, factor, picture);
  let digit = found;
  if (zoom) {
    const near = alongAxis(reduce(picture, zoom.region, zoom.factor), axis);
    const mask = magnify(found.mask, factor, zoom, near);
    const background = magnify(view.background, factor, zoom, near);
    const closer = { up: inkUp(near, view.polarity), background, polarity: view.polarity, mask };
    digit = findInk(closer, observe) ?? found;
  }
  observe('ink', digit.ink, 1);
  const fitted = fitStroke(digit.ink);
  observe('stroke', fitted, 1);
  const { contrast, noise, parts, keptInk } = digit;
  return { pixels: toPixels(place(fitted)), polarity: view.polarity, contrast, noise, parts, keptInk };
}

/** The whole picture reduced so that the digit can be looked for. */
interface Overview {
  grey: Grid;
  axis: Axis;
  /** Pixels of the picture along a side of one of the overview's. */
  factor: number;
  /** See `partedAtEdge`: null where the digit has room around it. */
  parted: number | null;
}

function overview(picture: Picture): Overview {
  const whole: Region = { left: 0, top: 0, right: picture.width, bottom: picture.height };
  const factor = Math.ceil(longSide(whole) / overviewSide);
  const { grey, axis } = inkContrast(reduce(picture, whole, factor));
  const parted = partedAtEdge(grey);
  const closer = Math.ceil(longSide(whole) / closeCropSide);
  if (parted === null || closer === factor) return { grey, axis, factor, parted };
  // As small as a close crop, it is taken for one by every step.
  return { grey: alongAxis(reduce(picture, whole, closer), axis), axis, factor: closer, parted };
}

/** What the digit is looked for in: ink is the brighter. */
interface View {
  up: Grid;
  background: Grid;
  polarity: Polarity;
  /** Where the overview found ink; 0 elsewhere. */
  mask?: Grid;
}

interface FoundInk extends ExtractedInk {
  bounds: Region;
  noise: number;
  parts: number;
  keptInk: number;
}

/** Looks for ink of the likely polarity, then of the other. */
function findInEither({ grey, parted }: Overview, observe: StepObserver): { view: View; found: FoundInk } {
  const cells = cellMeans(grey);
  const likely = findPolarity(cells, parted);
  for (const polarity of [likely, opposite(likely)]) {
    const up = inkUp(grey, polarity);
    const papers = { ...inkUp(cells, polarity), side: cells.side };
    const background = estimateBackground(up, papers, { isCut: parted !== null });
    observe('background', background, 255);
    const view = { up, background, polarity };
    const found = findInk(view, observe);
    if (found) return { view, found };
  }
  throw new PictureError('no-ink', 'No ink was found on the picture.');
}

function findInk({ up, background, polarity, mask }: View, observe: StepObserver): FoundInk | null {
  const residual = subtractBackground(up, background, polarity);
  observe('residual', residual, 255);
  if (mask) for (let i = 0; i < mask.values.length; i++) if (mask.values[i]! <= 0) residual.values[i] = 0;
  const floor = 4 + 4 * residual.noise;
  const threshold = Math.max(floor, 0.22 * inkLevel(residual.values, floor, 0.6));
  const unruled = eraseRuledLines(residual, threshold);
  const labelling = labelComponents(unruled, threshold);
  const parts = digitParts(dropFrames(labelling, unruled), unruled);
  if (parts.length === 0) return null;
  const extracted = extractInk({ ...unruled, noise: residual.noise }, labelling, parts);
  if (extracted.contrast < contrastMin) return null;
  const all = labelling.components.reduce((sum, { mass }) => sum + mass, 0);
  const kept = parts.reduce((sum, { mass }) => sum + mass, 0);
  return {
    ...extracted,
    bounds: boundsOf(parts),
    noise: residual.noise,
    parts: parts.length,
    keptInk: kept / all,
  };
}
