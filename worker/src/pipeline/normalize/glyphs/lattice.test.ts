import { describe, expect, it } from 'vitest';
import type { Box } from '../../reading.ts';
import { apart, boxOf, hasWay, row, type Strokes, shape } from '../digits.fixture.ts';
import { groupsOf, THICKNESS, written } from './detail.fixture.ts';
import { toLine, toPieces } from './lattice.ts';

const place = { left: 20, top: 20, height: 50 };
const writing = { height: 54, slant: 0 };
const WIDE = 0.78;
/** What a cut may take of a neighbour’s stroke. */
const CUT_NEAR = 8;

function lineOf(
  strokes: Strokes[],
  { widthMin = WIDE, struck = [] as { left: number; top: number; right: number; bottom: number }[] } = {},
) {
  const detail = written(180, 90, ...strokes);
  const groups = groupsOf(detail, writing).sort((a, b) => a.from - b.from);
  return toLine(toPieces(groups, { detail, writing, widthMin }), { detail, struck, writing })!;
}
type Candidates = ReturnType<typeof lineOf>['candidates'];

const around = (candidates: Candidates, box: Box, within = CUT_NEAR) =>
  candidates.filter((candidate) => apart(candidate.box, box) < within);

describe('digits apart', () => {
  const apartFrom = row(['3', '7'], { ...place, step: 60 });

  it('are one candidate each', () => {
    const { pieces, candidates } = lineOf(apartFrom);
    expect(pieces).toBe(2);
    expect(candidates).toMatchObject([
      { from: 0, to: 1, cost: 0, isDoubtful: false },
      { from: 1, to: 2, cost: 0, isDoubtful: false },
    ]);
    for (const [i, { box }] of candidates.entries())
      expect(apart(box, boxOf(apartFrom[i], THICKNESS))).toBeLessThan(2.5);
  });

  it('are doubtful where they were struck through', () => {
    const struck = [{ left: 70, top: 40, right: 120, bottom: 44 }];
    expect(lineOf(apartFrom, { struck }).candidates.map(({ isDoubtful }) => isDoubtful)).toEqual([
      false,
      true,
    ]);
  });
});

describe('digits near each other', () => {
  it('may be parts of one digit, at a cost', () => {
    const { pieces, candidates } = lineOf(row(['1', '1'], { ...place, step: 9 }));
    expect(pieces).toBe(2);
    expect(candidates.map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ]);
    expect(candidates[1].cost).toBeGreaterThan(0);
  });

  it('cost the more to join the farther they lie apart', () => {
    const joined = (step: number) =>
      lineOf(row(['1', '1'], { ...place, step })).candidates.find(({ to, from }) => to - from === 2)!.cost;
    expect(joined(11)).toBeGreaterThan(joined(8));
  });
});

describe('digits that touch', () => {
  const touching = row(['3', '3'], { ...place, step: 31 });
  const boxes = touching.map((strokes) => boxOf(strokes, THICKNESS));

  it('have candidates for both, and one for the whole', () => {
    const { pieces, candidates } = lineOf(touching);
    expect(pieces).toBeGreaterThan(1);
    for (const box of boxes) expect(around(candidates, box).length).toBeGreaterThan(0);
    const whole = candidates.find(({ from, to }) => from === 0 && to === pieces)!;
    expect(apart(whole.box, boxOf(touching.flat(), THICKNESS))).toBeLessThan(2.5);
  });

  it('have a way through that reads both', () => {
    expect(hasWay(lineOf(touching), boxes, CUT_NEAR)).toBe(true);
    expect(hasWay(lineOf(touching), [boxes[1], boxes[0]], CUT_NEAR)).toBe(false);
  });

  it('cost more cut than whole', () => {
    const { pieces, candidates } = lineOf(touching);
    const whole = candidates.find(({ from, to }) => from === 0 && to === pieces)!;
    expect(whole.cost).toBe(0);
    for (const box of boxes) for (const { cost } of around(candidates, box)) expect(cost).toBeGreaterThan(0);
  });

  it('are not cut where one digit is wanted', () => {
    expect(lineOf(touching, { widthMin: Infinity })).toMatchObject({ pieces: 1, candidates: [{ cost: 0 }] });
  });
});

it('does not cut a digit of normal width', () => {
  for (const name of ['3', '0', '5', '7'] as const)
    expect(lineOf([shape(name, place)])).toMatchObject({ pieces: 1, candidates: [{}] });
});

it('joins no more than a digit’s width', () => {
  const { candidates } = lineOf(
    row(['1', '1', '1', '1', '1', '1', '1', '1', '1', '1'], { ...place, step: 10 }),
  );
  expect(Math.max(...candidates.map(({ box }) => box.width))).toBeLessThan(1.6 * writing.height);
});

it('is null for a row without ink', () => {
  expect(lineOf([])).toBeNull();
});
