import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { blankPage, type Digit, digitPng } from '../integration/pictures.ts';
import { test } from './fixtures.ts';
import { boxOf, overhang, SCREENS } from './screens.ts';

const COUNT = 60;

/** Drops sixty files, of which the first shows nothing. */
async function dropSixty(page: Page): Promise<void> {
  const images = await Promise.all(
    Array.from({ length: 10 }, async (_, digit) => [...(await digitPng(digit as Digit))]),
  );
  await page.evaluate(
    ({ count, images, blank }) => {
      const files = new DataTransfer();
      for (let index = 0; index < count; index += 1) {
        const content = new Uint8Array(index === 0 ? blank : images[index % 10]!);
        files.items.add(new File([content], `scan of a form, page ${index}.png`, { type: 'image/png' }));
      }
      document.body.dispatchEvent(
        new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: files }),
      );
    },
    { count: COUNT, images, blank: [...(await blankPage())] },
  );
}

describe.for(SCREENS)('on a screen of %i × %i', ([width, height]) => {
  test('sixty files come into view at once: their summary, the first cards, and no failure above them', async ({
    open,
  }) => {
    const page = await open({ viewport: { width, height } });
    const view = { left: 0, top: 0, right: width, bottom: height };
    const requireOverview = async () => {
      expect(overhang(await boxOf(page.locator('.pictures-progress')), view)).toBeLessThanOrEqual(0);
      const cards = page.locator('.card');
      for (const index of [0, 1, 2, 3])
        expect(overhang(await boxOf(cards.nth(index)), view)).toBeLessThanOrEqual(0);
    };
    await dropSixty(page);
    await page
      .locator('.card')
      .nth(COUNT - 1)
      .waitFor();
    await requireOverview();
    await page.getByText(`${COUNT} of ${COUNT} done, 1 not read`, { exact: true }).waitFor();
    await requireOverview();
    await page.getByRole('button', { name: 'Remove all' }).click();
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByRole('searchbox').waitFor();
    await dropSixty(page);
    await page
      .locator('.card')
      .nth(COUNT - 1)
      .waitFor();
    await requireOverview();
    // A card leads to its picture and result, and the way back to the others is short.
    await page.locator('.card-show').nth(5).click();
    await page.locator('.stage-picture').waitFor();
    expect(overhang(await boxOf(page.locator('.stage')), view)).toBeLessThanOrEqual(0.5);
  });
});
