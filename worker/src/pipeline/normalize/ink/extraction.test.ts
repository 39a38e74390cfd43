import { expect, it } from 'vitest';
import { labelComponents } from '../raster/components.ts';
import { draw, paper } from '../sheets.fixture.ts';
import { extractInk } from './extraction.ts';

it('cuts out the digit’s parts with their soft edges, stretched to 0…1', () => {
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
  const digit = labelling.components[0];
  const { ink, mask, contrast } = extractInk({ ...sheet, noise: 1 }, labelling, [digit]);
  // Cut to the digit and one pixel around it.
  expect([ink.width, ink.height]).toEqual([digit.right - digit.left + 2, digit.bottom - digit.top + 2]);
  const inkAt = (x: number, y: number) => ink.values[(y - digit.top + 1) * ink.width + x - digit.left + 1];
  const row = 20 * 40;
  expect(contrast).toBe(120);
  expect(inkAt(12, 20)).toBe(1);
  expect(inkAt(10, 20)).toBeGreaterThan(0.1);
  expect(inkAt(10, 20)).toBeLessThan(0.5);
  expect([mask.values[row + 12], mask.values[row + 30]]).toEqual([1, 0]);
});
