import { hostname } from 'node:os';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { blankPage, digitPng } from '../integration/pictures.ts';
import { violations } from './axe.ts';
import { type OpenPage, test } from './fixtures.ts';
import { type Service, startService } from './restartable-service.ts';
import { SCREENS } from './screens.ts';

const PASSWORD = 'only for this test';
const CREDENTIALS = { httpCredentials: { username: 'ada', password: PASSWORD } };
const SOON = { timeout: 20_000 };

/** A service with a console, which has read a digit, failed to read a blank page and refused a text. */
// biome-ignore lint/correctness/noEmptyPattern: Vitest reads what a fixture needs from this pattern
const testQueue = test.extend('operated', { scope: 'file' }, async ({}, { onCleanup }) => {
  const service = await startService(undefined, { CONSOLE_PASSWORD: PASSWORD });
  onCleanup(service.close);
  for (const image of [await digitPng(3), await blankPage(), Buffer.from('no picture')])
    await send(service, image);
  return service;
});

async function send({ url }: Service, image: Uint8Array): Promise<void> {
  const body = new FormData();
  body.append('file', new Blob([new Uint8Array(image)]), 'digit.png');
  await fetch(`${url}/predict`, { method: 'POST', body });
}

async function openQueue(
  open: OpenPage,
  { url }: Service,
  options: Parameters<OpenPage>[0] = {},
): Promise<Page> {
  const page = await open({ url, ...options });
  await page.goto(`${url}/ui/queue`);
  await page.locator('.worker').first().waitFor(SOON);
  return page;
}

const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const figure = (page: Page, name: string) =>
  page.locator('.activity-figure').filter({ hasText: name }).locator('dd');
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function signIn(page: Page): Promise<void> {
  await button(page, 'Sign in as operator').click();
  await part(page, 'Operate').waitFor(SOON);
}

describe('the page of the queue', () => {
  testQueue('is linked from the panel on the desk, and leads back', async ({ open, operated }) => {
    const page = await open({ url: operated.url });
    await button(page, 'Behind the scenes the queue, its workers, and how fast they read').click();
    await page.getByRole('link', { name: 'The whole picture: the queue as a page' }).click();
    await page.getByRole('heading', { name: 'The queue' }).waitFor(SOON);
    expect(page.url()).toBe(`${operated.url}/ui/queue`);
    expect(await page.title()).toBe('The queue · Inkqueue');
    await page.goBack();
    await page.getByRole('button', { name: 'Behind the scenes' }).waitFor();
  });

  testQueue('shows what came and went, why not, the bounds, and each worker', async ({ open, operated }) => {
    const page = await openQueue(open, operated);
    await page.getByText('2 came in', { exact: true }).waitFor(SOON);
    await page.getByText('2 done', { exact: true }).waitFor(SOON);
    await part(page, 'Refused').getByText('unsupported-format').waitFor(SOON);
    await part(page, 'Could not be read').getByText('no-ink').waitFor();
    await part(page, 'How near the bounds').getByText('0 of 20,000').waitFor();
    expect(await figure(page, 'Workers').textContent()).toBe('2');
    for (const fact of ['Holds', 'Rate', 'Read', 'Memory', 'Up for', 'Last beat'])
      expect(await page.locator('.worker').first().getByText(fact, { exact: true }).count()).toBe(1);
    for (const span of ['1 h', '24 h', '5 min']) {
      await page.getByText(span, { exact: true }).click();
      await page.getByText(`${span} ago`, { exact: true }).first().waitFor(SOON);
      await page.getByText('2 came in', { exact: true }).waitFor();
    }
  });

  testQueue('tells strangers no host, no prediction and no action', async ({ open, operated }) => {
    const page = await openQueue(open, operated);
    const shown = await page.locator('.queue').evaluate((queue) => queue.outerHTML);
    expect(shown).not.toMatch(new RegExp(`\\b${hostname()}\\b|/p/0`));
    expect(await part(page, 'Operate').count()).toBe(0);
    await button(page, 'Sign in as operator').waitFor();
  });

  test('offers nothing to operators where there is no console', async ({ open, service }) => {
    const page = await openQueue(open, service);
    expect(await button(page, 'Sign in as operator').count()).toBe(0);
  });
});

