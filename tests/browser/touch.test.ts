import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { digitPng } from '../integration/pictures.ts';
import { drawDigit } from './draw-digit.ts';
import { test } from './fixtures.ts';

/** Side of the square that a fingertip needs, in CSS pixels: WCAG 2.2 requires 24 (2.5.8), and 44 at level AAA (2.5.5). */
const FINGER_PIXELS = 44;

/** The targets that are smaller than a fingertip, with their sizes. */
function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate((finger) => {
    // A link in a sentence is as high as its line (WCAG 2.5.5 excepts it).
    const targets = document.querySelectorAll(
      'a:not(.journey-fact), button, summary, select, label:not(.visually-hidden)',
    );
    return [...targets].flatMap((target) => {
      const { width, height } = target.getBoundingClientRect();
      const isShown = width > 0 && height > 0;
      if (!isShown || Math.min(width, height) >= finger) return [];
      return [`${target.textContent?.trim()}: ${width.toFixed(1)} × ${height.toFixed(1)}`];
    });
  }, FINGER_PIXELS);
}

/** Pairs of targets that overlap: a finger would hit the wrong one. */
function overlapping(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const targets = [
      ...document.querySelectorAll('.masthead a, .tools :is(button, label), .own-link > :not(time)'),
    ]
      .map((target) => ({ name: target.textContent, box: target.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0);
    return targets.flatMap(({ name, box }, index) =>
      targets
        .slice(index + 1)
        .filter(
          ({ box: other }) =>
            Math.min(box.right, other.right) - Math.max(box.left, other.left) > 0.5 &&
            Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 0.5,
        )
        .map((other) => `${name} and ${other.name}`),
    );
  });
}

describe.for([320, 390])('%i pixels wide, a finger hits', (width) => {
  test('every target, everywhere on the page', async ({ open }) => {
    const page = await open({ viewport: { width, height: 844 }, hasTouch: true, isMobile: true });
    const requireFingerSized = async () => {
      expect(await tooSmall(page)).toEqual([]);
      expect(await overlapping(page)).toEqual([]);
    };
    await page.getByText('Write a digit or a number', { exact: true }).waitFor();
    await requireFingerSized();
    await drawDigit(page, 3);
    await page.getByRole('status').getByText(/^3\. /).waitFor();
    await requireFingerSized();
    const buffer = await digitPng(5);
    const files = ['a.png', 'b.png'].map((name) => ({ name, mimeType: 'image/png', buffer }));
    await page.setInputFiles('input[type=file][multiple]', files);
    await page.getByText('2 of 2 done').waitFor();
    await requireFingerSized();
    await page.getByRole('button', { name: 'Behind the scenes' }).click();
    await page.locator('.workers tbody tr').first().waitFor();
    await requireFingerSized();
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByRole('searchbox').waitFor();
    expect((await page.getByRole('searchbox').boundingBox())!.height).toBeGreaterThanOrEqual(FINGER_PIXELS);
    await requireFingerSized();
    await page.getByRole('list', { name: 'History' }).getByRole('link').first().click();
    await page.getByRole('button', { name: 'Copy as curl' }).waitFor();
    await requireFingerSized();
  });
});
