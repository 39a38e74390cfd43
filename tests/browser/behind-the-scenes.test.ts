import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { createPrivateRedis } from '@inkqueue/scripts/private-redis';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { blankPage, digitPng } from '../integration/pictures.ts';
import { sharedRedisUrl } from '../integration/stack.ts';
import { violations } from './axe.ts';
import { test } from './fixtures.ts';
import { type Service, startService } from './started-stack.ts';

const toggle = (page: Page) => page.getByRole('button', { name: 'Behind the scenes' });
/** Workers and queue are told of once a second; an api that was away is asked again after some seconds. */
const soon = { timeout: 20_000 };
const rows = (page: Page) => page.locator('.workers tbody tr');
const readByWorkers = async (page: Page) =>
  (await page.locator('.workers tbody tr td:last-child').allTextContents()).reduce(
    (a, b) => a + Number(b),
    0,
  );
const words = (page: Page, text: string) => page.locator('.chart-words').filter({ hasText: text });
const figure = (page: Page, name: string) =>
  page.locator('.activity-figure').filter({ hasText: name }).locator('dd');

/** Has pictures read by another client than the page, one of them without a digit. */
async function readSome({ url }: Service): Promise<void> {
  const pictures = [await digitPng(3), await digitPng(7), await digitPng(1), await blankPage()];
  for (const picture of pictures) {
    const body = new FormData();
    body.append('file', new Blob([new Uint8Array(picture)]), 'digit.png');
    await fetch(`${url}/predict`, { method: 'POST', body });
  }
}

/** Every frame that the page's sockets send from now on; a reload makes it hear them from the first. */
function framesSent(page: Page): string[] {
  const frames: string[] = [];
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => void frames.push(String(payload))),
  );
  return frames;
}
const sent = (frames: string[], name: string) => frames.some((frame) => frame.includes(`"${name}"`));

/** As if another tab had come to the front, or this one again. */
const show = (page: Page, visible: boolean) =>
  page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, !visible);

describe('behind the scenes', () => {
  test('nothing is fetched or asked before it is opened', async ({ open }) => {
    const page = await open();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const frames = framesSent(page);
    await page.reload();
    await expect.poll(() => frames.length, soon).toBeGreaterThan(0);
    const panel = /panel-.*\.js$|^\/activity$/;
    expect(asked.filter((path) => panel.test(path))).toEqual([]);
    expect(sent(frames, 'watch-activity')).toBe(false);
    await toggle(page).click();
    await rows(page).first().waitFor();
    expect(await toggle(page).getAttribute('aria-expanded')).toBe('true');
    expect(asked.some((path) => /panel-.*\.js$/.test(path))).toBe(true);
    expect(sent(frames, 'watch-activity')).toBe(true);
  });

  test('every worker has a row, one that is started too, and what they read is counted', async ({
    open,
    onTestFinished,
  }) => {
    const service = await startService();
    onTestFinished(service.close);
    const page = await open({ url: service.url });
    await toggle(page).click();
    await words(page, 'Nothing was answered in the last minutes.').waitFor();
    await expect.poll(() => rows(page).count(), soon).toBe(2);
    await readSome(service);
    await expect.poll(() => readByWorkers(page), soon).toBe(4);
    await words(page, '3 in the last 5 minutes, 1 could not be read.').waitFor();
    await page.getByRole('img', { name: 'Pictures read' }).waitFor();
    const times = page.getByRole('img', { name: 'Time to an answer' });
    expect(await times.locator('desc').textContent()).toMatch(
      /^half within [\d.]+ m?s, 95 % within [\d.]+ m?s$/,
    );
    await service.startWorker();
    await expect.poll(() => rows(page).count(), soon).toBe(3);
    expect(await figure(page, 'Workers').textContent()).toBe('3');
  });

  test('without a worker it says that nothing reads, and what waits', async ({ open, onTestFinished }) => {
    const service = await startService();
    onTestFinished(service.close);
    await service.stopWorkers();
    const page = await open({ url: service.url });
    await toggle(page).click();
    await page.getByText('Nothing reads right now.').waitFor();
    const body = new FormData();
    body.append('file', new Blob([new Uint8Array(await digitPng(3))]), 'digit.png');
    await fetch(`${service.url}/predictions`, { method: 'POST', body });
    await expect.poll(() => figure(page, 'Jobs waiting').textContent(), soon).toBe('1');
    await service.startWorker();
    await rows(page).first().waitFor();
    expect(await page.getByText('Nothing reads right now.').count()).toBe(0);
    await expect.poll(() => figure(page, 'Jobs waiting').textContent(), soon).toBe('0');
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
    await page.getByText('The queue is out of reach just now. Nothing is lost').waitFor();
    expect(await figure(page, 'Jobs waiting').textContent()).toBe('–');
    expect(await page.getByText('Nothing reads right now.').count()).toBe(0);
    await redis.start();
    await rows(page).first().waitFor();
  });

  test('without the service it keeps what was last known, and says so', async ({ open, service }) => {
    const page = await open({ expectErrors: /ERR_CONNECTION|WebSocket/ });
    await toggle(page).click();
    await rows(page).first().waitFor();
    await service.stopApi();
    await page.getByText('The service cannot be reached. Below stands what was last known.').waitFor();
    expect(await rows(page).count()).toBe(2);
    await service.startApi();
    await expect.poll(() => page.locator('.activity-state').textContent(), soon).toBe('');
  });
});

