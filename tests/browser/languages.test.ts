import { expect } from 'vitest';
import { drawDigit } from './draw-digit.ts';
import { test } from './fixtures.ts';

test('speaks the language that the browser asks for', async ({ open }) => {
  const page = await open({ locale: 'de-CH' });
  await page.getByText('Schreib eine Ziffer oder eine Zahl').waitFor();
  expect(await page.title()).toBe('Inkqueue liest handgeschriebene Ziffern');
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
});

test('another language keeps the drawing, the place and the focus, in every tab and after a new load', async ({
  open,
}) => {
  const page = await open();
  const other = await page.context().newPage();
  await other.goto(page.url());
  await page.bringToFront();
  await drawDigit(page, 3);
  await page.getByText('Almost certain').waitFor();
  const choice = page.getByRole('combobox', { name: 'Language' });
  await choice.focus();
  await choice.selectOption('Français');
  await page.getByText('Presque certain').waitFor();
  expect(await page.locator('.footer-language').evaluate((select) => select === document.activeElement)).toBe(
    true,
  );
  await page.getByRole('button', { name: 'Effacer' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('fr');
  await other.getByText('Écrivez un chiffre ou un nombre').waitFor();
  await page.reload();
  await page.getByText('Presque certain').waitFor();
});

test('says that a language cannot be fetched, and stays in the former one', async ({ open }) => {
  const page = await open({ expectErrors: /Failed to load resource/ });
  await page.route(/\/assets\/es-/, (route) => route.abort());
  await page.getByRole('combobox', { name: 'Language' }).selectOption('Español');
  await page.getByText('Español could not be fetched. Choose it again to try again.').waitFor();
  expect(await page.getByRole('combobox', { name: 'Language' }).inputValue()).toBe('en');
});

test('fits a small phone in every language', async ({ open }) => {
  const page = await open({ viewport: { width: 320, height: 640 } });
  const names = await page.locator('.footer-language option').allTextContents();
  expect(names).toEqual(['English', 'Deutsch', 'Español', 'Français', 'हिन्दी', '简体中文']);
  for (const name of names) {
    await page.locator('.footer-language').selectOption(name);
    await expect.poll(() => page.locator('.footer-language option:checked').textContent()).toBe(name);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  }
});
