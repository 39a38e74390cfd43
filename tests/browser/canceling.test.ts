import { activity } from '@inkqueue/shared/contracts/activity';
import { prediction } from '@inkqueue/shared/contracts/prediction';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect } from 'vitest';
import { find } from '../integration/client.ts';
import { digitPng } from '../integration/pictures.ts';
import { drawDigit } from './draw-digit.ts';
import { test } from './fixtures.ts';
import type { Service } from './restartable-service.ts';

const CHOOSER = 'input[type=file][multiple]';
const SUBMISSIONS = '**/predictions?*';
const SOON = { timeout: 20_000 };
const CANCELED = 'This picture was canceled.';

const inQueue = async ({ url }: Service) =>
  activity.parse(await (await fetch(`${url}/activity`)).json()).queue?.pictures;
const expectInQueue = (service: Service, pictures: number) =>
  expect.poll(() => inQueue(service), SOON).toBe(pictures);

/** Ids of the predictions that the service has accepted from the page so far. */
function acceptedIds(page: Page): string[] {
  const ids: string[] = [];
  page.on('response', async (response) => {
    if (response.status() === 202 && response.url().includes('/predictions?'))
      ids.push(prediction.parse(await response.json()).id);
  });
  return ids;
}

const statusesOf = async (service: Service, ids: readonly string[]) =>
  (await Promise.all(ids.map((id) => find(service, id)))).map(({ status }) => status);

/** The paths of the page's requests to cancel. */
function cancels(page: Page): string[] {
  const paths: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith('/cancel')) paths.push(pathname);
  });
  return paths;
}

async function choose(page: Page, ...names: string[]): Promise<void> {
  const buffer = await digitPng(5);
  await page.setInputFiles(
    CHOOSER,
    names.map((name) => ({ name: `${name}.png`, mimeType: 'image/png', buffer })),
  );
}

describe('while no worker reads', () => {
  beforeEach<{ service: Service }>(({ service }) => service.stopWorkers());

  test('of a drawing that goes on only the newest prediction waits, and gets its result', async ({
    open,
    service,
  }) => {
    const page = await open();
    const ids = acceptedIds(page);
    await drawDigit(page, 3);
    await expect.poll(() => ids.length, SOON).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Clear' }).click();
    const first = ids.length;
    await drawDigit(page, 7);
    await expect.poll(() => ids.length, SOON).toBeGreaterThan(first);
    // Over the digit, so that the prediction under way is no longer the drawing's.
    await drawDigit(page, 7);
    await expect.poll(() => ids.length, SOON).toBeGreaterThan(first + 1);
    const pending = async () => (await statusesOf(service, ids)).filter((status) => status !== 'canceled');
    await expect.poll(pending, SOON).toEqual(['queued']);
    await expectInQueue(service, 1);
    expect(await page.getByRole('alert').count()).toBe(0);
    await service.startWorker();
    await page.getByRole('status').getByText(/^7\. /).waitFor();
    await expect.poll(pending, SOON).toEqual(['succeeded']);
    expect((await statusesOf(service, ids)).at(-1)).toBe('succeeded');
  });

  test('a drawing that is cleared waits no longer', async ({ open, service }) => {
    const page = await open();
    await drawDigit(page, 3);
    await expectInQueue(service, 1);
    await page.getByRole('button', { name: 'Clear' }).click();
    await expectInQueue(service, 0);
  });

  test('a drawing that is cleared on its way is canceled once it has arrived', async ({ open, service }) => {
    const page = await open();
    const ids = acceptedIds(page);
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let held = 0;
    await page.route(SUBMISSIONS, async (route) => {
      held += 1;
      await released;
      await route.continue();
    });
    await drawDigit(page, 3);
    await expect.poll(() => held, SOON).toBe(1);
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByText('Write a digit or a number', { exact: true }).waitFor();
    release();
    await expect.poll(() => statusesOf(service, ids), SOON).toEqual(['canceled']);
    await expectInQueue(service, 0);
  });

  test('images that are removed wait no longer', async ({ open, service }) => {
    const page = await open();
    const canceled = cancels(page);
    await choose(page, 'alone');
    await expectInQueue(service, 1);
    await page.getByRole('button', { name: 'Remove alone.png' }).click();
    await expectInQueue(service, 0);
    await choose(page, ...'abcde');
    await expectInQueue(service, 5);
    await page.getByRole('button', { name: 'Remove b.png' }).click();
    await expectInQueue(service, 4);
    await page.getByRole('button', { name: 'Remove all' }).click();
    await expectInQueue(service, 0);
    expect(canceled.every((path) => path.startsWith('/predictions/'))).toBe(true);
  });

  test('what has not ended of a batch is canceled at once, and says so to everybody', async ({
    open,
    service,
  }) => {
    const page = await open();
    const canceled = cancels(page);
    await choose(page, ...'abcdefg');
    await expectInQueue(service, 7);
    const other = await open({ url: service.url });
    await other.goto(page.url());
    await other.getByRole('button', { name: '7 to come' }).waitFor();
    await page.getByRole('button', { name: 'Cancel the rest' }).click();
    for (const each of [page, other]) await each.getByRole('button', { name: '7 canceled' }).waitFor();
    await expectInQueue(service, 0);
    expect(canceled).toEqual([expect.stringMatching(/^\/batches\//)]);
    expect(await page.getByRole('button', { name: 'Cancel the rest' }).count()).toBe(0);
  });

  test('another load of the page cancels no image, until one is removed', async ({ open, service }) => {
    const page = await open();
    const canceled = cancels(page);
    await choose(page, 'alone');
    await page.getByRole('button', { name: 'alone.png: In the queue' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'alone.png: In the queue' }).waitFor();
    expect(canceled).toEqual([]);
    await expectInQueue(service, 1);
    await page.getByRole('button', { name: 'Remove alone.png' }).click();
    await expectInQueue(service, 0);
  });

  test('a prediction that another client cancels is shown as canceled, and can be sent again', async ({
    open,
    service,
  }) => {
    const page = await open();
    const ids = acceptedIds(page);
    await choose(page, 'alone');
    await page.getByRole('button', { name: 'alone.png: In the queue' }).waitFor();
    const linked = await open();
    await linked.goto(`${service.url}/ui/p/${ids[0]}`);
    await linked.getByRole('status').getByText('Still reading.').waitFor();
    await fetch(`${service.url}/predictions/${ids[0]}/cancel`, { method: 'POST' });
    for (const each of [page, linked]) await each.getByRole('alert').getByText(CANCELED).waitFor();
    expect(await linked.getByRole('button', { name: 'Try now' }).count()).toBe(0);
    await linked.reload();
    await linked.getByRole('alert').getByText(CANCELED).waitFor();
    await page.getByRole('button', { name: `alone.png: ${CANCELED}` }).waitFor();
    await page.getByRole('button', { name: 'Try now' }).click();
    await page.getByRole('button', { name: 'alone.png: In the queue' }).waitFor();
    await service.startWorker();
    await page.getByRole('status').getByText(/^5\. /).waitFor();
  });
});
