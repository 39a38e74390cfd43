import { expect, it } from 'vitest';
import { line, row, type Strokes, write } from '../digits.fixture.ts';
import { paper } from '../sheets.fixture.ts';
import { findCuts } from './cuts.ts';
import { detailOf, groupsOf, INK, written } from './detail.fixture.ts';

const HEIGHT = 54;
const place = { left: 20, top: 20, height: 50 };

/** Where the cuts of what hangs together cross a row. */
function cutsAt(y: number, strokes: Strokes[], slant = 0): number[] {
  const detail = written(160, 90, ...strokes);
  const groups = groupsOf(detail, { height: HEIGHT, slant });
  expect(groups).toHaveLength(1);
  return findCuts(groups[0], detail, { height: HEIGHT, slant }).map(
    ({ x, lean }) => x + lean * (detail.ink.height - y),
  );
}

const between = (places: readonly number[], from: number, to: number) =>
  places.filter((x) => x > from && x < to);

it('cuts digits that a thin stroke joins between them', () => {
  const joined = [...row(['0', '0'], { ...place, step: 50 }), line(48, 46, 72, 46)];
  expect(between(cutsAt(45, joined), 51, 69).length).toBeGreaterThan(0);
});

it('cuts digits that touch where they do', () => {
  expect(between(cutsAt(45, row(['3', '3'], { ...place, step: 31 })), 47, 56).length).toBeGreaterThan(0);
});

it('cuts along the slant', () => {
  const slant = 0.7;
  const joined = [...row(['1', '1'], { ...place, step: 15, slant }), line(20, 70, 35, 70)];
  const [high, low] = [cutsAt(25, joined, slant), cutsAt(62, joined, slant)];
  // Between the two strokes, where they are 45 and 8 pixels above their feet.
  const clear = high.filter((x, i) => between([x], 54, 64).length + between([low[i]], 28, 38).length === 2);
  expect(clear.length).toBeGreaterThan(0);
});

it('sorts cuts from left to right, inside the group and not too near each other', () => {
  const cuts = cutsAt(45, [...row(['0', '2', '7'], { ...place, step: 45 }), line(20, 71, 128, 71)]);
  expect(cuts.length).toBeGreaterThan(1);
  expect(cuts).toEqual([...cuts].sort((a, b) => a - b));
  expect(between(cuts, 18, 142)).toEqual(cuts);
  for (const [i, x] of cuts.entries()) if (i > 0) expect(x - cuts[i - 1]).toBeGreaterThan(3);
});

it('does not cut through the middle of a blot', () => {
  const detail = detailOf(write(paper(200, 110, 0), line(60, 55, 140, 55), { thickness: 80, ink: INK }));
  const [blot] = groupsOf(detail, { height: HEIGHT, slant: 0 });
  expect(findCuts(blot, detail, { height: HEIGHT, slant: 0 }).filter(({ lean }) => lean === 0)).toEqual([]);
});
