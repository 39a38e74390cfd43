import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { blankPage, digitPng } from '../integration/pictures.ts';
import { drawDigit, drawNumber } from './draw-digit.ts';
import { dropFiles } from './many-files.ts';

const CHOOSER = 'input[type=file][multiple]';
const ID = '0193a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b';
const SUBMISSIONS = '**/predictions?*';
const readAs = (page: Page, digit: number) => page.getByRole('status').getByText(new RegExp(`^${digit}\\. `));
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

/** The page's states, by name. */
export const STATES: Record<string, { reach: Reach; expectErrors?: RegExp }> = {
  'a first visit': {
    async reach(page) {
      await page.getByText('Write a digit or a number', { exact: true }).waitFor();
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
      await page.getByText(/ of \S+ kB sent\.$/).waitFor();
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
  'a number': {
    async reach(page) {
      await drawNumber(page, [4, 2]);
      await page
        .getByRole('status')
        .getByText(/^42\. /)
        .waitFor();
    },
  },
  'an explained digit': {
    async reach(page) {
      await drawDigit(page, 3);
      await readAs(page, 3).waitFor();
      await page.getByRole('button', { name: 'Why this digit?' }).click();
      await page.locator('.why-words').first().waitFor();
    },
  },
  'a program': {
    async reach(page) {
      await drawDigit(page, 3);
      await readAs(page, 3).waitFor();
      await page.getByText('Use it from a program').click();
      await page.locator('.program-code').first().waitFor();
    },
  },
  'a batch': {
    async reach(page) {
      await dropBatch(page);
    },
  },
  'a picture of a batch': {
    async reach(page) {
      await dropBatch(page);
      await page.locator('.picture-open').first().click();
      await page.getByRole('dialog').waitFor();
    },
  },
  'the queue': {
    async reach(page) {
      await page.goto(new URL('/ui/queue', page.url()).href);
      await page.locator('.worker').first().waitFor();
    },
  },
  'a model': {
    async reach(page) {
      await page.goto(new URL('/ui/models/mnist-cnn', page.url()).href);
      await page.getByRole('heading', { level: 2 }).first().waitFor();
    },
  },
  'the keys': {
    async reach(page) {
      await page.locator('.sample-thumb').last().waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
  'an unknown address': {
    expectErrors: /status of 404/,
    async reach(page) {
      await page.goto(new URL('/ui/nothing', page.url()).href);
      await page.getByText('There is nothing at this address.').waitFor();
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

/** Eight files, one of them blank, at their own place. */
async function dropBatch(page: Page): Promise<void> {
  await dropFiles(page, 8, { blank: [3] });
  await page
    .getByRole('status')
    .getByText(/^All 8 pictures are done\./)
    .waitFor({ state: 'attached' });
}
