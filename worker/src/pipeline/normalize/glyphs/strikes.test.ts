import { describe, expect, it } from 'vitest';
import { line, type Placement, type Shape, type Strokes, shape } from '../digits.fixture.ts';
import { THICKNESS, written } from './detail.fixture.ts';
import type { Detail } from './detail.ts';
import { eraseStrikes } from './strikes.ts';

const place: Placement = { left: 42, top: 20, height: 60 };
const draft = (...strokes: Strokes[]) => written(120, 100, ...strokes);
/** Columns of ink in some rows. */
const columns = ({ ink, threshold }: Detail, from: number, to: number) =>
  Array.from({ length: ink.width }, (_, x) => x).filter((x) => {
    for (let y = from; y < to; y++) if (ink.values[y * ink.width + x] > threshold) return true;
    return false;
  });

describe('a line through a digit', () => {
  it.each<[string, Shape, Strokes]>([
    ['level, through an 8', '8', line(20, 54, 102, 54)],
    ['rising, through an 8', '8', line(22, 62, 100, 40)],
    ['level, through a 3', '3', line(20, 58, 100, 58)],
    ['level, through a 1', '1', line(10, 50, 80, 50)],
  ])('is erased and reported: %s', (_, name, through) => {
    const struckOut = draft(shape(name, place), through);
    expect(struckOut.components).toHaveLength(1);
    const { detail, struck } = eraseStrikes(struckOut);
    expect(struck).toHaveLength(1);
    expect(struck[0]).toMatchObject({ top: expect.closeTo(18, -1), bottom: expect.closeTo(83, -1) });
    const ends = columns(detail, 0, 100);
    expect(ends[0]).toBeGreaterThan(place.left - 6);
    expect(ends.at(-1)).toBeLessThan(place.left + 0.6 * place.height + 8);
    // What stood there before is still there, but for holes.
    const bare = draft(shape(name, place));
    const lost = bare.labels.filter((label, i) => label > 0 && detail.labels[i] === 0).length;
    expect(lost).toBeLessThan(0.15 * bare.components[0].area);
  });

  it('is reported where it is double', () => {
    const twice = draft(shape('3', place), line(20, 48, 100, 48), line(20, 56, 100, 56));
    expect(eraseStrikes(twice).struck).toHaveLength(1);
  });
});

describe('a line under a digit that touches it', () => {
  it.each<Shape>(['1', '3', '8'])('is erased and not reported: %s', (name) => {
    const under = draft(shape(name, place), line(8, 81, 114, 81));
    expect(under.components).toHaveLength(1);
    const { detail, struck } = eraseStrikes(under);
    expect(struck).toEqual([]);
    const ends = columns(detail, 0, 100);
    expect(ends[0]).toBeGreaterThan(place.left - 6);
    expect(ends.at(-1)).toBeLessThan(place.left + 0.6 * place.height + 8);
  });
});

describe('a stroke of a digit', () => {
  it.each<Shape>(['0', '1', '1 with flag and foot', '2', '3', '4', '5', '7', '7 with bar', '8'])(
    'stays: %s',
    (name) => {
      const digit = draft(shape(name, place));
      const before = digit.ink.values.reduce((sum, value) => sum + value, 0);
      const { detail, struck } = eraseStrikes(digit);
      expect(struck).toEqual([]);
      expect(detail.ink.values.reduce((sum, value) => sum + value, 0)).toBe(before);
    },
  );

  it('stays where a digit is beside another', () => {
    const pair = draft(shape('2', { ...place, left: 12 }), shape('4', { ...place, left: 66 }));
    expect(eraseStrikes(pair)).toEqual({ detail: pair, struck: [] });
  });

  it('stays in a minus: nothing is left without it', () => {
    const minus = draft(line(20, 50, 100, 50));
    expect(eraseStrikes(minus).struck).toEqual([]);
    expect(eraseStrikes(minus).detail.components).toHaveLength(1);
  });
});

it('reports the one digit of several that is struck out', () => {
  const both = draft(
    shape('3', { left: 12, top: 30, height: 40 }),
    shape('8', { left: 76, top: 30, height: 40 }),
    line(62, 50, 114, 50),
  );
  const { detail, struck } = eraseStrikes(both);
  expect(struck).toMatchObject([{ left: expect.closeTo(62 - THICKNESS / 2, -1) }]);
  expect(columns(detail, 0, 100)).toEqual(expect.arrayContaining([14, 80]));
});

it('finds nothing on an empty detail', () => {
  expect(eraseStrikes(draft())).toMatchObject({ struck: [], detail: { components: [] } });
});
