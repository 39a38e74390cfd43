import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Prediction, prediction } from '@inkqueue/shared/contracts/prediction';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { submit } from '../integration/client.ts';
import { digitPng } from '../integration/pictures.ts';
import { violations } from './axe.ts';
import { drawDigit } from './draw-digit.ts';
import { test } from './fixtures.ts';
import { startService } from './restartable-service.ts';

const run = promisify(execFile);
const ANSWER = { name: 'Answer' };
const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };
const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

/** A problem as the api sends it. */
function problemOf(status: number, code: string, retryable = false) {
  return {
    status,
    contentType: 'application/problem+json',
    headers: retryable ? { 'retry-after': '30' } : {},
    json: { type: `urn:inkqueue:problem:${code}`, title: '', status, detail: '', code, retryable },
  };
}

describe('a result’s own link', () => {
  test('leads from a result to its own page, and Back leads back to the drawing', async ({ open }) => {
    const page = await open();
    await drawDigit(page, 3);
    await page.getByRole('status').getByText(/^3\. /).waitFor();
    await page.getByRole('region', ANSWER).getByRole('link', { name: 'Link', exact: true }).click();
    await page.waitForURL(/\/ui\/p\/[0-9a-f-]{36}$/);
    await page.getByRole('heading', { name: /Result of / }).waitFor();
    await page.getByRole('status').getByText(/^3\. /).waitFor();
    expect(await page.title()).toBe('Result · Inkqueue');
    await page.goBack();
    await page.getByRole('heading', { name: 'Your drawing' }).waitFor();
    await page.locator('.verdict-percent').waitFor();
    await page.goForward();
    await page.getByRole('heading', { name: /Result of / }).waitFor();
    await page.getByRole('link', { name: 'Draw a new one' }).click();
    await page.getByRole('application', { name: 'Sheet to draw a digit on' }).waitFor();
  });

  test('is copied from a result, and opens in another window', async ({ open }) => {
    const page = await open(CLIPBOARD);
    await drawDigit(page, 7);
    await page.getByRole('status').getByText(/^7\. /).waitFor();
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByRole('status').getByText('Copied').waitFor();
    const link = await copied(page);
    const other = await open();
    await other.goto(link);
    await other.getByRole('status').getByText(/^7\. /).waitFor();
    await other.getByRole('img', { name: 'What the network saw' }).first().waitFor();
  });

  test('offers a command and JSON that match the api', async ({ open, service }) => {
    const { id } = await submit(service, await digitPng(5));
    const page = await open(CLIPBOARD);
    await page.goto(`${service.url}/ui/p/${id}`);
    await page.getByRole('status').getByText(/^5\. /).waitFor();
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    await page.getByRole('status').getByText('Copied').waitFor();
    const { stdout } = await run('sh', ['-c', await copied(page)]);
    const fetched = prediction.parse(JSON.parse(stdout));
    expect(fetched).toMatchObject({ id, result: { predicted_digit: 5 } });
    await page.getByRole('button', { name: 'Copy JSON' }).click();
    await expect.poll(() => copied(page)).toBe(JSON.stringify(fetched, null, 2));
    const docs = await page.getByRole('link', { name: 'API documentation' }).getAttribute('href');
    expect((await fetch(service.url + docs)).status).toBe(200);
  });

  test('is followed while it is pending', async ({ open, service }) => {
    const { id } = await submit(service, await digitPng(4));
    const page = await open();
    const done = prediction.parse(await (await fetch(`${service.url}/predictions/${id}?wait=10`)).json());
    const pending: Prediction = { ...done, status: 'queued', finished_at: null, result: null, timings: null };
    await page.routeWebSocket(/socket\.io/, () => {});
    await page.route(`**/predictions/${id}`, (route) => route.fulfill({ json: pending }));
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(`**/predictions/${id}?wait=*`, async (route) => {
      await released;
      await route.fulfill({ json: done });
    });
    await page.goto(`${service.url}/ui/p/${id}`);
    await page.getByRole('status').getByText('Still reading.').waitFor();
    release();
    await page.getByRole('status').getByText(/^4\. /).waitFor();
  });
});

