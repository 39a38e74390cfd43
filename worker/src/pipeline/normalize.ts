import type { Expectation } from '@inkqueue/shared/contracts/prediction';
import type { Bitmap } from './bitmap.ts';
import { ImageError } from './image-error.ts';
import { isCrowded, isWideForOne } from './normalize/glyphs/crowded.ts';
import { findGlyphs } from './normalize/glyphs/glyphs.ts';
import { lookCloser } from './normalize/ink/closer-look.ts';
import { isCutByEdge } from './normalize/ink/cut-by-edge.ts';
import { findDigit } from './normalize/ink/find.ts';
import { type Overview, takeOverview } from './normalize/ink/overview.ts';
import { fitStroke } from './normalize/mnist/fit.ts';
import { toPixels } from './normalize/mnist/pixels.ts';
import { place } from './normalize/mnist/place.ts';
import { cutSheet } from './normalize/paper/cut-sheet.ts';
import { findSheet, type Sheet } from './normalize/paper/sheet.ts';
import { boundsOf } from './normalize/raster/region.ts';
import { reuseScratch } from './normalize/raster/scratch.ts';
import type { StepObserver } from './normalize/step-observer.ts';
import { type Reading, single } from './reading.ts';

interface Options {
  /** How many digits the bitmap shows. */
  expect: Expectation;
}

/**
 * Turns a bitmap of digits into what the network was trained on, whatever its polarity, colour, light, paper and size.
 * Always gives the same pixels for the same bitmap.
 *
 * @returns the ink of each digit; boxes in the bitmap's pixels
 * @throws ImageError no-ink where nothing stands out of the paper
 */
export function normalize(bitmap: Bitmap, options: Options, observe: StepObserver = () => {}): Reading {
  reuseScratch();
  const overview = takeOverview(bitmap);
  // A bitmap as small as the overview is a digit cut out, on nothing.
  const sheet = overview.factor > 1 ? findSheet(overview.grey) : null;
  const reading = sheet && readSheet(bitmap, { sheet, factor: overview.factor, ...options }, observe);
  return reading ?? readPage(bitmap, findOn(overview, observe), options, observe);
}

/** A page's overview, and the digit found on it. */
type PageView = ReturnType<typeof findOn>;

function findOn(overview: Overview, observe: StepObserver) {
  observe('grey', overview.grey, 255);
  return { overview, ...findDigit(overview, observe) };
}

/** Ink on a sheet stands out of it by at least this share of what the sheet stands out of the desk by: a bold stroke is no sheet. */
const SHEET_INK_MIN = 0.3;

/** Reads what is written on a sheet: null where nothing is. */
function readSheet(
  bitmap: Bitmap,
  { sheet, factor, ...options }: Options & { sheet: Sheet; factor: number },
  observe: StepObserver,
): Reading | null {
  const { bitmap: paper, left, top } = cutSheet(bitmap, sheet, factor);
  let page: PageView;
  try {
    page = findOn(takeOverview(paper), observe);
  } catch (error) {
    if (error instanceof ImageError && error.code === 'no-ink') return null;
    throw error;
  }
  if (page.digit.contrast < SHEET_INK_MIN * sheet.contrast) return null;
  const reading = readPage(paper, page, options, observe);
  for (const { candidates } of reading.lines) {
    for (const { box } of candidates) {
      box.left += left;
      box.top += top;
    }
  }
  return reading;
}

function readPage(
  bitmap: Bitmap,
  { overview, view, digit }: PageView,
  { expect }: Options,
  observe: StepObserver,
): Reading {
  const { factor, grey } = overview;
  const hasMore = isCrowded(digit, grey, factor) || expect === 'many';
  if (hasMore) {
    const [main] = digit.parts;
    const height = main ? (main.bottom - main.top) * factor : 0;
    const page = { polarity: view.polarity, height, isRuled: digit.isRuled };
    const reading = findGlyphs(bitmap, { overview, page, expect }, observe);
    if (reading) return reading;
  }
  const { ink } = lookCloser(bitmap, { overview, view, digit }, observe) ?? digit;
  observe('ink', ink, 1);
  const fitted = fitStroke(ink);
  observe('stroke', fitted, 1);
  const bounds = boundsOf(digit.parts);
  const { left, top, right, bottom } = bounds;
  const box = {
    left: left * factor,
    top: top * factor,
    width: Math.min(bitmap.width, right * factor) - left * factor,
    height: Math.min(bitmap.height, bottom * factor) - top * factor,
  };
  const isDoubtful = hasMore || isCutByEdge(bounds, grey);
  const mayBeSeveral = !isDoubtful && expect === 'auto' && isWideForOne(bounds, grey);
  return { ...single({ pixels: toPixels(place(fitted)), box, isDoubtful }), mayBeSeveral };
}

/** The one digit of a bitmap, for training and tests. @returns 28×28 ink, as `Candidate.pixels` */
export function normalizeDigit(bitmap: Bitmap, observe?: StepObserver): Uint8Array {
  return normalize(bitmap, { expect: 'one' }, observe).lines[0]!.candidates[0]!.pixels;
}
