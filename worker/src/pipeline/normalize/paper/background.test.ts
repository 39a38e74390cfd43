import { expect, it } from 'vitest';
import { cellMeans } from '../raster/cells.ts';
import type { Grid } from '../raster/grid.ts';
import { draw, grain, inverted, lit, paper, seven } from '../sheets.fixture.ts';
import { estimateBackground } from './background.ts';

/** Largest deviation from the paper that the ink was drawn on. */
function deviation(bare: Grid, written: Grid, skip: (x: number) => boolean = () => false): number {
  const background = estimateBackground(written, cellMeans(written), { isCut: false }).values;
  let worst = 0;
  for (const [i, value] of bare.values.entries()) {
    if (!skip(i % bare.width)) worst = Math.max(worst, Math.abs(value - background[i]));
  }
  return worst;
}

const slope = (x: number, y: number) => 0.6 + 0.3 * x + 0.1 * y;
const write = (sheet: Grid) => draw(sheet, seven(28, 15, 42), { thickness: 7, ink: 20 });

it('is the one level of a drawn canvas, however thick the strokes', () => {
  const sheet = draw(paper(28, 28, 0), seven(6, 6, 16), { thickness: 13, ink: 255 });
  expect(deviation(paper(28, 28, 0), sheet)).toBe(0);
});

it('follows a gradient up to the edges', () => {
  const bare = inverted(lit(paper(80, 70, 230), slope));
  const written = inverted(write(lit(paper(80, 70, 230), slope)));
  expect(deviation(bare, grain(written, 2))).toBeLessThan(12);
});

it('has the step of a shadow, without the ink on both sides', () => {
  const shadow = (x: number) => (x < 0.5 ? 0.5 : 1);
  const bare = inverted(lit(paper(80, 70, 230), shadow));
  const written = inverted(lit(write(paper(80, 70, 230)), shadow));
  expect(deviation(bare, written, (x) => x > 30 && x < 50)).toBeLessThan(6);
});
