import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { createPrivateRedis } from '@inkqueue/scripts/private-redis';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { blankPage, digitPng } from '../integration/pictures.ts';
import { sharedRedisUrl } from '../integration/stack.ts';
import { violations } from './axe.ts';
import { test } from './fixtures.ts';
import { type Service, startService } from './restartable-service.ts';

const toggle = (page: Page) => page.getByRole('button', { name: 'Behind the scenes' });
/** The api sends snapshots once a second; the page reconnects to an api that was away within some seconds. */
const SOON = { timeout: 20_000 };
const rows = (page: Page) => page.locator('.workers tbody tr');
const finishedByWorkers = async (page: Page) =>
  (await page.locator('.workers tbody tr td:last-child').allTextContents()).reduce(
    (a, b) => a + Number(b),
    0,
  );
const words = (page: Page, text: string) => page.locator('.chart-words').filter({ hasText: text });
const figure = (page: Page, name: string) =>
  page.locator('.activity-figure').filter({ hasText: name }).locator('dd');

/** Sends images as another client than the page, one of them without a digit. */
async function predictSome({ url }: Service): Promise<void> {
  const images = [await digitPng(3), await digitPng(7), await digitPng(1), await blankPage()];
  for (const image of images) {
    const body = new FormData();
    body.append('file', new Blob([new Uint8Array(image)]), 'digit.png');
    await fetch(`${url}/predict`, { method: 'POST', body });
  }
}

/** Every frame that the page's sockets send from now on; after a reload, from the first one. */
function framesSent(page: Page): string[] {
  const frames: string[] = [];
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => void frames.push(String(payload))),
  );
  return frames;
}
/** How many of `frames` subscribe to the activity, or unsubscribe from it. */
const count = (frames: string[], event: 'subscribe' | 'unsubscribe') =>
  frames.filter((frame) => frame.includes(`["${event}",{"topic":"activity"}`)).length;

/** Hides or shows the page, as when another tab comes to the front. */
const show = (page: Page, visible: boolean) =>
  page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, !visible);

describe('behind the scenes', () => {
  test('nothing is fetched or requested before it is opened', async ({ open }) => {
    const page = await open();
    const requested: string[] = [];
    page.on('request', (request) => requested.push(new URL(request.url()).pathname));
    const frames = framesSent(page);
    await page.reload();
    await expect.poll(() => frames.length, SOON).toBeGreaterThan(0);
    const panel = /panel-.*\.js$|^\/activity$/;
    expect(requested.filter((path) => panel.test(path))).toEqual([]);
    expect(count(frames, 'subscribe')).toBe(0);
    await toggle(page).click();
    await rows(page).first().waitFor();
    expect(await toggle(page).getAttribute('aria-expanded')).toBe('true');
    expect(requested.some((path) => /panel-.*\.js$/.test(path))).toBe(true);
    expect(count(frames, 'subscribe')).toBe(1);
  });

  test('every worker has a row, a new one too, and their predictions are counted', async ({
    open,
    onTestFinished,
  }) => {
    const service = await startService();
    onTestFinished(service.close);
    const page = await open({ url: service.url });
    await toggle(page).click();
    await words(page, 'Nothing was finished in this time.').waitFor();
    await expect.poll(() => rows(page).count(), SOON).toBe(2);
    await predictSome(service);
    await expect.poll(() => finishedByWorkers(page), SOON).toBe(4);
    await words(page, '3 in the last 5 minutes, 1 could not be read.').waitFor();
    await page.getByRole('img', { name: 'Pictures read' }).waitFor();
    const times = page.getByRole('img', { name: 'Time to an answer' });
    expect(await times.locator('desc').textContent()).toMatch(
      /^half within [\d.]+ m?s, 95 % within [\d.]+ m?s$/,
    );
    await service.startWorker();
    await expect.poll(() => rows(page).count(), SOON).toBe(3);
    expect(await figure(page, 'Workers').textContent()).toBe('3');
  });

  test('without a worker it says so, and shows how many jobs wait', async ({ open, onTestFinished }) => {
    const service = await startService();
    onTestFinished(service.close);
    await service.stopWorkers();
    const page = await open({ url: service.url });
    await toggle(page).click();
    await page.getByText('No worker is running.').waitFor();
    const body = new FormData();
    body.append('file', new Blob([new Uint8Array(await digitPng(3))]), 'digit.png');
    await fetch(`${service.url}/predictions`, { method: 'POST', body });
    await expect.poll(() => figure(page, 'Jobs waiting').textContent(), SOON).toBe('1');
    await service.startWorker();
    await rows(page).first().waitFor();
    expect(await page.getByText('No worker is running.').count()).toBe(0);
    await expect.poll(() => figure(page, 'Jobs waiting').textContent(), SOON).toBe('0');
  });

  test('without Redis it says so, and goes on when that is back', async ({ open, onTestFinished }) => {
    const redis = await createPrivateRedis();
    onTestFinished(redis.remove);
    const service = await startService(redis.url);
    onTestFinished(service.close);
    const page = await open({ url: service.url, expectErrors: /status of 503/ });
    await toggle(page).click();
    await rows(page).first().waitFor();
    await redis.stop();
    await page.getByText('The queue cannot be reached right now. Nothing is lost').waitFor();
    expect(await figure(page, 'Jobs waiting').textContent()).toBe('–');
    expect(await page.getByText('No worker is running.').count()).toBe(0);
    await redis.start();
    await rows(page).first().waitFor();
  });

  test('without the service it keeps the last snapshot, and says so', async ({ open, service }) => {
    const page = await open({ expectErrors: /ERR_CONNECTION|WebSocket/ });
    await toggle(page).click();
    await rows(page).first().waitFor();
    await service.stopApi();
    await page.getByText('The service cannot be reached. Showing the last known state.').waitFor();
    expect(await rows(page).count()).toBe(2);
    await service.startApi();
    await expect.poll(() => page.locator('.activity-state').textContent(), SOON).toBe('');
  });
});