describe('a link that shows no result', () => {
  const id = '0193a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b';

  test('because it is unknown', async ({ open, service }) => {
    const page = await open({ expectErrors: /status of 404/ });
    await page.goto(`${service.url}/ui/p/${id}`);
    await page.getByRole('alert').getByText('There is no result under this link.').waitFor();
    await page.getByRole('link', { name: 'Draw a new one' }).click();
    await page.getByText('Write a digit or a number', { exact: true }).waitFor();
  });

  test('because it has expired', async ({ open, service }) => {
    const page = await open({ expectErrors: /status of 410/ });
    await page.route(`**/predictions/${id}`, (route) => route.fulfill(problemOf(410, 'prediction-expired')));
    await page.goto(`${service.url}/ui/p/${id}`);
    await page.getByRole('alert').getByText('This result has expired.').waitFor();
    expect(await page.getByRole('button', { name: 'Try now' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Draw a new one' }).click();
    await page.getByText('Write a digit or a number', { exact: true }).waitFor();
  });

  test('because the service is out of reach, until it is back', async ({ open, service }) => {
    const { id } = await submit(service, await digitPng(2));
    const page = await open({ expectErrors: /ERR_FAILED|status of 503/ });
    // One route whose response changes: between two routes, a try of the page would reach the service.
    let isAway = true;
    await page.route(`**/predictions/${id}`, (route) =>
      isAway ? route.abort() : route.fulfill(problemOf(503, 'redis-unavailable', true)),
    );
    await page.goto(`${service.url}/ui/p/${id}`);
    await page.getByRole('alert').getByText('The service cannot be reached.').waitFor();
    isAway = false;
    await page.getByRole('alert').getByText('The queue cannot be reached right now.').waitFor();
    await page.getByText(/Trying again in \d+ s\./).waitFor();
    await page.unroute(`**/predictions/${id}`);
    await page.getByRole('button', { name: 'Try now' }).click();
    await page.getByRole('status').getByText(/^2\. /).waitFor();
  });

  test('yet: nothing is said for half a second, then that it is fetched', async ({ open, service }) => {
    const { id } = await submit(service, await digitPng(6));
    const page = await open();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(`**/predictions/${id}`, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(`${service.url}/ui/p/${id}`);
    await page.getByRole('status').getByText('Fetching the result…').waitFor();
    release();
    await page.getByRole('status').getByText(/^6\. /).waitFor();
  });
});

/** With a service that deletes each result after two seconds. */
const forgetful = test
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads what a fixture needs from this pattern
  .extend('service', { scope: 'file' }, async ({}, { onCleanup }) => {
    const service = await startService(undefined, { RESULT_TTL_SECONDS: '2' });
    onCleanup(service.close);
    return service;
  });

describe.for(['light', 'dark'] as const)(
  'in %s mode a result that the service has deleted',
  (colorScheme) => {
    forgetful(
      'is shown from this browser’s own history, and in no other browser',
      async ({ open, service }) => {
        const page = await open({ colorScheme, expectErrors: /status of 410/ });
        const buffer = await digitPng(5);
        await page.setInputFiles('input[type=file][multiple]', {
          name: 'five.png',
          mimeType: 'image/png',
          buffer,
        });
        await page.getByRole('status').getByText(/^5\. /).waitFor();
        const first = page.getByRole('region', ANSWER);
        const sure = await first.locator('.verdict-sure').textContent();
        const percent = await first.locator('.verdict-percent').textContent();
        const link = await first.getByRole('link', { name: 'Link', exact: true }).getAttribute('href');
        const resource = service.url + link?.replace('/ui/p/', '/predictions/');
        await expect.poll(async () => (await fetch(resource)).status, { timeout: 10_000 }).toBe(410);

        await page.goto(service.url + link);
        const copy = page.getByRole('region', ANSWER);
        await copy.getByText('The service no longer has this result.', { exact: true }).waitFor();
        await page.getByRole('status').getByText(/^5\. /).waitFor();
        expect(await copy.locator('.verdict-sure').textContent()).toBe(sure);
        expect(await copy.locator('.verdict-percent').textContent()).toBe(percent);
        await copy.getByRole('heading', { name: /Result of / }).waitFor();
        await copy.getByText('five.png').waitFor();
        await page.getByRole('img', { name: 'What the network saw' }).waitFor();
        expect(await page.getByRole('button', { name: /^Copy/ }).count()).toBe(0);
        expect(await page.getByRole('link', { name: 'JSON' }).count()).toBe(0);
        expect(await violations(page)).toEqual([]);

        const other = await open({ colorScheme, expectErrors: /status of 410/ });
        await other.goto(service.url + link);
        await other.getByRole('alert').getByText('This result has expired.').waitFor();
        await copy.getByRole('link', { name: 'History' }).click();
        await page.getByRole('heading', { name: 'History' }).waitFor();
      },
    );
  },
);

forgetful('a guess that the service has deleted has no colour, as before', async ({ open, service }) => {
  const page = await open({ expectErrors: /status of 410/ });
  await page.getByRole('button', { name: 'Not a digit', exact: true }).click();
  await page.getByText('Better check: this may not be a digit').waitFor();
  const digit = page.getByRole('region', ANSWER).locator('.verdict-digit');
  const colour = () => digit.evaluate((element) => getComputedStyle(element).stroke);
  const atFirst = await colour();
  const link = await page
    .getByRole('region', ANSWER)
    .getByRole('link', { name: 'Link', exact: true })
    .getAttribute('href');
  const resource = service.url + link?.replace('/ui/p/', '/predictions/');
  await expect.poll(async () => (await fetch(resource)).status, { timeout: 10_000 }).toBe(410);
  await page.goto(service.url + link);
  await page.getByText('The service no longer has this result.', { exact: true }).waitFor();
  expect(await colour()).toBe(atFirst);
});

test('the page is served under its places alone, never from a stale cache', async ({ service }) => {
  const places = ['/ui/', '/ui/history', '/ui/p/0193a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b'];
  for (const place of places) {
    const response = await fetch(service.url + place);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
  }
  expect((await fetch(`${service.url}/ui/nothing`)).status).toBe(404);
});
