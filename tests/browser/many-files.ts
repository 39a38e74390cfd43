import type { Page } from 'playwright-core';
import { blankPage, type Digit, digitPng } from '../integration/pictures.ts';

/** Of `dropFiles`: `digit-N.png` shows N modulo 10, but for what is listed here. */
interface Faults {
  /** Not images. */
  bad?: readonly number[];
  /** Images without a digit. */
  blank?: readonly number[];
}

/** Drops `count` files on the page. */
export async function dropFiles(
  page: Page,
  count: number,
  { bad = [], blank = [] }: Faults = {},
): Promise<void> {
  const digits = ([0, 1, 2, 3, 4, 5, 6, 7, 8, 9] satisfies Digit[]).map((digit) => digitPng(digit as Digit));
  const images = await Promise.all([...digits, blankPage()].map(async (image) => [...(await image)]));
  await page.evaluate(
    ({ count, bad, blank, images }) => {
      const files = new DataTransfer();
      for (let index = 0; index < count; index += 1) {
        const image = images[blank.includes(index) ? 10 : index % 10]!;
        const content = bad.includes(index) ? 'Not an image.' : new Uint8Array(image);
        files.items.add(new File([content], `digit-${index}.png`, { type: 'image/png' }));
      }
      document.body.dispatchEvent(
        new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: files }),
      );
    },
    { count, bad, blank, images },
  );
}

/** Resolves when all have ended, and screen readers have heard so. */
export const allDone = (page: Page, count: string, rest = '') =>
  page.getByRole('status').getByText(`All ${count} pictures are done.${rest}`).waitFor({ state: 'attached' });

/** The card of a file. */
export const cardOf = (page: Page, name: string) =>
  page.locator('.picture-open').and(page.getByRole('button', { name: new RegExp(`(^|[ ,])${name}$`) }));
