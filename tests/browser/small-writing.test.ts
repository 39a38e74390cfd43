import { describe, expect } from 'vitest';
import { type DrawnDigit, drawSmall } from './draw-digit.ts';
import { test } from './fixtures.ts';

const DIGITS: readonly DrawnDigit[] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const READ = '.answer[data-phase=done] .verdict-digit path:not(.doubt)';

describe('a digit is read like a large one', () => {
  test.for([
    ['an eighth of the sheet high, in a corner, with the broad pen', 'Broad', 1 / 8, true],
    ['an eleventh of the sheet high, in the middle, with the medium pen', 'Medium', 1 / 11, false],
  ] as const)('%s', async ([, pen, share, corner], { open }) => {
    const page = await open({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    await page.getByTitle(pen).click();
    const read: string[] = [];
    for (const digit of DIGITS) {
      await drawSmall(page, digit, { share, corner });
      await page.locator(READ).waitFor();
      // The last stroke may be on its way: what is read is told once nothing has come for a while.
      const spoken = page.getByRole('status').getByText(new RegExp(`^${digit}[.,] `));
      await spoken.waitFor({ timeout: 10_000 }).then(
        () => read.push(String(digit)),
        async () => read.push(`${digit} as ${await page.locator('.answer').textContent()}`),
      );
      await page.getByRole('button', { name: 'Clear' }).click();
      await page.getByText('Write a digit or a number').waitFor();
    }
    expect(read).toEqual(DIGITS.map(String));
  });
});
