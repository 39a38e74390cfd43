import type { Expectation } from '@inkqueue/shared/contracts/prediction';
import type { Bitmap } from './bitmap.ts';
import { ImageError } from './image-error.ts';
import { isCrowded } from './normalize/glyphs/crowded.ts';
import { findGlyphs } from './normalize/glyphs/glyphs.ts';
import { lookCloser } from './normalize/ink/closer-look.ts';
import { findDigit } from './normalize/ink/find.ts';
import { type Overview, takeOverview } from './normalize/ink/overview.ts';
import { fitStroke } from './normalize/mnist/fit.ts';
import { toPixels } from './normalize/mnist/pixels.ts';
import { place } from './normalize/mnist/place.ts';
import { cutSheet, type SheetBitmap } from './normalize/paper/cut-sheet.ts';
import { findSheet } from './normalize/paper/sheet.ts';
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
  const sheet = findSheet(overview.grey);
  const reading = sheet && readSheet(cutSheet(bitmap, sheet, overview.factor), options, observe);
  return reading ?? readPage(bitmap, { overview, ...options }, observe);
}

/** Reads what is written on a sheet: null where nothing is. */
function readSheet(
  { bitmap, left, top }: SheetBitmap,
  options: Options,
  observe: StepObserver,
): Reading | null {
  try {
    const reading = readPage(bitmap, { overview: takeOverview(bitmap), ...options }, observe);
    for (const { candidates } of reading.lines) {
      for (const { box } of candidates) {
        box.left += left;
        box.top += top;
      }
    }
    return reading;
  } catch (error) {
    if (error instanceof ImageError && error.code === 'no-ink') return null;
    throw error;
  }
}

function readPage(
  bitmap: Bitmap,
  { overview, expect }: Options & { overview: Overview },
  observe: StepObserver,
): Reading {
  observe('grey', overview.grey, 255);
  const { view, digit } = findDigit(overview, observe);
  const crowded = isCrowded(digit, overview.grey);
  if (crowded || expect === 'many') {
    const [main] = digit.parts;
    const height = main ? (main.bottom - main.top) * overview.factor : 0;
    const page = { polarity: view.polarity, height, isRuled: digit.isRuled };
    const reading = findGlyphs(bitmap, { overview, page, expect });
    if (reading) return reading;
  }
  const { ink } = lookCloser(bitmap, { overview, view, digit }, observe) ?? digit;
  observe('ink', ink, 1);
  const fitted = fitStroke(ink);
  observe('stroke', fitted, 1);
  const { left, top, right, bottom } = boundsOf(digit.parts);
  const { factor } = overview;
  const box = {
    left: left * factor,
    top: top * factor,
    width: Math.min(bitmap.width, right * factor) - left * factor,
    height: Math.min(bitmap.height, bottom * factor) - top * factor,
  };
  return single({ pixels: toPixels(place(fitted)), box, isDoubtful: crowded });
}

/** The one digit of a bitmap, for training and tests. @returns 28×28 ink, as `Candidate.pixels` */
export function normalizeDigit(bitmap: Bitmap, observe?: StepObserver): Uint8Array {
  return normalize(bitmap, { expect: 'one' }, observe).lines[0]!.candidates[0]!.pixels;
}
