import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { type Digit, digitPng } from '../integration/pictures.ts';
import { test } from './fixtures.ts';

const DIGITS: Digit[] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const card = (page: Page, name: string) =>
  page.getByRole('button', { name: new RegExp(`^\\d, .*, ${name}$`) });

/** Drops `count` files on the page: `digit-N.png` shows N modulo 10; the file at `bad` is not an image. */
async function dropFiles(page: Page, count: number, bad = -1): Promise<void> {
  const images = await Promise.all(DIGITS.map(async (digit) => [...(await digitPng(digit))]));
  await page.evaluate(
    ({ count, bad, images }) => {
      const files = new DataTransfer();
      for (let index = 0; index < count; index += 1) {
        const content = index === bad ? 'Not an image.' : new Uint8Array(images[index % 10]!);
        files.items.add(new File([content], `digit-${index}.png`, { type: 'image/png' }));
      }
      document.body.dispatchEvent(
        new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: files }),
      );
    },
    { count, bad, images },
  );
}

async function requireResults(page: Page, count: number, bad: number): Promise<void> {
  const labels = await page
    .locator('.card-show')
    .evaluateAll((cards) => cards.map((each) => each.getAttribute('aria-label')));
  expect(labels).toHaveLength(count);
  expect(labels[bad]).toBe(`digit-${bad}.png: This is not a picture we can read.`);
  const good = labels.filter((_, index) => index !== bad);
  expect(good.filter((label) => !/^\d, .*%, digit-\d+\.png$/.test(label ?? ''))).toEqual([]);
}

describe('fifty files at once', () => {
  test('go as one batch, and each becomes a card with a result, a bad file among them', async ({ open }) => {
    const page = await open();
    const posts: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') posts.push(new URL(request.url()).pathname);
    });
    await dropFiles(page, 50, 20);
    await page.getByText('50 of 50 done, 1 not read', { exact: true }).waitFor();
    expect(posts).toEqual(['/batches']);
    await requireResults(page, 50, 20);
    for (const index of [0, 27, 49]) {
      await card(page, `digit-${index}\\.png`).click();
      const words = new RegExp(`(Read as|Perhaps) ${index % 10}\\b`);
      await page.getByRole('status').getByText(words).waitFor();
    }
    expect(await page.getByRole('progressbar').count()).toBe(0);
  });

  test('get their results without a socket, too', async ({ open }) => {
    const page = await open({ expectErrors: /WebSocket/ });
    await page.routeWebSocket(/socket\.io/, (socket) => socket.close());
    await page.reload();
    await dropFiles(page, 50, 3);
    await page.getByText('50 of 50 done, 1 not read', { exact: true }).waitFor();
    await requireResults(page, 50, 3);
  });

  test('show their progress while they are sent and predicted', async ({ open }) => {
    const page = await open();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/batches?*', async (route) => {
      await held;
      await route.continue();
    });
    await dropFiles(page, 50);
    const bar = page.getByRole('progressbar', { name: 'Upload and reading of all pictures' });
    await bar.waitFor();
    await page.getByText(/^0 of 50 done · sending \d+ %$/).waitFor();
    expect(await bar.evaluate((element: HTMLProgressElement) => element.value)).toBeLessThanOrEqual(0.5);
    release();
    await page.getByText('50 of 50 done', { exact: true }).waitFor();
  });

  test('wait for a busy service, and can be sent again at once', async ({ open }) => {
    const page = await open({ expectErrors: /status of 503/ });
    await page.route('**/batches?*', (route) =>
      route.fulfill({
        status: 503,
        headers: { 'retry-after': '60' },
        contentType: 'application/problem+json',
        json: { type: 'urn:x', title: '', status: 503, detail: '', code: 'queue-full', retryable: true },
      }),
    );
    await dropFiles(page, 50);
    await page.getByRole('alert').getByText('The queue is full right now.').waitFor();
    await page.getByText(/Trying again in \d\d s\./).waitFor();
    await page.getByText('0 of 50 done', { exact: true }).waitFor();
    await page.unroute('**/batches?*');
    await page.getByRole('button', { name: 'Try now' }).click();
    await page.getByText('50 of 50 done', { exact: true }).waitFor();
  });

  test('release their blobs when they are removed', async ({ open }) => {
    const page = await open();
    await page.evaluate(() => {
      const open = new Set<string>();
      const { createObjectURL, revokeObjectURL } = URL;
      URL.createObjectURL = (file) => {
        const url = createObjectURL.call(URL, file);
        open.add(url);
        return url;
      };
      URL.revokeObjectURL = (url) => {
        open.delete(url);
        revokeObjectURL.call(URL, url);
      };
      Object.assign(window, { openUrls: open });
    });
    const openUrls = () =>
      page.evaluate(() => (window as unknown as { openUrls: Set<string> }).openUrls.size);
    await dropFiles(page, 50);
    expect(await openUrls()).toBe(50);
    await page.getByText('50 of 50 done', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Remove digit-7.png' }).click();
    expect(await openUrls()).toBe(49);
    await page.getByRole('button', { name: 'Remove all' }).click();
    await page.getByText('Draw a digit.', { exact: true }).waitFor();
    expect(await openUrls()).toBe(0);
  });
});

test('of more than a thousand files, those that fit are sent and the rest is counted', async ({ open }) => {
  const page = await open();
  await dropFiles(page, 1_003);
  await page.getByRole('alert').getByText('3 pictures were left out: 1,000 fit here at a time.').waitFor();
  await page.getByText('1,000 of 1,000 done', { exact: true }).waitFor();
  expect(await page.locator('.card').count()).toBe(1_000);
  await page.getByRole('button', { name: 'Remove all' }).click();
  await page.getByText('Draw a digit.', { exact: true }).waitFor();
});

test('five files go one by one', async ({ open }) => {
  const page = await open();
  const posts: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') posts.push(new URL(request.url()).pathname);
  });
  await dropFiles(page, 5);
  await page.getByText('5 of 5 done', { exact: true }).waitFor();
  expect(new Set(posts)).toEqual(new Set(['/predictions']));
  expect(posts).toHaveLength(5);
});
