import { expect, it } from 'vitest';
import { draw, paper } from '../sheets.fixture.ts';
import { dilate, erode } from './morphology.ts';

it('removes what is narrower than the window and keeps what is wider', () => {
  const sheet = draw(
    paper(24, 18, 0),
    [
      [4, 0],
      [4, 17],
    ],
    { thickness: 2, ink: 200 },
  );
  draw(
    sheet,
    [
      [17, 0],
      [17, 17],
    ],
    { thickness: 12, ink: 100 },
  );
  const opened = dilate(erode(sheet, 2), 2);
  expect([opened.width, opened.height]).toEqual([24, 18]);
  expect(opened.values[9 * 24 + 4]).toBe(0);
  expect(opened.values[9 * 24 + 17]).toBe(100);
});
