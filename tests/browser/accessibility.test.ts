import { describe, expect } from 'vitest';
import { blankPage } from '../integration/pictures.ts';
import { violations } from './axe.ts';
import { drawDigit } from './draw-digit.ts';
import { test } from './fixtures.ts';

describe.for(['light', 'dark'] as const)('in %s mode', (colorScheme) => {
  test('axe finds nothing on a first visit, with a result, with a failure, and with images', async ({
    open,
  }) => {
    const page = await open({ colorScheme, reducedMotion: 'reduce' });
    expect(await violations(page)).toEqual([]);
    await drawDigit(page, 3);
    await page.getByRole('status').getByText(/^3\. /).waitFor();
    expect(await violations(page)).toEqual([]);
    const blank = { mimeType: 'image/png', buffer: await blankPage() };
    await page.setInputFiles('input[type=file][multiple]', [
      { name: 'a.png', ...blank },
      { name: 'b.png', ...blank },
    ]);
    await page.getByText('2 of 2 done').waitFor();
    expect(await violations(page)).toEqual([]);
  });
});

describe.for([320, 390, 768, 1280, 3840])('%i pixels wide', (width) => {
  test('nothing is cut off, and sheet and answer are in view', async ({ open }) => {
    const page = await open({ viewport: { width, height: Math.max(640, Math.round(width * 0.5625)) } });
    await drawDigit(page, 3);
    await page.getByRole('status').getByText(/^3\. /).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    const box = (await page.locator('.sheet').boundingBox())!;
    expect(box.width).toBeGreaterThan(Math.min(width * 0.85, 440));
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(width);
  });
});
