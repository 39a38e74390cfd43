import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { drawDigit } from './draw-digit.ts';
import { test } from './fixtures.ts';
import { boxOf, overlap } from './screens.ts';

async function drawn(page: Page): Promise<void> {
  await drawDigit(page, 3);
  await page.getByRole('status').getByText(/^3\. /).waitFor();
}

/** Where the first and the last character of a text stand, in CSS pixels from the left. */
function endsOf(text: Locator): Promise<[first: number, last: number]> {
  return text.evaluate((element) => {
    const node = element.firstChild!;
    const left = (at: number) => {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      return range.getBoundingClientRect().left;
    };
    return [left(0), left(node.textContent!.length - 1)] as [number, number];
  });
}

test('a sign and its number keep their order from right to left', async ({ open }) => {
  const page = await open();
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl';
  });
  await drawn(page);
  for (const text of [
    page.locator('.verdict-percent'),
    page.locator('.bar-value', { hasText: '<' }).first(),
    page.locator('.journey-ms').first(),
  ]) {
    const [first, last] = await endsOf(text);
    expect(first).toBeLessThan(last);
  }
  const [percent, words] = await Promise.all(
    ['.verdict-percent', '.verdict-sure'].map((each) => boxOf(page.locator(each))),
  );
  expect(Math.abs(percent!.right - words!.right)).toBeLessThan(2);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1280);
});

test('forced colours keep the sheet’s edge, its grid and the journey’s steps', async ({ open }) => {
  const page = await open({ forcedColors: 'active', viewport: { width: 1280, height: 720 } });
  await drawn(page);
  const styleOf = (selector: string, pseudo?: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element, at) => {
        const { outlineStyle, backgroundImage, backgroundColor } = getComputedStyle(element, at);
        return { outlineStyle, backgroundImage, backgroundColor };
      }, pseudo);
  const sheet = await styleOf('.sheet');
  expect(sheet.outlineStyle).toBe('solid');
  expect(sheet.backgroundImage).toContain('linear-gradient');
  // The steps behind are filled.
  const step = await styleOf('.journey-step[data-state="past"] .journey-name', '::before');
  expect(step.backgroundColor).not.toBe(sheet.backgroundColor);
});

test('text at 200 % fits a phone', async ({ open }) => {
  const page = await open({ viewport: { width: 390, height: 844 } });
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  await drawn(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  const names = await Promise.all((await page.locator('.journey-name').all()).map(boxOf));
  for (const [index, name] of names.entries())
    for (const other of names.slice(index + 1)) expect(overlap(name, other)).toBe(false);
});

/** That these are in the page, and not on paper. */
async function expectGone(page: Page, selectors: readonly string[]): Promise<void> {
  for (const gone of selectors) {
    const all = await page.locator(gone).all();
    expect(all.length, gone).toBeGreaterThan(0);
    for (const each of all) expect(await each.isVisible(), gone).toBe(false);
  }
}

test('a result on paper is the result alone, dark ink on white', async ({ open }) => {
  const page = await open({ colorScheme: 'dark' });
  await drawn(page);
  await page.getByRole('link', { name: 'Link', exact: true }).click();
  await page.getByRole('heading', { name: 'Result of' }).waitFor();
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.verdict-digit').isVisible()).toBe(true);
  expect(await page.locator('.result-pixels').isVisible()).toBe(true);
  const ink = await page.locator('.result-pixels').evaluate((canvas) => getComputedStyle(canvas).filter);
  expect(ink).toBe('none');
  await expectGone(page, ['.masthead-links', '.tools', '.tray', '.footer', '.program', '.button']);
  const colours = await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
  expect(colours).toBe('rgb(255, 255, 255)');
});

test('the desk and the history on paper have nothing that can only be pressed', async ({ open }) => {
  const page = await open({ viewport: { width: 794, height: 1123 } });
  await drawn(page);
  await page.emulateMedia({ media: 'print' });
  await expectGone(page, ['.ways', '.own-link', '.program', '.text-button', '.activity']);
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByRole('searchbox').waitFor();
  await page.emulateMedia({ media: 'print' });
  await expectGone(page, ['.history-tools', '.history-undo', '.card-remove']);
  expect(await page.locator('.past-words').first().isVisible()).toBe(true);
});
