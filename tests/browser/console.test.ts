import { expect } from 'vitest';
import { violations } from './axe.ts';
import { test } from './fixtures.ts';
import { startService } from './restartable-service.ts';

const PASSWORD = 'only for this test';
const CREDENTIALS = { httpCredentials: { username: 'ada', password: PASSWORD } };

/** A service with a console. */
// biome-ignore lint/correctness/noEmptyPattern: Vitest reads what a fixture needs from this pattern
const testConsole = test.extend('consoleUrl', { scope: 'file' }, async ({}, { onCleanup }) => {
  const service = await startService(undefined, { CONSOLE_PASSWORD: PASSWORD });
  onCleanup(service.close);
  return service.url;
});

testConsole('the console acts, says what it did, and names who did what', async ({ open, consoleUrl }) => {
  const page = await open({ ...CREDENTIALS, url: consoleUrl });
  await page.goto(`${consoleUrl}/console`);
  await page.getByRole('button', { name: 'pause' }).click();
  await page.getByRole('status').getByText('Workers take nothing more').waitFor();
  await page.getByText('no: paused, until resume').waitFor();
  await page.getByRole('button', { name: 'resume' }).click();
  await page.getByRole('status').getByText('Pictures are taken in and read.').waitFor();
  expect(await page.getByRole('row').filter({ hasText: 'ada, from' }).count()).toBe(2);
  // What cannot be taken back is asked for twice.
  await page.getByRole('button', { name: 'purge' }).click();
  expect(await page.getByRole('row').filter({ hasText: 'purge' }).count()).toBe(0);
  await page.getByLabel('This cannot be taken back.').check();
  await page.getByRole('button', { name: 'purge' }).click();
  await page.getByRole('status').getByText('0 predictions that waited are canceled.').waitFor();
});

testConsole.for([
  ['light', 1280],
  ['dark', 1280],
  ['light', 390],
  ['dark', 390],
] as const)(
  'the console is accessible and fits: %s, %i pixels',
  async ([colorScheme, width], { open, consoleUrl }) => {
    const page = await open({
      ...CREDENTIALS,
      url: consoleUrl,
      colorScheme,
      viewport: { width, height: 844 },
    });
    await page.goto(`${consoleUrl}/console`);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  },
);

testConsole('the console and Bull Board ask no other host for anything', async ({ open, consoleUrl }) => {
  const page = await open({
    ...CREDENTIALS,
    url: consoleUrl,
    expectErrors: /Content Security Policy|status of 404/,
  });
  const asked: string[] = [];
  page.on('request', (request) => void asked.push(request.url()));
  await page.goto(`${consoleUrl}/console`);
  await page.getByRole('link', { name: 'Jobs (Bull Board, to look at only)' }).click();
  await page.getByRole('link', { name: 'predictions' }).first().waitFor();
  expect(asked.filter((address) => !address.startsWith(consoleUrl) && !address.startsWith('data:'))).toEqual(
    [],
  );
});
