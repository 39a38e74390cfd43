import { expect, it } from 'vitest';
import { line, row, type Strokes, shape } from '../digits.fixture.ts';
import { groupsOf, written } from './detail.fixture.ts';

const place = { left: 30, top: 25, height: 50 };
const grouped = (slant: number, ...strokes: Strokes[]) => {
  const detail = written(160, 130, ...strokes);
  return { count: detail.components.length, groups: groupsOf(detail, { height: 54, slant }) };
};

it.each([0, 0.4, -0.2])('joins the bar of a 5 and its body along a slant of %f', (slant) => {
  const { count, groups } = grouped(slant, shape('5 with detached bar', { ...place, slant }));
  expect(count).toBe(2);
  expect(groups).toHaveLength(1);
  expect(groups[0].components).toHaveLength(2);
  expect(groups[0]).toMatchObject({ top: expect.closeTo(24, -1), bottom: expect.closeTo(77, -1) });
});

it('keeps slanted neighbours apart, though their columns overlap', () => {
  const slant = 0.6;
  const neighbours = row(['1', '1', '1'], { ...place, step: 16, slant });
  const { count, groups } = grouped(slant, ...neighbours);
  expect(count).toBe(3);
  expect(groups).toHaveLength(3);
  const extents = groups.sort((a, b) => a.from - b.from);
  for (const [i, { from }] of extents.entries()) if (i > 0) expect(from).toBeGreaterThan(extents[i - 1].to);
});

it('measures where a group begins and ends along the slant, at the grid’s foot', () => {
  const slant = 0.5;
  const { groups } = grouped(slant, shape('1', { ...place, slant }));
  // The foot lies at x = 30, y = 75; the grid's foot is 55 pixels below.
  expect(groups[0].from).toBeCloseTo(30 - slant * 55 - 2, -1);
  expect(groups[0].to - groups[0].from).toBeLessThan(10);
});

it('joins the pieces of a broken stroke', () => {
  const broken = [25, 45, 65].flatMap((y) => line(60, y, 60, y + 12));
  expect(grouped(0, broken)).toMatchObject({ count: 3, groups: [{ top: 23 }] });
});

it.each<[string, Strokes[]]>([
  ['digits beside each other', row(['3', '7'], { ...place, step: 50 })],
  ['two lines of digits', [10, 70].map((top) => shape('3', { left: 40, top, height: 46 }))],
  ['two dashes far above one another', [line(30, 40, 60, 40), line(30, 75, 60, 75)]],
  ['a digit and a line far below it', [shape('3', place), line(28, 118, 64, 118)]],
])('keeps apart %s', (_, strokes) => expect(grouped(0, ...strokes).groups).toHaveLength(2));
