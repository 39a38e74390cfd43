import type { Bitmap } from './bitmap.ts';
import { lookCloser } from './normalize/ink/closer-look.ts';
import { findDigit } from './normalize/ink/find.ts';
import { takeOverview } from './normalize/ink/overview.ts';
import { fitStroke } from './normalize/mnist/fit.ts';
import { toPixels } from './normalize/mnist/pixels.ts';
import { place } from './normalize/mnist/place.ts';
import { reuseScratch } from './normalize/raster/scratch.ts';
import type { StepObserver } from './normalize/step-observer.ts';

/**
 * Turns a bitmap of a digit into what the network was trained on, whatever its polarity, colour, light, paper and size.
 * Always gives the same pixels for the same bitmap.
 *
 * @returns 28×28 ink, row-major, 0 none to 255 full: white on black, in a 20×20 box, centred by mass
 * @throws ImageError no-ink where nothing stands out of the paper
 */
export function normalize(bitmap: Bitmap, observe: StepObserver = () => {}): Uint8Array {
  reuseScratch();
  const overview = takeOverview(bitmap);
  observe('grey', overview.grey, 255);
  const { view, digit } = findDigit(overview, observe);
  const { ink } = lookCloser(bitmap, { overview, view, digit }, observe) ?? digit;
  observe('ink', ink, 1);
  const fitted = fitStroke(ink);
  observe('stroke', fitted, 1);
  return toPixels(place(fitted));
}
