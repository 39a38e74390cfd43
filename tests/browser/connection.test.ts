import { createPrivateRedis } from '@inkqueue/scripts/private-redis';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { digitPng } from '../integration/pictures.ts';
import { drawDigit } from './draw-digit.ts';
import { reopen, test } from './fixtures.ts';
import { startService } from './restartable-service.ts';

const readAs = (page: Page, digit: number) => page.getByRole('status').getByText(new RegExp(`^${digit}\\. `));
const noNetwork = /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|WebSocket/;

describe('with a socket', () => {
  test('results come over the socket, and nothing is polled', async ({ open }) => {
    const page = await open();
    const polled: string[] = [];
    page.on('request', (request) => request.url().includes('?wait=') && polled.push(request.url()));
    const frames: string[] = [];
    await reopen(page, () => {
      page.on('websocket', (socket) =>
        socket.on('framereceived', ({ payload }) => void frames.push(String(payload))),
      );
    });
    const received = (text: string) => frames.some((frame) => frame.includes(text));
    const connects = async () => {
      // A page that has nothing of an earlier visit connects when it is touched.
      await page.mouse.move(5, 5 + 5 * Math.random());
      return received('40{"sid"');
    };
    await expect.poll(connects, { timeout: 10_000 }).toBe(true);
    await drawDigit(page, 3);
    await readAs(page, 3).waitFor();
    await expect.poll(() => received('"predicted_digit":3'), { timeout: 10_000 }).toBe(true);
    expect(polled).toEqual([]);
  });
});

describe('without a socket', () => {
  test('results come by polling', async ({ open }) => {
    const page = await open({ expectErrors: /WebSocket/ });
    await page.routeWebSocket(/socket\.io/, (socket) => socket.close());
    const polled = page.waitForRequest(/\/predictions\/.*\?wait=/);
    await page.reload();
    await drawDigit(page, 3);
    await polled;
    await readAs(page, 3).waitFor();
  });
});

describe('without a network', () => {
  test('the page says so, keeps the drawing, and sends it when the network is back', async ({ open }) => {
    const page = await open({ expectErrors: noNetwork });
    await drawDigit(page, 7);
    await readAs(page, 7).waitFor();
    await page.context().setOffline(true);
    await page.getByText('You are offline. Drawing works').waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await drawDigit(page, 3);
    await page.getByRole('alert').getByText('You are offline.').waitFor();
    await page.context().setOffline(false);
    await readAs(page, 3).waitFor();
    expect(await page.locator('.connection').textContent()).toBe('');
  });
});

describe('a service that goes away', () => {
  test('is waited for, and gets the drawing when it is back', async ({ open, service }) => {
    const page = await open({ expectErrors: noNetwork });
    await drawDigit(page, 7);
    await readAs(page, 7).waitFor();
    await service.stopApi();
    await page.getByRole('button', { name: 'Clear' }).click();
    await drawDigit(page, 3);
    await page.getByRole('alert').getByText('The service cannot be reached.').waitFor();
    await service.startApi();
    await readAs(page, 3).waitFor();
  });

  test('without its Redis is waited for, and gets the drawing when Redis is back', async ({
    open,
    onTestFinished,
  }) => {
    const redis = await createPrivateRedis();
    onTestFinished(redis.remove);
    const service = await startService(redis.url);
    onTestFinished(service.close);
    const page = await open({ url: service.url, expectErrors: /status of 503/ });
    await drawDigit(page, 7);
    await readAs(page, 7).waitFor();
    await redis.stop();
    await page.getByRole('button', { name: 'Clear' }).click();
    await drawDigit(page, 3);
    await page.getByRole('alert').getByText('The queue cannot be reached right now.').waitFor();
    await redis.start();
    await readAs(page, 3).waitFor();
  });
});

describe('a busy service', () => {
  test('is waited for as long as its Retry-After says', async ({ open }) => {
    const page = await open({ expectErrors: /status of 503/ });
    let refusals = 2;
    await page.route('**/predictions?preview=true', (route) => {
      if (refusals === 0) return route.continue();
      refusals -= 1;
      return route.fulfill({
        status: 503,
        headers: { 'retry-after': '1' },
        contentType: 'application/problem+json',
        json: {
          type: 'urn:inkqueue:problem:queue-full',
          title: 'The queue is full',
          status: 503,
          detail: 'Try again soon.',
          code: 'queue-full',
          retryable: true,
        },
      });
    });
    await drawDigit(page, 3);
    await page.getByRole('alert').getByText('The queue is full right now.').waitFor();
    await page.getByRole('button', { name: 'Try now' }).waitFor();
    await readAs(page, 3).waitFor();
    expect(refusals).toBe(0);
  });
});

describe('a slow service', () => {
  test('is mentioned after half a second, and not before', async ({ open }) => {
    const page = await open();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/predictions?preview=true', async (route) => {
      await held;
      await route.continue();
    });
    await page.clock.install();
    await page.reload();
    await page.getByText('Write a digit or a number', { exact: true }).waitFor();
    await page.clock.pauseAt(Date.now() + 60_000);
    const buffer = await digitPng(5);
    await page.setInputFiles('input[type=file][multiple]', { name: '5.png', mimeType: 'image/png', buffer });
    await page.getByText('Reading…', { exact: true }).waitFor();
    const note = page.getByText('Still on its way to the service.');
    await page.clock.runFor(499);
    expect(await note.count()).toBe(0);
    await page.clock.runFor(1);
    await note.first().waitFor();
    release();
    await page.clock.resume();
    await readAs(page, 5).waitFor();
    expect(await note.count()).toBe(0);
  });
});
