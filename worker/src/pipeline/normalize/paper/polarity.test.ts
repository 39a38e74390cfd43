import { expect, it } from 'vitest';
import { cellMeans } from '../raster/cells.ts';
import { draw, inverted, lit, paper, seven } from '../sheets.fixture.ts';
import { findPolarity } from './polarity.ts';

it.each([
  ['a thin stroke', draw(paper(80, 80), seven(25, 15, 50), { thickness: 1 })],
  ['a thick stroke', draw(paper(80, 80), seven(25, 15, 50), { thickness: 16 })],
  ['a close crop', draw(paper(24, 28), seven(4, 3, 22), { thickness: 6 })],
])('finds the polarity of %s', (_, sheet) => {
  expect(findPolarity(cellMeans(sheet), null)).toBe('dark-on-light');
  expect(findPolarity(cellMeans(inverted(sheet)), null)).toBe('light-on-dark');
});

it('is not misled by a shadow over most of the page', () => {
  const sheet = draw(paper(80, 60, 235), seven(15, 12, 34), { thickness: 5, ink: 30 });
  expect(findPolarity(cellMeans(lit(sheet, (x) => (x < 0.7 ? 0.5 : 1))), null)).toBe('dark-on-light');
});

it('is not misled by a frame', () => {
  const frame = [
    [0, 0],
    [79, 0],
    [79, 79],
    [0, 79],
    [0, 0],
  ] as const;
  const sheet = draw(draw(paper(80, 80), seven(25, 15, 50), { thickness: 5 }), frame, { thickness: 3 });
  expect(findPolarity(cellMeans(sheet), null)).toBe('dark-on-light');
});
