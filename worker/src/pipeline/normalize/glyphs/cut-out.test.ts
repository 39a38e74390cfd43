import { expect, it } from 'vitest';
import { apart, boxOf, line, row, type Strokes, shape } from '../digits.fixture.ts';
import { difference } from '../sheets.fixture.ts';
import { cutOut } from './cut-out.ts';
import { groupsOf, THICKNESS, written } from './detail.fixture.ts';

const place = { left: 20, top: 20, height: 50 };
const HEIGHT = 54;
/** One pixel for soft edges, and one for cuts between pixels. */
const NEAR = 2.5;

function draft(...strokes: Strokes[]) {
  const detail = written(160, 90, ...strokes);
  const groups = groupsOf(detail, { height: HEIGHT, slant: 0 }).sort((a, b) => a.from - b.from);
  return { detail, groups };
}

/** The network's input for a shape alone. */
function alone(name: '3' | '7' | '0', left = place.left) {
  const { detail, groups } = draft(shape(name, { ...place, left }));
  return cutOut({ groups, left: null, right: null }, detail)!;
}

it('cuts a digit out as the network’s input', () => {
  const { pixels, box } = alone('3');
  expect(pixels).toHaveLength(28 * 28);
  expect(Math.max(...pixels)).toBe(255);
  expect(apart(box, boxOf(shape('3', place), THICKNESS))).toBeLessThan(NEAR);
});

it('gives the same pixels wherever a digit lies, and whatever lies beside it', () => {
  const { detail, groups } = draft(...row(['3', '7'], { ...place, step: 44 }));
  expect(groups).toHaveLength(2);
  const [three, seven] = groups.map((group) => cutOut({ groups: [group], left: null, right: null }, detail)!);
  expect(difference(three.pixels, alone('3').pixels)).toBeLessThan(1);
  expect(difference(seven.pixels, alone('7', 64).pixels)).toBeLessThan(1);
  expect(difference(three.pixels, seven.pixels)).toBeGreaterThan(20);
});

it('leaves out a neighbour that reaches into a digit’s box', () => {
  const three = shape('3', place);
  const { detail, groups } = draft(three, line(60, 20, 52, 28));
  const cut = cutOut({ groups: [groups[0]], left: null, right: null }, detail)!;
  expect(groups).toHaveLength(2);
  expect(difference(cut.pixels, alone('3').pixels)).toBeLessThan(1);
});

it('takes several groups together', () => {
  const { detail, groups } = draft(...row(['3', '7'], { ...place, step: 44 }));
  const { box } = cutOut({ groups, left: null, right: null }, detail)!;
  expect(apart(box, boxOf(row(['3', '7'], { ...place, step: 44 }).flat(), THICKNESS))).toBeLessThan(NEAR);
});

it('takes what lies to one side of a cut', () => {
  const zeros = row(['0', '0'], { ...place, step: 31 });
  const { detail, groups } = draft(...zeros);
  expect(groups).toHaveLength(1);
  const cut = { x: 50.5, lean: 0 };
  const sides = [
    cutOut({ groups, left: null, right: cut }, detail)!,
    cutOut({ groups, left: cut, right: null }, detail)!,
  ];
  for (const [i, { box, pixels }] of sides.entries()) {
    expect(apart(box, boxOf(zeros[i], THICKNESS))).toBeLessThan(NEAR);
    expect(difference(pixels, alone('0').pixels)).toBeLessThan(8);
  }
});

it('cuts along a leaning line', () => {
  const slant = 0.6;
  const ones = row(['1', '1'], { ...place, step: 30, slant });
  const { detail, groups } = draft(...ones, line(20, 70, 50, 70));
  // Midway between the two: at x = 35 where y = 70, and leaning as they do.
  const cut = { x: 35 - slant * (90 - 70), lean: slant };
  const { box } = cutOut({ groups, left: null, right: cut }, detail)!;
  expect(box.left + box.width).toBeLessThan(20 + slant * 50 + 2 + NEAR);
  expect(box.height).toBeGreaterThan(50);
});

it('drops slivers that a cut leaves of a neighbour', () => {
  const [first, second] = row(['0', '0'], { ...place, step: 50 });
  // Joined at their feet; the cut leaves the outermost bit of the first one’s side.
  const joined = draft(first, second, line(35, 70, 85, 70));
  const bare = draft(second, line(52, 70, 85, 70));
  const cut = cutOut({ groups: joined.groups, left: { x: 50, lean: 0 }, right: null }, joined.detail)!;
  const expected = cutOut({ groups: bare.groups, left: null, right: null }, bare.detail)!;
  expect(joined.groups).toHaveLength(1);
  expect(difference(cut.pixels, expected.pixels)).toBeLessThan(6);
});

it('is null where no ink lies between two cuts', () => {
  const { detail, groups } = draft(...row(['1', '1'], { ...place, step: 30 }));
  const span = { groups, left: { x: 30, lean: 0 }, right: { x: 40, lean: 0 } };
  expect(cutOut(span, detail)).toBeNull();
});

it('gives boxes in the bitmap’s pixels', () => {
  const { detail, groups } = draft(shape('3', place));
  const { box } = cutOut(
    { groups, left: null, right: null },
    {
      ...detail,
      factor: 3,
      size: { width: 3 * detail.size.width, height: 3 * detail.size.height },
    },
  )!;
  const { left, top, width, height } = alone('3').box;
  expect(box).toEqual({ left: 3 * left, top: 3 * top, width: 3 * width, height: 3 * height });
});
