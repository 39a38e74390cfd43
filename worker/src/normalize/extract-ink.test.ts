import { expect, it } from 'vitest';
import { labelComponents } from './components.ts';
import { extractInk } from './extract-ink.ts';
import { draw, paper } from './fixtures.ts';

it('stretches the kept parts with their soft edges to 0…1 and drops the rest', () => {
  const sheet = draw(
    draw(
      paper(40, 40, 0),
      [
        [12.2, 8],
        [12.2, 30],
      ],
      { thickness: 4, ink: 120 },
    ),
    [
      [30, 8],
      [30, 30],
    ],
    { thickness: 4, ink: 120 },
  );
  sheet.values[39] = 8;
  const labelling = labelComponents(sheet, 70);
  const { ink, mask, contrast } = extractInk(
    { ...sheet, noise: 1 },
    labelling,
    labelling.components.slice(0, 1),
  );
  const row = 20 * 40;
  expect(contrast).toBe(120);
  expect(ink.values[row + 12]).toBe(1);
  expect(ink.values[row + 10]).toBeGreaterThan(0.1);
  expect(ink.values[row + 10]).toBeLessThan(0.5);
  expect(ink.values[row + 30]).toBe(0);
  expect(ink.values[39]).toBe(0);
  expect([mask.values[row + 12], mask.values[row + 30]]).toEqual([1, 0]);
});
