import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { test } from './fixtures.ts';
import { allDone, cardOf, dropFiles } from './many-files.ts';

const SUBMISSIONS = '**/batches?*';
const ONE_ID = /\/ui\/b\/[0-9a-f-]{36}$/;
const TWO_IDS = /\/ui\/b\/[0-9a-f-]{36},[0-9a-f-]{36}$/;

/** Of sixty frames a second. */
const FRAME_MS = 1000 / 60;
const FRAMES = 150;

/** Milliseconds of its processor that the page's main thread takes for a frame of a fast scroll: whatever else the machine does. */
async function scrollCost(page: Page): Promise<number> {
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable', { timeDomain: 'threadTicks' });
  const taskMs = async () => {
    const { metrics } = await client.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
  const before = await taskMs();
  await page.evaluate(async (frames) => {
    for (let frame = 0; frame < frames; frame += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      scrollBy(0, 90);
    }
  }, FRAMES);
  return ((await taskMs()) - before) / FRAMES;
}

function posts(page: Page): string[] {
  const paths: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') paths.push(new URL(request.url()).pathname);
  });
  return paths;
}

/** Every picture was read as what it shows, but for the one at `bad`. */
async function requireResults(page: Page, count: number, bad: number): Promise<void> {
  const labels = await page
    .locator('.picture-open')
    .evaluateAll((cards) => cards.map((each) => each.getAttribute('aria-label') ?? ''));
  expect(labels).toHaveLength(count);
  expect(labels).toContain(`This is not a picture we can read. digit-${bad}.png`);
  const wrong = labels.filter((label) => {
    const [, read, name] = /^(\d), .*%, digit-(\d+)\.png$/.exec(label) ?? [];
    return Number(read) !== Number(name) % 10;
  });
  expect(wrong).toHaveLength(1);
}

describe('fifty files at once', () => {
  test('go as one batch to a place of its own, and each becomes a card with a result', async ({ open }) => {
    const page = await open({ viewport: { width: 1280, height: 1400 } });
    const sent = posts(page);
    await dropFiles(page, 50, { bad: [20] });
    await allDone(page, '50', ' 1 could not be read.');
    expect(sent).toEqual(['/batches']);
    expect(page.url()).toMatch(ONE_ID);
    await page.getByRole('button', { name: '1 not a picture' }).waitFor();
    await requireResults(page, 50, 20);
    expect(await page.getByRole('progressbar').count()).toBe(0);
  });

  test('get their results without a socket, too', async ({ open }) => {
    const page = await open({ viewport: { width: 1280, height: 1400 }, expectErrors: /WebSocket/ });
    await page.routeWebSocket(/socket\.io/, (socket) => socket.close());
    await page.reload();
    await dropFiles(page, 50, { bad: [3] });
    await allDone(page, '50', ' 1 could not be read.');
    await requireResults(page, 50, 3);
  });

  test('wait for a busy service, and can be sent again at once', async ({ open }) => {
    const page = await open({ expectErrors: /status of 503/ });
    await page.route(SUBMISSIONS, (route) =>
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
    await page.getByRole('button', { name: '50 to come' }).waitFor();
    await page.unroute(SUBMISSIONS);
    await page.getByRole('button', { name: 'Try now' }).click();
    await allDone(page, '50');
  });
});

test('sixty dropped files are in view at once, before any is sent, and say how far they are', async ({
  open,
}) => {
  const page = await open();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(SUBMISSIONS, async (route) => {
    await held;
    await route.continue();
  });
  await dropFiles(page, 60);
  expect(page.url()).toContain('/ui/b/new-');
  await page.getByRole('heading', { name: '60 pictures' }).waitFor({ timeout: 1000 });
  const seen = () =>
    page
      .locator('.picture-thumb img')
      .evaluateAll(
        (thumbs: HTMLImageElement[]) =>
          thumbs.filter(
            (thumb) => thumb.naturalWidth > 0 && thumb.getBoundingClientRect().bottom < innerHeight,
          ).length,
      );
  await expect.poll(seen, { timeout: 2000 }).toBeGreaterThanOrEqual(16);
  const bar = page.getByRole('progressbar', { name: 'Upload and reading of all pictures' });
  await page.getByText(/ of \S+ kB sent\.$/).waitFor();
  expect(await bar.evaluate((element: HTMLProgressElement) => element.value)).toBeLessThanOrEqual(0.5);
  release();
  await allDone(page, '60');
  expect(page.url()).toMatch(ONE_ID);
});

test('an upload in two chunks is one place, which another person sees as it is', async ({ open }) => {
  const page = await open();
  const sent = posts(page);
  await dropFiles(page, 230, { blank: [7] });
  await allDone(page, '230', ' 1 could not be read.');
  expect(sent).toEqual(['/batches', '/batches']);
  expect(page.url()).toMatch(TWO_IDS);
  const other = await open();
  await other.goto(page.url());
  await allDone(other, '230', ' 1 could not be read.');
  await other.getByRole('button', { name: 'As sent' }).click();
  await cardOf(other, 'digit-0\\.png').locator('canvas').waitFor();
  await other.getByRole('searchbox').fill('digit-229');
  await cardOf(other, 'digit-229\\.png').waitFor();
  expect(await other.locator('.picture-thumb img').count()).toBe(0);
});

test('of more than a thousand files, those that fit are sent; they scroll without a jerk', async ({
  open,
}) => {
  const page = await open();
  await dropFiles(page, 1_003);
  await page.getByRole('alert').getByText('3 pictures were left out: 1,000 go together at most.').waitFor();
  await allDone(page, '1,000');
  await page.getByRole('button', { name: 'As sent' }).click();
  expect(await page.locator('.picture').count()).toBeLessThan(200);
  expect(await scrollCost(page)).toBeLessThan(FRAME_MS);
  await page.keyboard.press('End');
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await cardOf(page, 'digit-999\\.png').waitFor();
  expect(await page.locator('.picture').count()).toBeLessThan(200);
});

test('five files go one by one', async ({ open }) => {
  const page = await open();
  const sent = posts(page);
  await dropFiles(page, 5);
  await page.getByText('5 of 5 done', { exact: true }).waitFor();
  expect(new Set(sent)).toEqual(new Set(['/predictions']));
  expect(sent).toHaveLength(5);
});
