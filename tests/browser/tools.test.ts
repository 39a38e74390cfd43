import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { violations } from './axe.ts';
import { drawDigit } from './draw-digit.ts';
import { test } from './fixtures.ts';

/** How much of the sheet is ink. */
function inkOf(page: Page): Promise<number> {
  return page.locator('.sheet-canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return data.reduce((sum, value, at) => sum + (at % 4 === 3 && value > 127 ? 1 : 0), 0);
  });
}

/** Moves the pointer, with its button down, from one point of the sheet to another; both are shares of its side. */
async function drag(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  const box = (await page.locator('.sheet').boundingBox())!;
  const at = ([x, y]: [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 5 });
  await page.mouse.up();
}

test('the eraser takes away the strokes that it touches, and undo and redo bring them back and away', async ({
  open,
}) => {
  const page = await open();
  const eraser = page.getByRole('radio', { name: 'Eraser' });
  expect(await eraser.isDisabled()).toBe(true);
  await drag(page, [0.3, 0.2], [0.3, 0.8]);
  await drag(page, [0.7, 0.2], [0.7, 0.8]);
  await page.getByText(/^11\. /).waitFor();
  const both = await inkOf(page);
  await eraser.check({ force: true });
  await drag(page, [0.6, 0.5], [0.8, 0.5]);
  await page.getByText(/^1\. /).waitFor();
  const one = await inkOf(page);
  expect(one).toBeLessThan(0.6 * both);

  await page.keyboard.press('Control+z');
  await expect.poll(() => inkOf(page)).toBe(both);
  await page.keyboard.press('Control+Shift+Z');
  await expect.poll(() => inkOf(page)).toBe(one);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => inkOf(page)).toBe(both);
  await page.keyboard.press('Control+y');
  await expect.poll(() => inkOf(page)).toBe(one);
  expect(await page.getByRole('button', { name: 'Redo' }).isDisabled()).toBe(true);

  // Nothing is left: the pen writes again.
  await drag(page, [0.2, 0.5], [0.4, 0.5]);
  await expect.poll(() => inkOf(page)).toBe(0);
  expect(await page.getByRole('radio', { name: 'Medium' }).isChecked()).toBe(true);
});

test('E takes the eraser at the sheet', async ({ open }) => {
  const page = await open();
  await drawDigit(page, 7);
  await page.locator('.sheet').focus();
  await page.keyboard.press('e');
  expect(await page.getByRole('radio', { name: 'Eraser' }).isChecked()).toBe(true);
  await page.keyboard.press('e');
  expect(await page.getByRole('radio', { name: 'Medium' }).isChecked()).toBe(true);
});

test('? shows the keys, but not where people write, and Escape gives the focus back', async ({ open }) => {
  const page = await open();
  const undo = page.getByRole('link', { name: 'History' });
  await undo.focus();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'By keyboard' });
  await help.getByText('Change between pen and eraser').waitFor();
  await help.getByRole('region', { name: 'Among many pictures' }).getByText('0–9').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'detached' });
  expect(await undo.evaluate((link) => link === document.activeElement)).toBe(true);

  await page.getByRole('combobox', { name: 'Language' }).focus();
  await page.keyboard.press('?');
  expect(await help.count()).toBe(0);
  await page.getByRole('button', { name: 'Keyboard' }).click();
  await help.getByRole('button', { name: 'Close' }).click();
  await help.waitFor({ state: 'detached' });
});