describe('a panel that could not be fetched', () => {
  test('says so, and comes when it is opened again', async ({ open }) => {
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

describe('who stops looking', () => {
  test('is told nothing more: closed, or behind another tab', async ({ open }) => {
    const page = await open();
    const frames = framesSent(page);
    await page.reload();
    await expect.poll(() => frames.length, soon).toBeGreaterThan(0);
    const watches = () => frames.filter((frame) => frame.includes('"watch-activity"')).length;
    const ends = () => frames.filter((frame) => frame.includes('"unwatch-activity"')).length;
    await toggle(page).click();
    await expect.poll(watches, soon).toBe(1);
    await show(page, false);
    await expect.poll(ends, soon).toBe(1);
    await show(page, true);
    await expect.poll(watches, soon).toBe(2);
    await toggle(page).click();
    await expect.poll(ends, soon).toBe(2);
    expect(await rows(page).count()).toBe(0);
  });
});

describe('without a socket', () => {
  test('it is asked for every two seconds, as long as somebody looks', async ({ open }) => {
    const page = await open({ expectErrors: /WebSocket/ });
    await page.routeWebSocket(/socket\.io/, (socket) => socket.close());
    await page.clock.install();
    await page.reload();
    let asked = 0;
    page.on('request', (request) => {
      if (new URL(request.url()).pathname === '/activity') asked += 1;
    });
    await toggle(page).click();
    await rows(page).first().waitFor();
    const before = asked;
    await page.clock.runFor(2000);
    await expect.poll(() => asked, soon).toBeGreaterThan(before);
    await toggle(page).click();
    const atEnd = asked;
    await page.clock.runFor(20_000);
    expect(asked).toBe(atEnd);
  });
});

describe('what it shows', () => {
  test('is nothing that a stranger should not know', async ({ open, service }) => {
    const page = await open();
    const told: string[] = [];
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        const text = String(payload);
        if (text.includes('"workers"')) told.push(text);
      }),
    );
    await page.reload();
    await toggle(page).click();
    await rows(page).first().waitFor();
    await readSome(service);
    await expect.poll(() => readByWorkers(page), soon).toBeGreaterThan(0);
    expect(told.length).toBeGreaterThan(0);
    const asked = await (await fetch(`${service.url}/activity`)).text();
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
    for (const text of [asked, shown, ...told]) {
      for (const secret of secrets) {
        if (typeof secret === 'string') expect(text).not.toContain(secret);
        else expect(text).not.toMatch(secret);
      }
    }
    // Nothing else either: what the service tells is no more than this.
    expect(Object.keys(JSON.parse(asked)).sort()).toEqual([
      'at',
      'point_seconds',
      'points',
      'queue',
      'workers',
    ]);
    expect(Object.keys(JSON.parse(asked).workers[0]).sort()).toEqual([
      'finished',
      'id',
      'model',
      'running',
      'started_at',
    ]);
  });
});

describe('for everyone', () => {
  test.for(['light', 'dark'] as const)(
    'axe finds nothing in %s mode',
    async (colorScheme, { open, onTestFinished }) => {
      const service = await startService();
      onTestFinished(service.close);
      const page = await open({ url: service.url, colorScheme, reducedMotion: 'reduce' });
      await toggle(page).click();
      await rows(page).first().waitFor();
      expect(await violations(page)).toEqual([]);
      await readSome(service);
      await words(page, '1 could not be read.').waitFor();
      expect(await violations(page)).toEqual([]);
      await service.stopWorkers();
      await page.getByText('Nothing reads right now.').waitFor();
      expect(await violations(page)).toEqual([]);
    },
  );

  test.for([320, 390, 768, 3840])('%i pixels wide, nothing is cut off', async (width, { open, service }) => {
    const page = await open({ viewport: { width, height: 900 } });
    await toggle(page).click();
    await rows(page).first().waitFor();
    await readSome(service);
    await words(page, 'half within').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
});
