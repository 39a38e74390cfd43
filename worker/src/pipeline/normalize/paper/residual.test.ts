import { expect, it } from 'vitest';
import { draw, grain, lit, paper } from '../sheets.fixture.ts';
import { inkUp, subtractBackground } from './residual.ts';

it('is zero on paper and as strong in a shadow as beside it', () => {
  const shadow = (x: number) => (x < 0.5 ? 0.5 : 1);
  const strokes = draw(
    draw(
      paper(80, 40, 240),
      [
        [20, 5],
        [20, 35],
      ],
      { thickness: 5, ink: 60 },
    ),
    [
      [60, 5],
      [60, 35],
    ],
    { thickness: 5, ink: 60 },
  );
  const up = inkUp(lit(strokes, shadow), 'dark-on-light');
  const background = inkUp(lit(paper(80, 40, 240), shadow), 'dark-on-light');
  const { values } = subtractBackground(up, background, 'dark-on-light');
  expect(values[20 * 80 + 40]).toBeCloseTo(0, 0);
  expect(values[20 * 80 + 20]).toBeCloseTo(values[20 * 80 + 60], 0);
  expect(values[20 * 80 + 20]).toBeGreaterThan(150);
});

it('measures the paper’s noise whatever lies on it', () => {
  const sheet = grain(
    draw(
      paper(80, 80, 100),
      [
        [20, 0],
        [20, 79],
      ],
      { thickness: 20, ink: 220 },
    ),
    10,
  );
  const { noise } = subtractBackground(sheet, paper(80, 80, 100), 'light-on-dark');
  // Even noise of ±10 has a standard deviation of 5.8.
  expect(noise).toBeGreaterThan(4);
  expect(noise).toBeLessThan(8);
});

it('takes little noise for granted where a close crop shows no paper', () => {
  const crop = grain(paper(16, 16, 128), 120);
  expect(subtractBackground(crop, paper(16, 16, 0), 'light-on-dark').noise).toBeLessThan(11);
});
