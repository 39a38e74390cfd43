import { expect, it } from 'vitest';
import { drawnValues, strongest, whyMapOf } from './why-map.ts';

const base64 = (values: readonly number[]) =>
  btoa(String.fromCharCode(...new Uint8Array(Int8Array.from(values).buffer)));

/** An explanation of one digit by maps of 5 × 5 cells, of which the outer ones have no ink. */
function explanationOf(maps: Record<number, number[]>) {
  const inside = (nine: readonly number[]) =>
    Array.from({ length: 25 }, (_, cell) => {
      const [x, y] = [(cell % 5) - 1, Math.floor(cell / 5) - 1];
      return x >= 0 && x < 3 && y >= 0 && y < 3 ? nine[3 * y + x]! : 0;
    });
  const values = Array.from({ length: 10 }, (_, digit) => base64(inside(maps[digit] ?? Array(9).fill(0))));
  return { width: 5, height: 5, patch: 6, digits: [{ scale: 0.1, values }] };
}

const explanation = explanationOf({
  7: [127, 0, 1, 0, 5, 0, 1, 0, -64],
  1: [-20, 0, 1, 0, 0, 0, 1, 0, 1],
  2: [127, 0, 1, 0, 0, 0, 1, 0, -20],
});

it('says of each digit in which part of the ink most speaks for it, and against it', () => {
  expect(strongest(whyMapOf(explanation, 0, 7)!)).toEqual({ for: 'top-left', against: 'bottom-right' });
  expect(strongest(whyMapOf(explanation, 0, 1)!)).toEqual({ for: null, against: 'top-left' });
  expect(strongest(whyMapOf(explanation, 0, 2)!)).toEqual({ for: 'top-left', against: null });
  expect(strongest(whyMapOf(explanation, 0, 0)!)).toEqual({ for: null, against: null });
  expect(whyMapOf(explanation, 1, 7)).toBeNull();
});

it('draws a weak map so that it can be seen, and a map of nothing as nothing', () => {
  const drawn = (digit: number) => drawnValues(whyMapOf(explanation, 0, digit)!);
  expect(Math.max(...drawn(7))).toBe(1);
  expect(Math.min(...drawn(1))).toBeLessThan(-0.7);
  expect(drawn(0).every((value) => Math.abs(value) === 0)).toBe(true);
});
