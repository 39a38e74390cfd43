import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { drawDigit } from './draw-digit.ts';
import { test } from './fixtures.ts';

const NOTE = 'This part of the page could not be fetched.';
const FAILED_FETCH = { expectErrors: /ERR_FAILED/ };

/** Lets the requests for a part's code fail until the returned function is called. */
async function withhold(page: Page, part: string): Promise<() => Promise<void>> {
  const requests = new RegExp(`/assets/${part}-[^/]+\\.js$`);
  await page.route(requests, (route) => route.abort());
  return () => page.unroute(requests);
}

test('a part whose code cannot be fetched says so beside the rest of the page, and comes once the network is back', async ({
  open,
}) => {
  const page = await open(FAILED_FETCH);
  const comeBack = await withhold(page, 'panel');
  await drawDigit(page, 3);
  await page.getByRole('button', { name: 'Behind the scenes' }).click();
  const note = page.getByRole('alert').filter({ hasText: NOTE });
  await note.waitFor();
  await page.getByRole('status').getByText(/^3\. /).waitFor();
  await comeBack();
  await note.getByRole('button', { name: 'Try now' }).click();
  // A browser that remembers the failure needs a new load of the page, which keeps the drawing.
  const reload = note.getByRole('button', { name: 'Reload the page' });
  const workers = page.locator('.workers tbody tr').first();
  await reload.or(workers).waitFor();
  if (await reload.isVisible()) {
    await reload.click();
    await page.getByRole('status').getByText(/^3\. /).waitFor();
    await page.getByRole('button', { name: 'Behind the scenes' }).click();
  }
  await workers.waitFor();
  expect(await note.count()).toBe(0);
});

test('a whole place whose code stays away offers a new load of the page, after which it is there', async ({
  open,
}) => {
  const page = await open(FAILED_FETCH);
  const comeBack = await withhold(page, 'history-view');
  await page.getByRole('link', { name: 'History' }).click();
  const note = page.getByRole('alert').filter({ hasText: NOTE });
  await note.getByRole('button', { name: 'Try now' }).click();
  await note.getByRole('button', { name: 'Reload the page' }).waitFor();
  await page.getByRole('link', { name: 'Inkqueue' }).waitFor();
  await comeBack();
  await note.getByRole('button', { name: 'Reload the page' }).click();
  await page.getByRole('heading', { name: 'History' }).waitFor();
});

test('a model whose page’s requests cannot be made says so, and comes when asked again', async ({
  open,
  service,
}) => {
  const page = await open(FAILED_FETCH);
  const comeBack = await withhold(page, 'models');
  await page.goto(`${service.url}/ui/models/mnist-cnn`);
  const alert = page.getByRole('alert');
  await alert.waitFor();
  await comeBack();
  await page.reload();
  await page.getByRole('heading', { name: /^mnist-cnn, version \d+$/, level: 2 }).waitFor();
});
