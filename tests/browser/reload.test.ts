import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { type Digit, digitPng } from '../integration/pictures.ts';
import { violations } from './axe.ts';
import { drawDigit } from './draw-digit.ts';
import { test } from './fixtures.ts';

const CHOOSER = 'input[type=file][multiple]';
const readAs = (page: Page, digit: number) => page.getByRole('status').getByText(new RegExp(`^${digit}\\. `));
const past = (page: Page) => page.getByRole('list', { name: 'History' }).getByRole('listitem');
const png = async (digit: Digit) => ({
  name: `${digit}.png`,
  mimeType: 'image/png',
  buffer: await digitPng(digit),
});

describe('a reload', () => {
  test('keeps images that were sent one by one, and what is shown', async ({ open }) => {
    const page = await open();
    await page.setInputFiles(CHOOSER, [await png(4), await png(7)]);
    await page.getByText('2 of 2 done').waitFor();
    await page.getByRole('button', { name: /^7, .*7\.png$/ }).click();
    await readAs(page, 7).waitFor();
    await page.reload();
    await readAs(page, 7).waitFor();
    await page.getByRole('button', { name: /^4, .*4\.png$/ }).waitFor();
    await page.setInputFiles(CHOOSER, await png(5));
    await readAs(page, 5).waitFor();
    await page.getByText('3 of 3 done').waitFor();
    await page.getByRole('button', { name: 'Remove all' }).click();
    await page.reload();
    await page.getByText('Write a digit or a number', { exact: true }).waitFor();
    expect(await page.locator('.card').count()).toBe(0);
  });

  test('before an image was sent says that it was not', async ({ open }) => {
    const page = await open();
    await page.route('**/predictions?*', () => {});
    await page.setInputFiles(CHOOSER, await png(4));
    await page.getByText('Still on its way to the service.').first().waitFor();
    await page.reload();
    await page.getByRole('alert').getByText('This picture was not sent.').waitFor();
    expect(await page.getByRole('button', { name: 'Try now' }).count()).toBe(0);
    expect(await violations(page)).toEqual([]);
  });

  test('keeps the drawing, which is in the history once', async ({ open }) => {
    const page = await open();
    await drawDigit(page, 3);
    await readAs(page, 3).waitFor();
    for (let load = 0; load < 2; load += 1) {
      await page.reload();
      await readAs(page, 3).waitFor();
    }
    await page.getByRole('link', { name: 'History' }).click();
    await expect.poll(() => past(page).count()).toBe(1);
    await page.goBack();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Write a digit or a number', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('Write a digit or a number', { exact: true }).waitFor();
  });

  test('brings back no entry that was deleted from the history', async ({ open }) => {
    const page = await open();
    await page.setInputFiles(CHOOSER, await png(4));
    await readAs(page, 4).waitFor();
    await page.getByRole('button', { name: 'Back to drawing' }).click();
    await drawDigit(page, 3);
    await readAs(page, 3).waitFor();
    await page.getByRole('link', { name: 'History' }).click();
    await expect.poll(() => past(page).count()).toBe(2);
    await page.getByRole('button', { name: 'Delete all' }).click();
    await page.getByText('Nothing here yet.').waitFor();
    await page.getByRole('link', { name: 'Inkqueue' }).click();
    await page.reload();
    await readAs(page, 3).waitFor();
    await page.getByRole('button', { name: /^4, .*4\.png$/ }).waitFor();
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByText('Nothing here yet.').waitFor();
  });

  test('starts anew where the tab keeps nothing', async ({ open }) => {
    const page = await open();
    await page.addInitScript(() => {
      Object.defineProperty(window, 'sessionStorage', {
        get() {
          throw new DOMException('no', 'SecurityError');
        },
      });
    });
    await page.reload();
    await drawDigit(page, 3);
    await readAs(page, 3).waitFor();
    await page.reload();
    await page.getByText('Write a digit or a number', { exact: true }).waitFor();
  });
});

describe('a document', () => {
  test.for(['API', 'JSON', 'API documentation'])(
    '%s opens in a new tab, which does not know this one',
    async (name, { open }) => {
      const page = await open();
      await drawDigit(page, 3);
      await readAs(page, 3).waitFor();
      if (name === 'API documentation') await page.getByRole('link', { name: 'Link', exact: true }).click();
      const link = page.getByRole('link', { name: new RegExp(`^${name}\\b.*opens in a new tab`) }).last();
      expect(await link.getAttribute('rel')).toContain('noopener');
      const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
      await tab.waitForLoadState();
      expect(new URL(tab.url()).pathname).toMatch(name === 'JSON' ? /^\/predictions\// : /^\/docs/);
      await readAs(page, 3).waitFor();
    },
  );

  test('is what every link that leaves the page leads to, at each of its places', async ({ open }) => {
    const page = await open();
    const leaving = () =>
      page
        .locator('a[href]:not([data-place])')
        .evaluateAll((links: HTMLAnchorElement[]) => links.map(({ target, rel }) => `${target} ${rel}`));
    const requireNewTabs = async (least: number) => {
      const links = await leaving();
      expect(links.length).toBeGreaterThanOrEqual(least);
      expect(new Set(links)).toEqual(new Set(['_blank noopener']));
    };
    await requireNewTabs(1);
    await drawDigit(page, 3);
    await readAs(page, 3).waitFor();
    await requireNewTabs(2);
    await page.getByRole('button', { name: 'Behind the scenes' }).click();
    await page.locator('.workers tbody tr').first().waitFor();
    await requireNewTabs(2);
    await page.getByRole('link', { name: 'History' }).click();
    await past(page).first().waitFor();
    await requireNewTabs(1);
    await past(page).first().getByRole('link').click();
    await page.getByRole('button', { name: 'Copy as curl' }).waitFor();
    await requireNewTabs(2);
    await page.getByRole('link', { name: /^mnist-cnn / }).click();
    // The masthead's, the model's JSON, and those of its card.
    await page.locator('.markdown a').first().waitFor();
    await requireNewTabs(3);
  });

  test('visited in this tab all the same loses nothing at Back', async ({ open, service }) => {
    const page = await open();
    await drawDigit(page, 7);
    await readAs(page, 7).waitFor();
    await page.goto(`${service.url}/openapi.json`);
    await page.goBack();
    await readAs(page, 7).waitFor();
  });
});
