import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { digitPng } from '../integration/pictures.ts';
import { drawDigit } from './draw-digit.ts';
import { test as plain } from './fixtures.ts';
import { startService } from './restartable-service.ts';

const BASE_PATH = '/digits';
const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };
const readAs = (page: Page, digit: number) => page.getByRole('status').getByText(new RegExp(`^${digit}\\. `));

/** With a service that a proxy serves under a path of its own. */
const test = plain
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads what a fixture needs from this pattern
  .extend('service', { scope: 'file' }, async ({}, { onCleanup }) => {
    const service = await startService(undefined, { BASE_PATH, FEEDBACK: '1' });
    onCleanup(service.close);
    return service;
  });

/** Notes every path that the page requests, by HTTP and by socket. */
function notePaths(page: Page): string[] {
  const paths: string[] = [];
  const note = (url: string) => {
    if (/^(http|ws)/.test(url)) paths.push(new URL(url).pathname);
  };
  page.on('request', (request) => note(request.url()));
  page.on('websocket', (socket) => note(socket.url()));
  return paths;
}

test('under a base path the whole page works, and requests nothing outside of it', async ({
  open,
  service,
}) => {
  const url = service.url + BASE_PATH;
  const page = await open({ url, ...CLIPBOARD });
  const paths = notePaths(page);
  await page.reload();
  await drawDigit(page, 3);
  await readAs(page, 3).waitFor();
  await expect.poll(() => paths, { timeout: 10_000 }).toContain('/digits/socket.io/');

  await page.getByRole('button', { name: 'Not a 3? Tell us what it is' }).click();
  await page.getByRole('button', { name: '8', exact: true }).click();
  await page.getByRole('status').getByText('Thanks. Saved as 8.').waitFor();

  await page.getByRole('button', { name: 'Behind the scenes' }).click();
  await page.locator('.workers tbody tr').first().waitFor();

  const buffer = await digitPng(5);
  const files = Array.from({ length: 5 }, (_, index) => ({
    name: `${index}.png`,
    mimeType: 'image/png',
    buffer,
  }));
  await page.setInputFiles('input[type=file][multiple]', files);
  await page.getByText('5 of 5 done').waitFor();

  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.getByRole('status').getByText('Copied').waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(new RegExp(`^${url}/ui/p/[0-9a-f-]{36}$`));
  const answer = page.getByRole('region', { name: 'Answer' });
  const json = await answer.getByRole('link', { name: 'JSON' }).getAttribute('href');
  expect(json).toMatch(/^\/digits\/predictions\//);
  expect((await fetch(service.url + json)).status).toBe(200);
  await answer.getByRole('link', { name: 'Link', exact: true }).click();
  await page.getByRole('heading', { name: /Result of / }).waitFor();
  expect(page.url()).toBe(link);
  const docs = await page.getByRole('link', { name: 'API documentation' }).getAttribute('href');
  expect(docs).toBe('/digits/docs');
  await page.reload();
  await readAs(page, 5).waitFor();

  await page.getByRole('link', { name: 'History' }).click();
  expect(page.url()).toBe(`${url}/ui/history`);
  await page.getByRole('searchbox').waitFor();
  await page.reload();
  await page.getByRole('list', { name: 'History' }).getByRole('link').first().click();
  await page.getByRole('button', { name: 'Copy as curl' }).waitFor();
  await page.goBack();
  await page.getByRole('searchbox').waitFor();
  await page.getByRole('link', { name: 'Inkqueue' }).click();
  expect(page.url()).toBe(`${url}/ui/`);
  await page.getByRole('button', { name: 'Back to drawing' }).click();
  await page.getByRole('application', { name: 'Sheet to draw a digit on' }).waitFor();

  expect(paths.filter((path) => !path.startsWith('/digits/'))).toEqual([]);
});

test('the page works as well where a proxy takes the base path off', async ({ open, service }) => {
  const page = await open({ url: service.url });
  await drawDigit(page, 7);
  await readAs(page, 7).waitFor();
  await page.goto(`${service.url}/ui/history`);
  await page.getByRole('heading', { name: 'History' }).waitFor();
});
