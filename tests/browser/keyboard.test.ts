import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { test } from './fixtures.ts';

/** More stops than any place of the page has. */
const STOPS_MAX = 60;

/** Whether the focused element is called `name` and shows the focus visibly. */
function isAt(page: Page, name: string): Promise<boolean> {
  return page.evaluate((name) => {
    const at = document.activeElement as HTMLInputElement | null;
    const words = at?.getAttribute('aria-label') ?? at?.labels?.[0]?.textContent ?? at?.textContent ?? '';
    if (!at || !words.startsWith(name)) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(at);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
  }, name);
}

/** Presses Tab, or Shift+Tab, until `name` has the focus. */
async function goTo(page: Page, name: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let stop = 0; stop < STOPS_MAX; stop += 1) {
    await page.keyboard.press(key);
    if (await isAt(page, name)) return;
  }
  throw new Error(`${STOPS_MAX} presses of ${key} did not lead to “${name}”`);
}

test('the keyboard alone reaches the whole page, and the focus is always visible', async ({ open }) => {
  const page = await open();
  await page.locator('.sample-thumb').last().waitFor();

  await goTo(page, 'Blue pen, photographed');
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText(/^7\. /).waitFor();
  expect(await page.locator('.stage').evaluate((stage) => stage === document.activeElement)).toBe(true);

  await goTo(page, 'Behind the scenes');
  await page.keyboard.press('Enter');
  await page.locator('.workers tbody tr').first().waitFor();
  await page.keyboard.press(' ');
  await page.locator('.workers').waitFor({ state: 'detached' });

  await goTo(page, 'Copy link', 'Shift+Tab');
  await goTo(page, 'History', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'History' }).waitFor();
  await goTo(page, 'Number or file name');
  await page.keyboard.type('pen');
  await page.getByRole('status').getByText('1 found').waitFor();
  await goTo(page, 'Delete 7, Blue pen, photographed.jpg');
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('Deleted.').waitFor();
  expect(await isAt(page, 'Undo')).toBe(true);

  await goTo(page, 'Inkqueue', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Blue pen, photographed.jpg' }).waitFor();
  await goTo(page, 'Back to drawing');
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('application', { name: 'Sheet to draw a digit on' });
  await sheet.waitFor();
  await goTo(page, 'Show me');
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText(/^3\. /).waitFor();
  expect(await sheet.evaluate((element) => element === document.activeElement)).toBe(true);
});