describe('an operator', () => {
  testQueue('sees hosts and which pictures failed', async ({ open, operated }) => {
    const page = await openQueue(open, operated, CREDENTIALS);
    await signIn(page);
    await expect.poll(() => page.locator('.worker-host').first().textContent(), SOON).toContain(hostname());
    await part(page, 'Could not be read').getByText('The last of them').click();
    await part(page, 'Could not be read').getByRole('link', { name: 'Open' }).first().click();
    await page.getByText('No digit found.').first().waitFor(SOON);
    expect(page.url()).toMatch(/\/ui\/p\/0/);
  });

  testQueue(
    'pauses, purges after a second question, and resumes; all is noted',
    async ({ open, operated }) => {
      const page = await openQueue(open, operated, CREDENTIALS);
      await signIn(page);
      const operate = part(page, 'Operate');
      await button(page, 'Pause').click();
      await operate.getByText('Paused. Workers finish what they hold.').waitFor(SOON);
      await page.getByText('An operator has paused the queue.').waitFor(SOON);
      const body = new FormData();
      body.append('file', new Blob([new Uint8Array(await digitPng(3))]), 'digit.png');
      await fetch(`${operated.url}/predictions`, { method: 'POST', body });
      await expect.poll(() => figure(page, 'Pictures in the queue').textContent(), SOON).toBe('1');
      await button(page, 'Purge…').click();
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Keep them');
      await page.keyboard.press('Enter');
      expect(await operate.getByText('This cannot be taken back.').count()).toBe(0);
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Purge…');
      expect(await figure(page, 'Pictures in the queue').textContent()).toBe('1');
      await button(page, 'Purge…').click();
      await button(page, 'Cancel all that wait').click();
      await operate.getByText('1 picture that waited is canceled.').waitFor(SOON);
      await expect.poll(() => figure(page, 'Pictures in the queue').textContent(), SOON).toBe('0');
      await button(page, 'Resume').click();
      await operate.getByText('Pictures are taken in and read.', { exact: true }).first().waitFor(SOON);
      await operate.getByText('What operators did').click();
      const noted = () => operate.locator('.reasons strong').allTextContents();
      await expect.poll(noted, SOON).toEqual(['resume', 'purge', 'pause']);
    },
  );

  testQueue('with a wrong password is told so', async ({ open, operated }) => {
    const httpCredentials = { username: 'ada', password: 'something else' };
    const page = await openQueue(open, operated, { httpCredentials, expectErrors: /status of 401/ });
    await button(page, 'Sign in as operator').click();
    await page.getByText('The console did not take that password.').waitFor(SOON);
    expect(await part(page, 'Operate').count()).toBe(0);
  });
});

describe('accessibility', () => {
  testQueue.for(['light', 'dark'] as const)(
    'axe finds nothing in %s mode, for strangers and operators',
    async (colorScheme, { open, operated }) => {
      const page = await openQueue(open, operated, { ...CREDENTIALS, colorScheme, reducedMotion: 'reduce' });
      await part(page, 'Could not be read').getByText('no-ink').waitFor(SOON);
      expect(await violations(page)).toEqual([]);
      await signIn(page);
      for (const summary of await page.locator('summary').all()) await summary.click();
      await button(page, 'Purge…').click();
      expect(await violations(page)).toEqual([]);
    },
  );

  testQueue.for(SCREENS)(
    '%i × %i pixels: nothing is cut off',
    async ([width, height], { open, operated }) => {
      const page = await openQueue(open, operated, { ...CREDENTIALS, viewport: { width, height } });
      await signIn(page);
      for (const summary of await page.locator('summary').all()) await summary.click();
      await button(page, 'Purge…').click();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    },
  );

  testQueue('the spans are chosen by keyboard', async ({ open, operated }) => {
    const page = await openQueue(open, operated);
    await page.getByRole('radio', { name: '5 min' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('1 h ago').first().waitFor(SOON);
    expect(await page.getByRole('radio', { name: '1 h' }).isChecked()).toBe(true);
  });
});
