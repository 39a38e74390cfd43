import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { describe, expect } from 'vitest';
import { digitPng } from '../integration/pictures.ts';
import { violations } from './axe.ts';
import { drawNumber } from './draw-digit.ts';
import { test } from './fixtures.ts';
import { boxOf, overhang, SCREENS } from './screens.ts';

const CHOOSER = 'input[type=file][multiple]';
const boxes = (page: Page) => page.getByRole('group', { name: 'Digits in the picture' }).getByRole('button');
const readAs = (page: Page, text: string) => page.getByRole('status').getByText(new RegExp(`^${text}\\. `));
const bestBar = (page: Page) => page.locator('.bar[data-best=true] .bar-digit').textContent();

async function drawn42(page: Page): Promise<Page> {
  await drawNumber(page, [4, 2]);
  await readAs(page, '42').waitFor();
  return page;
}

/** Digits on one wide sheet of paper. */
async function photoOf(...digits: (3 | 5 | 7)[]): Promise<Buffer> {
  const side = 160;
  const input = await Promise.all(digits.map((digit) => digitPng(digit, { side, paper: '#fff' })));
  return sharp({ create: { width: 260 * digits.length, height: 300, channels: 3, background: '#fff' } })
    .composite(input.map((each, index) => ({ input: each, left: 50 + 220 * index, top: 70 })))
    .png()
    .toBuffer();
}

describe('a drawn number', () => {
  test('is read, and each of its digits shows its bars and its network input', async ({ open }) => {
    const page = await drawn42(await open());
    expect(await page.getByRole('heading', { name: 'Your drawing' }).textContent()).toBe('42, Your drawing');
    expect(await boxes(page).count()).toBe(2);
    expect(await boxes(page).allInnerTexts()).toEqual([
      expect.stringMatching(/^4\?? \d+ %$/),
      expect.stringMatching(/^2\?? \d+ %$/),
    ]);
    expect(await boxes(page).first().getAttribute('aria-pressed')).toBe('true');
    expect(await bestBar(page)).toBe('4');
    const seen = () =>
      page.locator('.seen-picture').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const first = await seen();
    await page.locator('.box-tag').nth(1).click();
    expect(await boxes(page).nth(1).getAttribute('aria-pressed')).toBe('true');
    expect(await bestBar(page)).toBe('2');
    await page.getByText('Digit 2 of 2, as the network saw it').waitFor();
    expect(await seen()).not.toBe(first);
  });

  test('has boxes around the ink, and none while the pen is down', async ({ open }) => {
    const page = await drawn42(await open());
    const sheet = await boxOf(page.locator('.sheet'));
    const [four, two] = [await boxOf(boxes(page).nth(0)), await boxOf(boxes(page).nth(1))];
    const height = sheet.bottom - sheet.top;
    for (const box of [four, two]) {
      expect(overhang(box, sheet)).toBeLessThanOrEqual(0);
      expect((box.bottom - box.top) / height).toBeGreaterThan(0.35);
      expect((box.bottom - box.top) / height).toBeLessThan(0.5);
    }
    expect(four.right).toBeLessThan(two.left + 20);
    // People go on drawing through the boxes.
    await page.mouse.move((two.left + two.right) / 2, (two.top + two.bottom) / 2);
    await page.mouse.down();
    expect(await boxes(page).count()).toBe(0);
    await page.mouse.up();
    await page.getByRole('button', { name: 'Undo' }).click();
    await readAs(page, '42').waitFor();
    expect(await boxes(page).count()).toBe(2);
  });

  test('is selected from by keyboard', async ({ open }) => {
    const page = await drawn42(await open());
    await boxes(page).first().focus();
    await page.keyboard.press('ArrowRight');
    expect(
      await boxes(page)
        .nth(1)
        .evaluate((box) => box === document.activeElement),
    ).toBe(true);
    expect(await bestBar(page)).toBe('2');
    await page.keyboard.press('ArrowRight');
    expect(await bestBar(page)).toBe('4');
    await page.keyboard.press('ArrowLeft');
    expect(await bestBar(page)).toBe('2');
  });

  test('is copied as text', async ({ open }) => {
    const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await drawn42(page);
    await page.getByRole('button', { name: 'Copy number' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('42');
  });

  test('is found in the history, and shows its digits under its own link', async ({ open }) => {
    const page = await drawn42(await open());
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByRole('searchbox').fill('42');
    await page.getByRole('status').getByText('1 found').waitFor();
    await page.locator('.past-open').click();
    await boxes(page).nth(1).click();
    expect(await bestBar(page)).toBe('2');
    expect(await page.locator('.feedback-line').count()).toBe(0);
  });
});

describe('a picture of a number', () => {
  test.for(SCREENS)('has its boxes on it on a screen of %i × %i', async ([width, height], { open }) => {
    const page = await open({ viewport: { width, height } });
    await page.setInputFiles(CHOOSER, {
      name: 'number.png',
      mimeType: 'image/png',
      buffer: await photoOf(3, 5, 7),
    });
    await readAs(page, '357').waitFor();
    const picture = await boxOf(page.getByRole('img', { name: 'number.png' }));
    expect(await boxes(page).count()).toBe(3);
    for (const [index, box] of (await boxes(page).all()).entries()) {
      const { left, right, top, bottom } = await boxOf(box);
      expect(overhang({ left, right, top, bottom }, picture)).toBeLessThanOrEqual(0.5);
      // Each digit stands in its own square of 160 of the picture's 780 pixels.
      const middle = (((left + right) / 2 - picture.left) / (picture.right - picture.left)) * 780;
      expect(Math.abs(middle - (130 + 220 * index))).toBeLessThan(40);
    }
    await boxes(page).nth(2).click();
    expect(await bestBar(page)).toBe('7');
    await page.getByRole('button', { name: /^357, .*number\.png$/ }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
});

test.for(['light', 'dark'] as const)('axe finds nothing in %s mode', async (colorScheme, { open }) => {
  const page = await drawn42(await open({ colorScheme, reducedMotion: 'reduce' }));
  expect(await violations(page)).toEqual([]);
  await page.getByRole('link', { name: 'Link', exact: true }).click();
  await boxes(page).first().waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByRole('list', { name: 'History' }).waitFor();
  expect(await violations(page)).toEqual([]);
});
