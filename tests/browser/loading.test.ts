import { readdir } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { digitPng } from '../integration/pictures.ts';
import { drawDigit } from './draw-digit.ts';
import { test } from './fixtures.ts';

/** All of the page's code as sent in gzip; 1 kB is 1,000 bytes. */
const CODE_MAX_BYTES = 120_000;
const ASSETS = new URL('../../web/dist/assets/', import.meta.url);
const readAs = (page: Page, digit: number) => page.getByRole('status').getByText(`Read as ${digit}.`);

/** A file as sent: `fetch` would decompress it. */
async function transferred(url: string, encoding: string): Promise<{ encoding: string; bytes: number }> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpRequest(url, { headers: { 'accept-encoding': encoding } }, resolve)
      .on('error', reject)
      .end();
  });
  const body = await buffer(response);
  expect(response.statusCode).toBe(200);
  return { encoding: response.headers['content-encoding'] ?? '', bytes: body.length };
}

/** Opens every part of the page: all of its code is fetched, and every kind of request made. */
async function visitAll(page: Page): Promise<void> {
  await drawDigit(page, 3);
  await readAs(page, 3).waitFor();
  const files = { name: 'five.png', mimeType: 'image/png', buffer: await digitPng(5) };
  await page.setInputFiles('input[type=file][multiple]', files);
  await readAs(page, 5).waitFor();
  await page.getByRole('button', { name: 'Behind the scenes' }).click();
  await page.locator('.workers tbody tr').first().waitFor();
  await page.getByRole('link', { name: 'Link', exact: true }).click();
  await page.getByRole('heading', { name: /^Result of / }).waitFor();
  await readAs(page, 5).waitFor();
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByRole('searchbox').fill('5');
  await page.getByRole('status').getByText('1 found').waitFor();
}

describe('the page’s code', () => {
  test.for(['gzip', 'br'])('is at most 120 kB in all as sent in %s', async (encoding, { service }) => {
    const names = (await readdir(ASSETS)).filter((name) => name.endsWith('.js'));
    const sent = await Promise.all(
      names.map((name) => transferred(`${service.url}/ui/assets/${name}`, encoding)),
    );
    expect(new Set(sent.map((each) => each.encoding))).toEqual(new Set([encoding]));
    const bytes = sent.reduce((sum, each) => sum + each.bytes, 0);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThanOrEqual(CODE_MAX_BYTES);
  });
});

describe('a visit to the whole page', () => {
  test('makes requests to its own origin alone, for all of the measured code and for no font', async ({
    open,
    service,
  }) => {
    const page = await open();
    const urls: string[] = [];
    const fonts: string[] = [];
    page.on('request', (request) => {
      urls.push(request.url());
      if (request.resourceType() === 'font') fonts.push(request.url());
    });
    page.on('websocket', (socket) => urls.push(socket.url().replace(/^ws/, 'http')));
    await page.reload();
    await visitAll(page);
    const requested = urls.map((url) => new URL(url)).filter(({ protocol }) => protocol.startsWith('http'));
    expect(requested.filter(({ origin }) => origin !== service.url).map(String)).toEqual([]);
    expect(requested.some(({ pathname }) => pathname.startsWith('/socket.io'))).toBe(true);
    const code = requested.map(({ pathname }) => pathname).filter((path) => path.endsWith('.js'));
    const measured = (await readdir(ASSETS)).filter((name) => name.endsWith('.js'));
    expect([...new Set(code)].sort()).toEqual(measured.map((name) => `/ui/assets/${name}`).sort());
    expect(fonts).toEqual([]);
    expect(await page.evaluate(() => document.fonts.size)).toBe(0);
  });

  test('breaks no rule of a Content-Security-Policy that allows nothing inline', async ({
    open,
    service,
  }) => {
    for (const place of ['/ui/', '/ui/history']) {
      const policy = (await fetch(service.url + place)).headers.get('content-security-policy');
      expect(policy).toMatch(/default-src 'self'/);
      expect(policy).not.toMatch(/unsafe-(inline|eval)/);
    }
    const page = await open({ expectErrors: /Applying inline style/ });
    const violations: string[] = [];
    await page.exposeFunction('noteViolation', (what: string) => violations.push(what));
    await page.addInitScript(() =>
      addEventListener('securitypolicyviolation', (event) => {
        (window as unknown as { noteViolation: (what: string) => void }).noteViolation(
          `${event.violatedDirective}: ${event.blockedURI}`,
        );
      }),
    );
    await page.reload();
    await visitAll(page);
    expect(violations).toEqual([]);
    // And a violation would have been noticed.
    await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<p style="color: red"></p>'));
    await expect.poll(() => violations, { timeout: 10_000 }).toEqual(['style-src-attr: inline']);
  });
});

/** Records when each socket is opened, from the next load on, on the page's own clock. */
async function noteSockets(page: Page): Promise<() => Promise<number[]>> {
  await page.addInitScript(() => {
    const opened: number[] = [];
    const Socket = WebSocket;
    class NotedSocket extends Socket {
      constructor(...args: ConstructorParameters<typeof Socket>) {
        opened.push(performance.now());
        super(...args);
      }
    }
    Object.assign(window, { WebSocket: NotedSocket, socketsOpened: opened });
  });
  return () => page.evaluate(() => (window as unknown as { socketsOpened: number[] }).socketsOpened);
}

describe('the first paint', () => {
  test.for([1, 6])(
    'comes before any of the socket on a processor slowed %i times',
    async (rate, { open }) => {
      const page = await open();
      const client = await page.context().newCDPSession(page);
      await client.send('Emulation.setCPUThrottlingRate', { rate });
      const opened = await noteSockets(page);
      for (let visit = 0; visit < 5; visit += 1) {
        await page.reload();
        await expect.poll(async () => (await opened()).length, { timeout: 20_000 }).toBeGreaterThan(0);
        const [painted, ...fetched] = await page.evaluate(() => [
          performance.getEntriesByName('first-contentful-paint')[0]!.startTime,
          ...performance
            .getEntriesByType('resource')
            .filter(({ name }) => /\/socket-[^/]*\.js$/.test(name))
            .map(({ startTime }) => startTime),
        ]);
        expect(painted).toBeGreaterThan(0);
        expect(fetched.length).toBeGreaterThan(0);
        for (const at of [...fetched, ...(await opened())]) expect(at).toBeGreaterThanOrEqual(painted!);
      }
    },
  );

  test('is not waited for in a hidden tab, and not for ever', async ({ open }) => {
    const page = await open();
    await page.clock.install();
    const opened = await noteSockets(page);
    // A browser that never reports a paint, for example because its timings are switched off for privacy.
    await page.addInitScript(() => {
      PerformanceObserver.prototype.observe = () => {};
    });
    await page.reload();
    await page.getByText('Draw a digit.', { exact: true }).waitFor();
    expect(await opened()).toEqual([]);
    await page.clock.runFor(3000);
    await expect.poll(async () => (await opened()).length, { timeout: 20_000 }).toBe(1);
    await page.addInitScript(() => Object.defineProperty(document, 'hidden', { get: () => true }));
    await page.reload();
    await expect.poll(async () => (await opened()).length, { timeout: 20_000 }).toBe(1);
  });
});
