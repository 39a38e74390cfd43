import { mkdir } from 'node:fs/promises';
import { activity } from '@inkqueue/shared/contracts/activity';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { describe, expect } from 'vitest';
import { blankPage, type Digit, digitPng } from '../integration/pictures.ts';
import { drawDigit, drawNumber } from './draw-digit.ts';
import { test } from './fixtures.ts';
import { startService } from './restartable-service.ts';

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

/** Resolves when all on the page have ended. */
async function choose(page: Page, count: number, all = count): Promise<void> {
  const files = Array.from({ length: count }, async (_, index) => ({
    name: `page ${index + 1}.png`,
    mimeType: 'image/png',
    buffer: index === 8 ? await blankPage() : await digitPng(DIGITS[index % 10]!, PAPERS[index % 6]),
  }));
  await page.setInputFiles('input[type=file][multiple]', await Promise.all(files));
  await page
    .getByRole('status')
    .getByText(new RegExp(`^All ${all} pictures are done`))
    .waitFor({ state: 'attached' });
}

async function draw(page: Page): Promise<void> {
  await drawDigit(page, 3);
  await page.getByRole('status').getByText(/^3\. /).waitFor();
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

async function save(page: Page, name: string): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const { size } = await sharp(await page.screenshot())
    .png({ palette: true, effort: 10 })
    .toFile(`${FOLDER}/${name}.png`);
  expect(size).toBeGreaterThan(1000);
}

/** Each brings the page into a state; it may return the selector of the element to scroll to the top of the window. */
const STATES: Record<string, (page: Page, url: string) => Promise<string | undefined>> = {
  async drawing(page) {
    await choose(page, 5);
    await page.getByRole('button', { name: 'Back to drawing' }).click();
    await page.evaluate(() => scrollTo(0, 0));
    await draw(page);
    return undefined;
  },
  async number(page) {
    await drawNumber(page, [4, 2]);
    await page
      .getByRole('status')
      .getByText(/^42\. /)
      .waitFor();
    return undefined;
  },
  async uncertain(page) {
    await page.getByRole('button', { name: 'Not a digit', exact: true }).click();
    await page.getByText('Better check: this may not be a digit').waitFor();
    return undefined;
  },
  async pictures(page) {
    await choose(page, 50);
    return undefined;
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
    await page.goBack();
    await choose(page, 5);
    await choose(page, 5, 10);
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
  async queue(page, url) {
    await page.goto(`${url}/ui/queue`);
    await submitUntilChartsFill(url);
    await page.locator('.chart-words').filter({ hasText: 'half within' }).waitFor();
    return undefined;
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
      await save(page, `${state}-${screen}-${colorScheme}`);
    });
  });
});

/** A service with a console, in whose queue pictures wait. */
// biome-ignore lint/correctness/noEmptyPattern: Vitest reads what a fixture needs from this pattern
const testConsole = test.extend('consoleUrl', { scope: 'file' }, async ({}, { onCleanup }) => {
  const service = await startService(undefined, { CONSOLE_PASSWORD: 'for a screenshot' });
  onCleanup(service.close);
  return service.url;
});

testConsole('the console', async ({ open, consoleUrl }) => {
  const httpCredentials = { username: 'ada', password: 'for a screenshot' };
  const page = await open({ ...SCREENS.desktop, httpCredentials, url: consoleUrl });
  await page.goto(`${consoleUrl}/console`);
  for (const action of ['resume', 'pause']) await page.getByRole('button', { name: action }).click();
  const body = new Uint8Array(await digitPng(4));
  const headers = { 'content-type': 'image/png', prefer: 'respond-async' };
  await Promise.all(DIGITS.map(() => fetch(`${consoleUrl}/predict`, { method: 'POST', body, headers })));
  await page.getByRole('link', { name: 'Look again' }).click();
  await page.getByText('10 wait or run').waitFor();
  await save(page, 'console-desktop-light');
  await page.getByRole('button', { name: 'resume' }).click();
});
