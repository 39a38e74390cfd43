import { mkdir } from 'node:fs/promises';
import { activity } from '@inkqueue/shared/contracts/activity';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { describe, expect } from 'vitest';
import { blankPage, type Digit, digitPng } from '../integration/pictures.ts';
import { drawDigit, drawNumber } from './draw-digit.ts';
import { test } from './fixtures.ts';

const FOLDER = 'docs/screenshots';
/** Papers and inks as people use them. */
const PAPERS = [
  { ink: '#1d3f8f', paper: '#f6f1e3' },
  { ink: '#111', paper: '#fff' },
  { ink: '#f4f4f0', paper: '#26352e' },
  { ink: '#5d6066', paper: '#e9e7e2' },
  { ink: '#8c1f2b', paper: '#fdfbf4' },
  { ink: '#222', paper: '#d9c9a8' },
];
const DIGITS: readonly Digit[] = [7, 2, 9, 0, 5, 4, 3, 8, 6, 1];
/** Points with results that the charts show. */
const CHART_POINTS = 20;

const SCREENS = {
  desktop: { viewport: { width: 1280, height: 960 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};

async function choose(page: Page, count: number): Promise<void> {
  const files = Array.from({ length: count }, async (_, index) => ({
    name: `page ${index + 1}.png`,
    mimeType: 'image/png',
    buffer: index === 8 ? await blankPage() : await digitPng(DIGITS[index % 10]!, PAPERS[index % 6]),
  }));
  await page.setInputFiles('input[type=file][multiple]', await Promise.all(files));
  await page.getByText(`${count} of ${count} done`).waitFor();
}

async function draw(page: Page): Promise<void> {
  await drawDigit(page, 3);
  await page.getByRole('status').getByText('Read as 3.').waitFor();
}

async function submitUntilChartsFill(url: string): Promise<void> {
  const images = await Promise.all(DIGITS.map((digit) => digitPng(digit)));
  const filledPoints = async () => {
    const { points } = activity.parse(await (await fetch(`${url}/activity`)).json());
    return points.filter(({ succeeded }) => succeeded > 0).length;
  };
  for (let burst = 0; (await filledPoints()) < CHART_POINTS; burst += 1) {
    const some = images.slice(0, 1 + (burst % 3));
    await Promise.all(
      some.map((image) =>
        fetch(`${url}/predict`, {
          method: 'POST',
          body: new Uint8Array(image),
          headers: { 'content-type': 'image/png' },
        }),
      ),
    );
  }
}

/** Each brings the page into a state; it may return the selector of the element to scroll to the top of the window. */
const STATES: Record<string, (page: Page, url: string) => Promise<string | undefined>> = {
  async drawing(page) {
    await choose(page, 6);
    await page.getByRole('button', { name: 'Back to drawing' }).click();
    await draw(page);
    return undefined;
  },
  async number(page) {
    await drawNumber(page, [4, 2]);
    await page.getByRole('status').getByText('Read as 42.').waitFor();
    return undefined;
  },
  async uncertain(page) {
    await page.getByRole('button', { name: 'Not a digit', exact: true }).click();
    await page.getByText('Better check: this may not be a digit').waitFor();
    return undefined;
  },
  async pictures(page) {
    await choose(page, 50);
    return '.tray';
  },
  async busy(page) {
    await page.route('**/predictions?*', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        headers: { 'retry-after': '30' },
        json: { type: 'urn:x', title: '', status: 503, detail: '', code: 'queue-full', retryable: true },
      }),
    );
    await drawDigit(page, 3);
    await page.getByText(/Trying again in \d+ s/).waitFor();
    return undefined;
  },
  async history(page) {
    await choose(page, 12);
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByRole('list', { name: 'History' }).waitFor();
    return undefined;
  },
  async result(page) {
    await draw(page);
    await page.getByRole('link', { name: 'Link', exact: true }).click();
    await page.getByRole('button', { name: 'Copy as curl' }).waitFor();
    return undefined;
  },
  async 'behind-the-scenes'(page, url) {
    await page.getByRole('button', { name: 'Behind the scenes' }).click();
    await submitUntilChartsFill(url);
    await page.locator('.chart-words').filter({ hasText: 'half within' }).waitFor();
    return '.activity';
  },
};

describe.for(['desktop', 'phone'] as const)('%s', (screen) => {
  describe.for(['light', 'dark'] as const)('%s', (colorScheme) => {
    test.for(Object.entries(STATES))('%s', async ([state, reach], { open, service }) => {
      const page = await open({
        ...SCREENS[screen],
        colorScheme,
        // The README shows this one at the page's own size, the others at a third of it.
        deviceScaleFactor: state === 'drawing' ? 2 : 1,
        expectErrors: /status of 503/,
      });
      await page.locator('.sample-thumb').last().waitFor();
      const top = await reach(page, service.url);
      // Nothing under the pointer, and nothing in focus.
      await page.mouse.move(0, 0);
      await page.evaluate((top) => {
        (document.activeElement as HTMLElement | null)?.blur();
        if (top) document.querySelector(top)?.scrollIntoView();
        else scrollTo(0, 0);
      }, top);
      await page.evaluate(() =>
        Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {}))),
      );
      await mkdir(FOLDER, { recursive: true });
      const { size } = await sharp(await page.screenshot())
        .png({ palette: true, effort: 10 })
        .toFile(`${FOLDER}/${state}-${screen}-${colorScheme}.png`);
      expect(size).toBeGreaterThan(1000);
    });
  });
});
