import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { drawDigit } from './draw-digit.ts';
import { test } from './fixtures.ts';
import { boxOf, overhang, SCREENS } from './screens.ts';

/** Phones held sideways, a laptop at 200 % and at 150 % zoom. */
const WIDE = [
  [568, 320],
  [667, 375],
  [844, 390],
  [640, 360],
  [720, 450],
  [853, 480],
] as const;
/** A laptop at 400 % zoom. */
const TINY = [320, 256] as const;
/** Less room than this is none for a finger. */
const FINGER_PIXELS = 44;

/** Swipes up with a finger that starts at a point of the window, and requires that the page scrolls. */
async function swipeUp(page: Page, x: number, y: number): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
  for (let moved = 10; moved <= 150; moved += 10) {
    await client.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x, y: y - moved }] });
  }
  await expect.poll(() => page.evaluate(() => scrollY), { timeout: 5000 }).toBeGreaterThan(50);
  // Lifting the finger would let the page roll on.
  await client.send('Input.dispatchTouchEvent', { type: 'touchCancel', touchPoints: [] });
  await client.detach();
}

describe.for([...SCREENS, ...WIDE, TINY])('in a window of %i × %i', ([width, height]) => {
  test('the sheet fits, a finger beside it scrolls, and the whole answer can be reached', async ({
    open,
  }) => {
    const page = await open({ viewport: { width, height }, hasTouch: true, isMobile: true });
    const sheet = page.locator('.sheet');
    const view = { left: 0, top: 0, right: width, bottom: height };
    expect(overhang(await boxOf(sheet), view)).toBeLessThanOrEqual(0);
    await page.getByRole('button', { name: 'Show me' }).click();
    await page.getByRole('status').getByText(/^3\. /).waitFor();
    const box = await boxOf(sheet);
    const [middle, bottom] = [(box.top + box.bottom) / 2, Math.min(box.bottom, height)];
    const beside = [
      { room: box.left, x: box.left / 2, y: middle },
      { room: width - box.right, x: (box.right + width) / 2, y: middle },
      { room: height - bottom, x: width / 2, y: (bottom + height) / 2 },
    ].filter(({ room }) => room >= FINGER_PIXELS);
    expect(beside.length).toBeGreaterThan(0);
    // On a large screen there is nothing to scroll to.
    const isLong = await page.evaluate(() => document.documentElement.scrollHeight > innerHeight + 50);
    for (const { x, y } of isLong ? beside : []) {
      await page.evaluate(() => scrollTo(0, 0));
      await swipeUp(page, x, y);
    }
    for (const part of ['.verdict', '.bars', '.journey-steps', '.journey-detail', '.journey-link']) {
      const element = page.locator(part);
      await element.scrollIntoViewIfNeeded();
      expect(overhang(await boxOf(element), view), part).toBeLessThanOrEqual(0.5);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
});

describe.for(WIDE)('in a window of %i × %i, wider than high,', ([width, height]) => {
  test('the result stands beside the sheet, both in view', async ({ open }) => {
    const page = await open({ viewport: { width, height } });
    await drawDigit(page, 3);
    await page.getByRole('status').getByText(/^3\. /).waitFor();
    const sheet = await boxOf(page.locator('.sheet'));
    const verdict = await boxOf(page.locator('.verdict'));
    expect(verdict.left).toBeGreaterThan(sheet.right);
    const view = { left: 0, top: 0, right: width, bottom: height };
    for (const box of [sheet, verdict, await boxOf(page.locator('.bars'))])
      expect(overhang(box, view)).toBeLessThanOrEqual(0);
  });
});
