import { readdir } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { digit } from '../integration/pictures.ts';
import { drawDigit } from './draw-digit.ts';
import { test } from './fixtures.ts';
import { allDone } from './many-files.ts';

/** The code of the first view as sent in gzip; 1 kB is 1,000 bytes. */
const CODE_MAX_BYTES = 130_000;
const ASSETS = new URL('../../web/dist/assets/', import.meta.url);
/** The texts of another language than English: a page fetches one of them or none. */
const LANGUAGE = /^(de|es|fr|hi|zh)-/;
const readAs = (page: Page, digit: number) => page.getByRole('status').getByText(new RegExp(`^${digit}\\. `));

async function codeNames(): Promise<string[]> {
  return (await readdir(ASSETS)).filter((name) => name.endsWith('.js') && !LANGUAGE.test(name));
}

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
  await page.locator('.sample-thumb').last().waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await drawDigit(page, 3);
  await readAs(page, 3).waitFor();
  // Large enough for the page to prepare it.
  const buffer = await digit(5, { side: 500 }).png({ compressionLevel: 0 }).toBuffer();
  const files = { name: 'five.png', mimeType: 'image/png', buffer };
  await page.setInputFiles('input[type=file][multiple]', files);
  await readAs(page, 5).waitFor();
  await page.getByRole('button', { name: 'Behind the scenes' }).click();
  await page.locator('.workers tbody tr').first().waitFor();
  await page.getByRole('link', { name: 'The whole picture' }).click();
  await page.locator('.worker').first().waitFor();
  await page.goBack();
  await page.getByText('Use it from a program').click();
  await page.locator('.program-code').first().waitFor();
  await page.getByRole('link', { name: /^mnist-cnn/ }).click();
  await page.locator('.model').waitFor();
  await page.goBack();
  await page.getByRole('link', { name: 'Link', exact: true }).click();
  await page.getByRole('heading', { name: /Result of / }).waitFor();
  await readAs(page, 5).waitFor();
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByRole('searchbox').fill('5');
  await page.getByRole('status').getByText('1 found').waitFor();
  await page.getByRole('link', { name: 'Inkqueue' }).click();
  await page.setInputFiles(
    'input[type=file][multiple]',
    Array.from({ length: 6 }, () => files),
  );
  await allDone(page, '6');
}

describe('the page’s code', () => {
  test.for(['gzip', 'br'])(
    'is at most 130 kB for the first view as sent in %s',
    async (encoding, { open, service }) => {
      const page = await open();
      await page.locator('.sample-thumb').last().waitFor();
      const urls = await page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .map(({ name }) => name)
          .filter((name) => name.endsWith('.js')),
      );
      // The socket comes when somebody uses the page.
      expect(urls.filter((url) => url.includes('/socket-'))).toEqual([]);
      const sent = await Promise.all(urls.map((url) => transferred(url, encoding)));
      expect(urls.length).toBeGreaterThan(2);
      expect(new Set(sent.map((each) => each.encoding))).toEqual(new Set([encoding]));
      const bytes = sent.reduce((sum, each) => sum + each.bytes, 0);
      expect(bytes).toBeGreaterThan(10_000);
      expect(bytes).toBeLessThanOrEqual(CODE_MAX_BYTES);
      expect(urls.every((url) => url.startsWith(service.url))).toBe(true);
    },
  );
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
    const measured = await codeNames();
    expect([...new Set(code)].sort()).toEqual(measured.map((name) => `/ui/assets/${name}`).sort());
    expect(fonts).toEqual([]);
    expect(await page.evaluate(() => document.fonts.size)).toBe(0);
  });

  test('breaks no rule of a Content-Security-Policy that allows nothing inline', async ({
    open,
    service,
  }) => {
    for (const place of ['/ui/', '/ui/history', '/ui/queue']) {
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

/** How many sockets are open once somebody moves the mouse. */
async function openedAtTouch(page: Page, opened: () => Promise<number[]>): Promise<number> {
  await page.mouse.move(5 + Math.random() * 20, 5);
  return (await opened()).length;
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
        await expect.poll(() => openedAtTouch(page, opened), { timeout: 20_000 }).toBeGreaterThan(0);
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
    await page.getByText('Write a digit or a number', { exact: true }).waitFor();
    expect(await opened()).toEqual([]);
    await page.clock.runFor(3000);
    await expect.poll(() => openedAtTouch(page, opened), { timeout: 20_000 }).toBe(1);
    await page.addInitScript(() => Object.defineProperty(document, 'hidden', { get: () => true }));
    await page.reload();
    await expect.poll(() => openedAtTouch(page, opened), { timeout: 20_000 }).toBe(1);
  });
});
