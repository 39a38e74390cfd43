import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { blankPage, digitPng } from '../integration/pictures.ts';
import { drawDigit } from './draw-digit.ts';
import { test } from './fixtures.ts';

const CHOOSER = 'input[type=file][multiple]';
const KEY_PREFIX = 'inkqueue.history.1.';
const png = async (name: string, image: Promise<Buffer>) => ({
  name,
  mimeType: 'image/png',
  buffer: await image,
});
const cards = (page: Page) => page.getByRole('list', { name: 'History' }).getByRole('listitem');
const openHistory = (page: Page) => page.getByRole('link', { name: 'History' }).click();

async function sendTwo(page: Page): Promise<void> {
  await page.setInputFiles(CHOOSER, [await png('five.png', digitPng(5)), await png('four.png', digitPng(4))]);
  await page.getByText('2 of 2 done').waitFor();
}

describe('the history', () => {
  test('is empty at first, and says what to do', async ({ open }) => {
    const page = await open();
    await openHistory(page);
    await page.getByText('Nothing here yet.').waitFor();
    await page.getByRole('link', { name: 'Draw a digit' }).click();
    await page.getByRole('application', { name: 'Sheet to draw a digit on' }).waitFor();
  });

  test('keeps one result of a drawing, and images by their names, over a reload', async ({ open }) => {
    const page = await open();
    await drawDigit(page, 3);
    await page.getByRole('status').getByText(/^3\. /).waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await drawDigit(page, 7);
    await page.getByRole('status').getByText(/^7\. /).waitFor();
    await page.setInputFiles(CHOOSER, [
      await png('five.png', digitPng(5)),
      await png('blank.png', blankPage()),
    ]);
    await page.getByText('2 of 2 done').waitFor();
    await page.reload();
    await openHistory(page);
    await cards(page).first().waitFor();
    const words = await cards(page).getByRole('link').allTextContents();
    expect(words.sort()).toEqual(
      ['3, Drawing', '5, five.png', '7, Drawing'].map((start) =>
        expect.stringMatching(new RegExp(`^${start}`)),
      ),
    );
    expect(await cards(page).locator('canvas').count()).toBe(3);
  });

  test('leads to each result', async ({ open }) => {
    const page = await open();
    await sendTwo(page);
    await openHistory(page);
    await cards(page).getByRole('link', { name: /^5,/ }).click();
    await page.getByRole('status').getByText(/^5\. /).waitFor();
    await page.goBack();
    await cards(page).first().waitFor();
  });

  test('is searched by digit and by file name', async ({ open }) => {
    const page = await open();
    await sendTwo(page);
    await openHistory(page);
    const field = page.getByRole('searchbox', { name: 'Number or file name' });
    await field.fill('4');
    await page.getByRole('status').getByText('1 found').waitFor();
    expect(await cards(page).getByRole('link').textContent()).toMatch(/^4, four\.png/);
    await field.fill('FIVE');
    await page.getByText('five.png').waitFor();
    await field.fill('nothing like it');
    await page.getByRole('status').getByText('Nothing found').waitFor();
    expect(await cards(page).count()).toBe(0);
  });

  test('deletes one entry or all by keyboard, and undoes that', async ({ open }) => {
    const page = await open();
    await sendTwo(page);
    await openHistory(page);
    await page.getByRole('button', { name: 'Delete 5, five.png' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('Deleted.').waitFor();
    expect(await cards(page).count()).toBe(1);
    await page.keyboard.press('Enter');
    await expect.poll(() => cards(page).count()).toBe(2);
    await page.getByRole('button', { name: 'Delete all' }).click();
    await page.getByText('Nothing here yet.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => cards(page).count()).toBe(2);
    await page.getByRole('button', { name: 'Delete all' }).click();
    await page.getByText('Nothing here yet.').waitFor();
    await page.reload();
    await page.getByText('Nothing here yet.').waitFor();
  });

  test('drops broken items', async ({ open }) => {
    const page = await open();
    await sendTwo(page);
    const broken = ['{', '{"digit":12}', ''];
    await page.evaluate(
      ({ prefix, broken }) => {
        broken.forEach((text, index) => {
          localStorage.setItem(`${prefix}${index}`, text);
        });
        localStorage.setItem('another page', 'stays');
      },
      { prefix: KEY_PREFIX, broken },
    );
    await page.reload();
    await openHistory(page);
    await expect.poll(() => cards(page).count()).toBe(2);
    const keys = await page.evaluate(() => Object.keys(localStorage));
    expect(keys.filter((key) => key.startsWith(KEY_PREFIX))).toHaveLength(2);
    expect(keys).toContain('another page');
  });

  test('is shared by two tabs, and neither loses the entries of the other', async ({ open }) => {
    const page = await open();
    const other = await page.context().newPage();
    await other.goto(page.url());
    await Promise.all([
      page.setInputFiles(CHOOSER, await png('five.png', digitPng(5))),
      other.setInputFiles(CHOOSER, await png('four.png', digitPng(4))),
    ]);
    for (const each of [page, other]) {
      await openHistory(each);
      await expect.poll(() => cards(each).count()).toBe(2);
    }
    await page.getByRole('button', { name: 'Delete 4, four.png' }).click();
    await expect.poll(() => cards(other).count()).toBe(1);
  });
});

describe.for([
  ['blocked', () => Object.defineProperty(window, 'localStorage', { get: blocked })],
  ['full', () => Object.assign(Storage.prototype, { setItem: blocked })],
] as const)('with storage that is %s', ([, breakStorage]) => {
  test('the history lasts as long as the page', async ({ open }) => {
    const page = await open();
    await page.addInitScript(`function blocked() { throw new DOMException('no', 'QuotaExceededError'); }
      (${breakStorage})()`);
    await page.reload();
    await sendTwo(page);
    await openHistory(page);
    await expect.poll(() => cards(page).count()).toBe(2);
    await page.getByRole('button', { name: 'Delete 5, five.png' }).click();
    await expect.poll(() => cards(page).count()).toBe(1);
  });
});

/** For the two functions above, which run in the page, next to a function of this name. */
declare function blocked(): never;