describe('a panel that could not be fetched', () => {
  test('says so, and loads when it is opened again', async ({ open }) => {
    const page = await open({ expectErrors: /ERR_FAILED/ });
    await page.route('**/panel-*.js', (route) => route.abort());
    await toggle(page).click();
    await page.getByText('This part of the page could not be fetched.').waitFor();
    await page.unroute('**/panel-*.js');
    await toggle(page).click();
    await toggle(page).click();
    await rows(page).first().waitFor();
  });
});

describe('a panel that nobody sees', () => {
  test('gets no more snapshots: closed, or behind another tab', async ({ open }) => {
    const page = await open();
    const frames = framesSent(page);
    await page.reload();
    await expect.poll(() => frames.length, SOON).toBeGreaterThan(0);
    const subscribed = () => count(frames, 'subscribe');
    const unsubscribed = () => count(frames, 'unsubscribe');
    await toggle(page).click();
    await expect.poll(subscribed, SOON).toBe(1);
    await show(page, false);
    await expect.poll(unsubscribed, SOON).toBe(1);
    await show(page, true);
    await expect.poll(subscribed, SOON).toBe(2);
    await toggle(page).click();
    await expect.poll(unsubscribed, SOON).toBe(2);
    expect(await rows(page).count()).toBe(0);
  });
});

describe('without a socket', () => {
  test('it is polled every two seconds, as long as the panel is open', async ({ open }) => {
    const page = await open({ expectErrors: /WebSocket/ });
    await page.routeWebSocket(/socket\.io/, (socket) => socket.close());
    await page.clock.install();
    await page.reload();
    let requests = 0;
    page.on('request', (request) => {
      if (new URL(request.url()).pathname === '/activity') requests += 1;
    });
    await toggle(page).click();
    await rows(page).first().waitFor();
    const before = requests;
    await page.clock.runFor(2000);
    await expect.poll(() => requests, SOON).toBeGreaterThan(before);
    await toggle(page).click();
    const atEnd = requests;
    await page.clock.runFor(20_000);
    expect(requests).toBe(atEnd);
  });
});

describe('the panel', () => {
  test('shows nothing that a stranger should not know', async ({ open, service }) => {
    const page = await open();
    const received: string[] = [];
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        const text = String(payload);
        if (text.includes('"workers"')) received.push(text);
      }),
    );
    await page.reload();
    await toggle(page).click();
    await rows(page).first().waitFor();
    await predictSome(service);
    await expect.poll(() => finishedByWorkers(page), SOON).toBeGreaterThan(0);
    expect(received.length).toBeGreaterThan(0);
    const response = await (await fetch(`${service.url}/activity`)).text();
    const shown = await page.locator('.activity').evaluate((panel) => panel.outerHTML);
    const secrets = [
      /rediss?:/i,
      new URL(sharedRedisUrl()).host,
      /127\.0\.0\.1|localhost/,
      new RegExp(`\\b${hostname()}\\b`),
      fileURLToPath(new URL('../..', import.meta.url)),
      /\/dist\/|node_modules|\.onnx/,
      /inkqueue:|test-[0-9a-f]{8}-/,
      /token|secret|password/i,
    ];
    for (const text of [response, shown, ...received]) {
      for (const secret of secrets) {
        if (typeof secret === 'string') expect(text).not.toContain(secret);
        else expect(text).not.toMatch(secret);
      }
    }
    // And no other field: this is all that the service sends.
    expect(Object.keys(JSON.parse(response)).sort()).toEqual([
      'at',
      'bounds',
      'console',
      'failed',
      'operated',
      'point_seconds',
      'points',
      'queue',
      'refused',
      'workers',
    ]);
    expect(Object.keys(JSON.parse(response).workers[0]).sort()).toEqual([
      'beat_at',
      'busy_since',
      'finished',
      'id',
      'jobs',
      'memory_bytes',
      'model',
      'per_second',
      'running',
      'started_at',
    ]);
  });
});

describe('accessibility', () => {
  test.for(['light', 'dark'] as const)(
    'axe finds nothing in %s mode',
    async (colorScheme, { open, onTestFinished }) => {
      const service = await startService();
      onTestFinished(service.close);
      const page = await open({ url: service.url, colorScheme, reducedMotion: 'reduce' });
      await toggle(page).click();
      await rows(page).first().waitFor();
      expect(await violations(page)).toEqual([]);
      await predictSome(service);
      await words(page, '1 could not be read.').waitFor();
      expect(await violations(page)).toEqual([]);
      await service.stopWorkers();
      await page.getByText('No worker is running.').waitFor();
      expect(await violations(page)).toEqual([]);
    },
  );

  test.for([320, 390, 768, 3840])('%i pixels wide, nothing is cut off', async (width, { open, service }) => {
    const page = await open({ viewport: { width, height: 900 } });
    await toggle(page).click();
    await rows(page).first().waitFor();
    await predictSome(service);
    await words(page, 'half within').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
});
