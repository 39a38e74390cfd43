import { expect } from 'vitest';
import { violations } from './axe.ts';
import { drawDigit } from './draw-digit.ts';
import { test } from './fixtures.ts';
import { SCREENS } from './screens.ts';

test('an answer leads to the page of its model, and Back to the answer', async ({ open }) => {
  const page = await open();
  await drawDigit(page, 3);
  await page.getByRole('status').getByText(/^3\. /).waitFor();
  await page.getByRole('link', { name: /^mnist-cnn \d+$/ }).click();
  await page.waitForURL(/\/ui\/models\/mnist-cnn$/);
  await page.getByRole('heading', { name: /^mnist-cnn, version \d+$/, level: 2 }).waitFor();
  expect(await page.title()).toBe('Model · Inkqueue');
  const mnist = page.getByRole('region', { name: 'mnist-test' });
  await mnist.getByText(/^99\.\d+ % read right$/).waitFor();
  await mnist
    .getByText(/^\d read as \d, \d+ times$/)
    .first()
    .waitFor();
  await mnist.getByRole('img', { name: /^Reliability diagram/ }).waitFor();
  await mnist.getByText('The same as a table').click();
  const rows = mnist.getByRole('table', { name: 'How sure it is against how right' }).getByRole('row');
  expect(await rows.count()).toBeGreaterThan(3);
  const hard = page.getByRole('region', { name: 'hard' });
  expect(await hard.getByRole('listitem').first().textContent()).toMatch(/^struck-through\d+ % of 40$/);
  // The card, rendered: its tables are tables, and its pictures words.
  await page.getByRole('heading', { name: 'What it misreads', level: 5 }).nth(1).waitFor();
  expect(await page.locator('.markdown table').count()).toBeGreaterThan(3);
  expect(await page.locator('.markdown img').count()).toBe(0);
  await page.goBack();
  await page.getByRole('heading', { name: 'Your drawing' }).waitFor();
});

test('a model that nobody runs is named', async ({ open, service }) => {
  const page = await open({ expectErrors: /404/ });
  await page.goto(`${service.url}/ui/models/none`);
  await page.getByRole('alert').getByText('No worker runs none right now.').waitFor();
});

test.for(['light', 'dark'] as const)(
  'fits every screen, and axe finds nothing in %s mode',
  async (colorScheme, { open, service }) => {
    const page = await open({ colorScheme });
    await page.goto(`${service.url}/ui/models/mnist-cnn`);
    await page.locator('.markdown').waitFor();
    expect(await violations(page)).toEqual([]);
    for (const [width, height] of SCREENS) {
      await page.setViewportSize({ width, height });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `${width}`).toBe(width);
    }
  },
);
