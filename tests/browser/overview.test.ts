import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { test } from './fixtures.ts';
import { allDone, dropFiles } from './many-files.ts';
import { boxesOf, boxOf, overhang, overlap, SCREENS } from './screens.ts';

const FAULTS = { bad: [3], blank: [0] };

describe.for(SCREENS)('on a screen of %i × %i', ([width, height]) => {
  const view = { left: 0, top: 0, right: width, bottom: height };

  async function requireOverview(page: Page): Promise<void> {
    for (const part of ['.batch-head', '.standings'])
      expect(overhang(await boxOf(page.locator(part)), view), part).toBeLessThanOrEqual(0.5);
    // All at one moment: they change places when the last has ended.
    const first = (await boxesOf(page.locator('.picture'))).slice(0, 4);
    for (const box of first) expect(overhang(box, view)).toBeLessThanOrEqual(0.5);
    expect(first).toHaveLength(4);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }

  test('sixty files come into view at once: their summary, and the first cards', async ({ open }) => {
    const page = await open({ viewport: { width, height } });
    await dropFiles(page, 60, FAULTS);
    await page.locator('.picture').first().waitFor();
    await requireOverview(page);
    await allDone(page, '60', ' 2 could not be read.');
    await requireOverview(page);
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByRole('searchbox').waitFor();
    await dropFiles(page, 60, FAULTS);
    await page.locator('.picture').first().waitFor();
    await requireOverview(page);
  });

  test('while results come, no card moves', async ({ open }) => {
    const page = await open({ viewport: { width, height } });
    const tops = await page.evaluateHandle(() => {
      const tops: number[] = [];
      const look = () => {
        const isOpen = document.querySelector('.batch-progress');
        if (isOpen) tops.push(document.querySelector('.picture-grid')!.getBoundingClientRect().top);
        requestAnimationFrame(look);
      };
      look();
      return tops;
    });
    await dropFiles(page, 60, FAULTS);
    await allDone(page, '60', ' 2 could not be read.');
    const seen = await tops.jsonValue();
    expect(seen.length).toBeGreaterThan(0);
    expect(Math.max(...seen) - Math.min(...seen)).toBeLessThanOrEqual(0.5);
  });

  test('one of them lies in its frame, beside nothing that covers it', async ({ open }) => {
    const page = await open({ viewport: { width, height } });
    await dropFiles(page, 6);
    await allDone(page, '6');
    await page.locator('.picture-open').first().click();
    const frame = await boxOf(page.locator('.viewer-picture'));
    const picture = await boxOf(page.locator('.viewer-picture img'));
    expect(overhang(picture, frame)).toBeLessThanOrEqual(0.5);
    expect(frame.bottom - frame.top).toBeGreaterThanOrEqual(110);
    expect(overhang(await boxOf(page.locator('.viewer')), view)).toBeLessThanOrEqual(0.5);
    for (const other of ['.viewer-answer', '.by-hand', '.viewer-head'])
      expect(overlap(frame, await boxOf(page.locator(other))), other).toBe(false);
    const rest = page.locator('.by-hand-others');
    await rest.scrollIntoViewIfNeeded();
    expect(overhang(await boxOf(rest), view)).toBeLessThanOrEqual(0.5);
  });
});
