import { describe, expect, it } from 'vitest';
import { paper } from '../sheets.fixture.ts';
import { detailOf, groupAt } from './detail.fixture.ts';
import { dropNeighbours, mostCentral } from './neighbours.ts';

const detail = detailOf(paper(120, 100, 0));
const whole = groupAt(50, 30, 74, 70);
const other = groupAt(84, 30, 104, 70);
const kept = (...rows: ReturnType<typeof groupAt>[][]) =>
  dropNeighbours(rows, detail, { height: 40, slant: 0 });

describe('the rest of a neighbour', () => {
  it.each([
    ['at the left', groupAt(0, 32, 10, 68)],
    ['at the right', groupAt(112, 32, 120, 68)],
  ])('goes from the row: %s', (_, rest) => {
    expect(kept([whole, rest])).toEqual([[whole]]);
    expect(kept([rest, whole])).toEqual([[whole]]);
  });

  it('goes beside the one whole digit in the middle, however much of it is left', () => {
    const much = groupAt(0, 30, 26, 70);
    expect(kept([much, whole])).toEqual([[whole]]);
    expect(kept([much, other])).toEqual([[much, other]]);
  });

  it.each([
    ['above', groupAt(50, 0, 74, 12)],
    ['below', groupAt(50, 90, 74, 100)],
  ])('goes with its row: %s', (_, rest) => {
    expect(kept([whole], [rest])).toEqual([[whole]]);
    expect(kept([rest], [whole])).toEqual([[whole]]);
  });
});

it.each([
  ['a narrow digit inside', groupAt(20, 30, 26, 70)],
  ['a digit that the edge hardly cuts', groupAt(0, 30, 26, 70)],
  ['a low digit inside', groupAt(20, 46, 40, 70)],
  ['a digit that reaches the top', groupAt(10, 0, 36, 40)],
])('keeps %s', (_, digit) => expect(kept([digit, whole, other])).toEqual([[digit, whole, other]]));

it('keeps what is all there is', () => {
  const rest = groupAt(0, 30, 6, 70);
  expect(kept([rest])).toEqual([[rest]]);
});

describe('the most central group', () => {
  it('is chosen of all rows', () => {
    const rows = [
      [groupAt(5, 5, 25, 35), groupAt(90, 5, 110, 35)],
      [groupAt(20, 40, 40, 70), groupAt(55, 40, 75, 70)],
    ];
    expect(mostCentral(rows, detail)).toEqual([[groupAt(55, 40, 75, 70)]]);
  });

  it('goes by shares of both sides', () => {
    const strip = detailOf(paper(300, 60, 0));
    const [beside, above] = [groupAt(230, 20, 250, 40), groupAt(140, 0, 160, 16)];
    expect(mostCentral([[above, beside]], strip)).toEqual([[beside]]);
  });

  it('is none of no rows', () => expect(mostCentral([], detail)).toEqual([]));
});
