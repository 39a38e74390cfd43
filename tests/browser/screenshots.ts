import { mkdir } from 'node:fs/promises';
import { describe } from 'vitest';
import { type Digit, digitPng } from '../integration/pictures.ts';
import { test } from './fixtures.ts';
import { drawDigit } from './hand.ts';

const FOLDER = 'docs/screenshots';
/** Papers and inks as they lie on people's desks. */
const pages = [
  { ink: '#1d3f8f', paper: '#f6f1e3' },
  { ink: '#111', paper: '#fff' },
  { ink: '#f4f4f0', paper: '#26352e' },
  { ink: '#5d6066', paper: '#e9e7e2' },
  { ink: '#8c1f2b', paper: '#fdfbf4' },
  { ink: '#222', paper: '#d9c9a8' },
];
const digits: readonly Digit[] = [7, 2, 9, 0, 5, 4];

const screens = {
  desktop: { viewport: { width: 1280, height: 1040 }, deviceScaleFactor: 2 },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
};

describe.for(['desktop', 'phone'] as const)('%s', (screen) => {
  test.for(['light', 'dark'] as const)('%s', async (colorScheme, { open }) => {
    const page = await open({ ...screens[screen], colorScheme });
    const files = digits.map(async (digit, index) => ({
      name: `page ${index + 1}.png`,
      mimeType: 'image/png',
      buffer: await digitPng(digit, pages[index]),
    }));
    await page.setInputFiles('input[type=file][multiple]', await Promise.all(files));
    await page.getByText('6 of 6 done').waitFor();
    await page.getByRole('button', { name: 'Back to drawing' }).click();
    await drawDigit(page, 3);
    await page.getByRole('status').getByText('Read as 3.').waitFor();
    // Nothing under the pointer, nothing in focus, and from the top.
    await page.mouse.move(0, 0);
    await page.evaluate(() => scrollTo(0, 0));
    await mkdir(FOLDER, { recursive: true });
    await page.screenshot({ path: `${FOLDER}/${screen}-${colorScheme}.png` });
  });
});
