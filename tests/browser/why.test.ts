import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { digitPng } from '../integration/pictures.ts';
import { violations } from './axe.ts';
import { drawDigit, drawNumber } from './draw-digit.ts';
import { test } from './fixtures.ts';
import { boxOf, overhang, SCREENS } from './screens.ts';

const ask = (page: Page) => page.getByRole('button', { name: 'Why this digit?' });
const pick = (page: Page, digit: number) => page.getByRole('button', { name: `What speaks for a ${digit}` });
const map = (page: Page) => page.locator('.why-overlay');
const words = (page: Page) => page.locator('.why-words');

async function drawn(page: Page, digit: 3 | 7 = 7): Promise<Page> {
  await drawDigit(page, digit);
  await page
    .getByRole('status')
    .getByText(new RegExp(`^${digit}\\. `))
    .waitFor();
  return page;
}

/** How much of the map is orange, and how much blue. */
const colours = (page: Page) =>
  map(page).evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    const sum = { orange: 0, blue: 0 };
    for (let at = 0; at < data.length; at += 4)
      sum[data[at]! > data[at + 2]! ? 'orange' : 'blue'] += data[at + 3]!;
    return sum;
  });

describe('“Why this digit?”', () => {
  test('lays over a drawing what speaks for the digit, and pointing at a bar what speaks for that one', async ({
    open,
  }) => {
    const page = await drawn(await open());
    const sent = page.waitForRequest((request) => request.url().includes('explain=true'));
    await ask(page).click();
    expect((await sent).method()).toBe('POST');
    await page.getByText(/speaks most for a 7/).waitFor();
    const seven = await colours(page);
    expect(seven.orange).toBeGreaterThan(seven.blue);
    await pick(page, 1).hover();
    await page.getByText(/a 1/).and(words(page)).waitFor();
    const one = await colours(page);
    expect(one.blue).toBeGreaterThan(one.orange);
    await page.locator('.verdict').hover();
    await page.getByText(/speaks most for a 7/).waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    expect(await map(page).count()).toBe(0);
    await ask(page).waitFor();
  });

  test('works by keyboard, and says in words what the map shows', async ({ open }) => {
    const page = await drawn(await open());
    await ask(page).focus();
    await page.keyboard.press('Enter');
    await map(page).waitFor();
    await pick(page, 3).focus();
    await words(page).getByText('a 3').waitFor();
    expect(await map(page).getAttribute('aria-label')).toBe(await words(page).textContent());
    await page.keyboard.press('Enter');
    expect(await pick(page, 3).getAttribute('aria-pressed')).toBe('true');
    await page.keyboard.press('Shift+Tab');
    await words(page).getByText('a 2').waitFor();
  });

  test('works by touch', async ({ open }) => {
    const page = await drawn(await open({ viewport: { width: 320, height: 640 }, hasTouch: true }));
    await ask(page).tap();
    await map(page).waitFor();
    const target = await boxOf(pick(page, 9));
    expect(target.right - target.left).toBeGreaterThanOrEqual(24);
    await pick(page, 9).tap();
    await words(page).getByText('a 9').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });

  test('explains a file, and each digit of a number by itself', async ({ open }) => {
    const page = await open();
    await page.setInputFiles('input[type=file][multiple]', {
      name: '5.png',
      mimeType: 'image/png',
      buffer: await digitPng(5),
    });
    await page.getByRole('status').getByText(/^5\. /).waitFor();
    await ask(page).click();
    await words(page).getByText('a 5').waitFor();
    await page.getByRole('button', { name: 'Back to drawing' }).click();
    await drawNumber(page, [4, 2]);
    await page
      .getByRole('status')
      .getByText(/^42\. /)
      .waitFor();
    await ask(page).click();
    await words(page).getByText('a 4').waitFor();
    await page.locator('.box-tag').nth(1).click();
    await words(page).getByText('a 2').waitFor();
  });

  test('is gone with a new drawing, and not offered where the page has no picture', async ({ open }) => {
    const page = await drawn(await open());
    await ask(page).click();
    await map(page).waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    expect(await map(page).count()).toBe(0);
    await drawn(page, 3);
    await ask(page).waitFor();
    expect(await map(page).count()).toBe(0);
    await page.getByRole('link', { name: 'Link', exact: true }).click();
    await page.getByRole('heading', { name: /Result of / }).waitFor();
    await page.getByRole('status').getByText(/^3\. /).waitFor();
    expect(await ask(page).count()).toBe(0);
  });

  test('says what is wrong, and can be asked again', async ({ open }) => {
    const page = await drawn(await open({ expectErrors: /ERR_FAILED/ }));
    await page.route('**/predictions?explain=true', (route) => route.abort());
    await ask(page).click();
    await page
      .getByRole('alert')
      .getByText('It could not be explained. The service cannot be reached.')
      .waitFor();
    await page.unroute('**/predictions?explain=true');
    await ask(page).click();
    await map(page).waitFor();
  });

  test.for(['light', 'dark'] as const)('axe finds nothing in %s mode', async (colorScheme, { open }) => {
    const page = await drawn(await open({ colorScheme, reducedMotion: 'reduce' }));
    await ask(page).click();
    await map(page).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test('has its map on the network’s input, inside the page, on every screen', async ({ open }) => {
    const page = await drawn(await open());
    await ask(page).click();
    for (const [width, height] of SCREENS) {
      await page.setViewportSize({ width, height });
      const [over, frame] = [await boxOf(map(page)), await boxOf(page.locator('.seen-frame'))];
      expect(overhang(over, frame), `${width}`).toBeLessThanOrEqual(0.5);
      expect(overhang(frame, over), `${width}`).toBeLessThanOrEqual(1.5);
      expect(over.right - over.left, `${width}`).toBeGreaterThanOrEqual(100);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    }
  });
});
