import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { blankPage, digitPng } from '../integration/pictures.ts';
import { violations } from './axe.ts';
import { drawDigit } from './draw-digit.ts';
import { type OpenPage, reopen, test } from './fixtures.ts';

const CHOOSER = 'input[type=file][multiple]';
const ID = '0193a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b';
const SUBMISSIONS = '**/predictions?*';
const readAs = (page: Page, digit: number) => page.getByRole('status').getByText(`Read as ${digit}.`);
const alert = (page: Page, words: string) => page.getByRole('alert').getByText(words);

function refusal(status: number, code: string, retryAfterS?: number) {
  const retryable = retryAfterS !== undefined;
  return {
    status,
    contentType: 'application/problem+json',
    headers: retryable ? { 'retry-after': String(retryAfterS) } : {},
    json: { type: `urn:inkqueue:problem:${code}`, title: '', status, detail: '', code, retryable },
  };
}

async function choose(page: Page, buffer: Buffer): Promise<void> {
  await page.setInputFiles(CHOOSER, { name: 'a.png', mimeType: 'image/png', buffer });
}

/** Brings the page into a state; resolves when the state and its next step are in view. */
type Reach = (page: Page) => Promise<void>;

const STATES: Record<string, { reach: Reach; expectErrors?: RegExp }> = {
  'a first visit': {
    async reach(page) {
      await page.getByText('Draw a digit.', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Show me' }).waitFor();
      await page.locator('.sample-thumb').last().waitFor();
    },
  },
  'a sample image': {
    async reach(page) {
      await page.getByRole('button', { name: 'Not a digit', exact: true }).click();
      await page.getByText('Better check: this may not be a digit').waitFor();
    },
  },
  'an empty history': {
    async reach(page) {
      await page.getByRole('link', { name: 'History' }).click();
      await page.getByText('Nothing here yet.').waitFor();
      await page.getByRole('link', { name: 'Draw a digit' }).waitFor();
    },
  },
  'a history': {
    async reach(page) {
      await choose(page, await digitPng(5));
      await readAs(page, 5).waitFor();
      await page.getByRole('link', { name: 'History' }).click();
      await page.getByRole('searchbox', { name: 'Number or file name' }).waitFor();
    },
  },
  'a history searched in vain': {
    async reach(page) {
      await choose(page, await digitPng(5));
      await readAs(page, 5).waitFor();
      await page.getByRole('link', { name: 'History' }).click();
      await page.getByRole('searchbox', { name: 'Number or file name' }).fill('nothing like it');
      await page.getByRole('status').getByText('Nothing found').waitFor();
    },
  },
  'a batch under way': {
    async reach(page) {
      await page.route('**/batches?*', () => {});
      const buffer = await digitPng(5);
      const files = Array.from({ length: 12 }, (_, index) => ({
        name: `an image with a long name ${index}.png`,
        mimeType: 'image/png',
        buffer,
      }));
      await page.setInputFiles(CHOOSER, files);
      await page.getByRole('progressbar', { name: 'Upload and reading of all pictures' }).waitFor();
      await page.getByText(/^0 of 12 done/).waitFor();
    },
  },
  'a slow result': {
    async reach(page) {
      await page.route(SUBMISSIONS, () => {});
      await drawDigit(page, 3);
      await page.getByText('Still on its way to the service.').first().waitFor();
    },
  },
  'no network': {
    expectErrors: /ERR_INTERNET_DISCONNECTED|WebSocket/,
    async reach(page) {
      await page.context().setOffline(true);
      await page.getByText('You are offline. Drawing works').waitFor();
      await drawDigit(page, 3);
      await alert(page, 'You are offline.').waitFor();
      await page.getByRole('button', { name: 'Try now' }).waitFor();
    },
  },
  'a busy service': {
    expectErrors: /status of 503/,
    async reach(page) {
      await page.route(SUBMISSIONS, (route) => route.fulfill(refusal(503, 'queue-full', 30)));
      await drawDigit(page, 3);
      await alert(page, 'The queue is full right now.').waitFor();
      const seconds = async () =>
        Number(/in (\d+) s/.exec((await page.getByText(/Trying again in/).textContent()) ?? '')?.[1]);
      const first = await seconds();
      expect(first).toBeLessThanOrEqual(30);
      await expect.poll(seconds, { timeout: 5000 }).toBeLessThan(first);
    },
  },
  'a file that is too large': {
    expectErrors: /status of 413/,
    async reach(page) {
      await choose(page, Buffer.alloc(26_000_000));
      await alert(page, 'This file is too large.').waitFor();
      await alert(page, 'Send a smaller picture').waitFor();
    },
  },
  'a file of the wrong type': {
    expectErrors: /status of 415/,
    async reach(page) {
      await choose(page, Buffer.from('Not an image.'));
      await alert(page, 'This is not a picture we can read.').waitFor();
      await alert(page, 'PNG, JPEG').waitFor();
    },
  },
  'no ink': {
    async reach(page) {
      await choose(page, await blankPage());
      await alert(page, 'No digit found.').waitFor();
      await alert(page, 'Draw or photograph it').waitFor();
    },
  },
  'an uncertain result': {
    async reach(page) {
      await scribble(page);
      await page.getByText('Better check: this may not be a digit').waitFor();
    },
  },
  'a link that is being fetched': {
    async reach(page) {
      await page.route(`**/predictions/${ID}`, () => {});
      await page.goto(new URL(`/ui/p/${ID}`, page.url()).href);
      await page.getByRole('status').getByText('Fetching the result…').waitFor();
    },
  },
  'an expired link': {
    expectErrors: /status of 410/,
    async reach(page) {
      await page.route(`**/predictions/${ID}`, (route) => route.fulfill(refusal(410, 'prediction-expired')));
      await page.goto(new URL(`/ui/p/${ID}`, page.url()).href);
      await alert(page, 'This result has expired.').waitFor();
      await page.getByRole('link', { name: 'Draw a new one' }).waitFor();
    },
  },
  'an unknown link': {
    expectErrors: /status of 404/,
    async reach(page) {
      await page.goto(new URL(`/ui/p/${ID}`, page.url()).href);
      await alert(page, 'There is no result under this link.').waitFor();
      await page.getByRole('link', { name: 'Draw a new one' }).waitFor();
    },
  },
  'a link to a service that is away': {
    expectErrors: /status of 503/,
    async reach(page) {
      await page.route(`**/predictions/${ID}`, (route) =>
        route.fulfill(refusal(503, 'redis-unavailable', 30)),
      );
      await page.goto(new URL(`/ui/p/${ID}`, page.url()).href);
      await alert(page, 'The queue cannot be reached right now.').waitFor();
      await page.getByRole('button', { name: 'Try now' }).waitFor();
    },
  },
  'a result': {
    async reach(page) {
      await choose(page, await digitPng(5));
      await readAs(page, 5).waitFor();
      await page.getByRole('link', { name: 'Link', exact: true }).click();
      await page.getByRole('button', { name: 'Copy as curl' }).waitFor();
      await readAs(page, 5).waitFor();
    },
  },
};

/** A zigzag over the whole sheet: not a digit. */
async function scribble(page: Page): Promise<void> {
  const box = (await page.locator('.sheet').boundingBox())!;
  const at = (x: number, y: number) => page.mouse.move(box.x + box.width * x, box.y + box.height * y);
  await at(0.15, 0.15);
  await page.mouse.down();
  for (let step = 1; step <= 14; step += 1) await at(step % 2 ? 0.85 : 0.15, 0.15 + step * 0.05);
  await page.mouse.up();
}

async function reachIn(open: OpenPage, name: string, options: Parameters<OpenPage>[0]): Promise<Page> {
  const { reach, expectErrors } = STATES[name]!;
  const page = await open({ ...options, ...(expectErrors && { expectErrors }) });
  await reach(page);
  return page;
}

describe.for(['light', 'dark'] as const)('in %s mode axe finds nothing in', (colorScheme) => {
  test.for(Object.keys(STATES))('%s', async (name, { open }) => {
    const page = await reachIn(open, name, { colorScheme, reducedMotion: 'reduce' });
    expect(await violations(page)).toEqual([]);
  });
});

describe('320 pixels wide nothing is cut off in', () => {
  test.for(Object.keys(STATES))('%s', async (name, { open }) => {
    const page = await reachIn(open, name, { viewport: { width: 320, height: 640 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
});

test('a socket that is cut while the network stays is replaced by polling, and connected again', async ({
  open,
}) => {
  const page = await open({ expectErrors: /WebSocket/ });
  let cut = false;
  let connections = 0;
  const sockets = new Set<{ close: () => void }>();
  await reopen(page, () =>
    page.routeWebSocket(/socket\.io/, (socket) => {
      if (cut) return void socket.close();
      connections += 1;
      sockets.add(socket);
      socket.connectToServer();
    }),
  );
  await drawDigit(page, 3);
  await readAs(page, 3).waitFor();
  await expect.poll(() => connections).toBe(1);
  cut = true;
  for (const socket of sockets) socket.close();
  await page.getByRole('button', { name: 'Clear' }).click();
  const polled = page.waitForRequest(/\/predictions\/.*\?wait=/);
  await drawDigit(page, 7);
  await polled;
  await readAs(page, 7).waitFor();
  cut = false;
  await expect.poll(() => connections, { timeout: 30_000 }).toBe(2);
  await page.getByRole('button', { name: 'Clear' }).click();
  await drawDigit(page, 8);
  await readAs(page, 8).waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
});
