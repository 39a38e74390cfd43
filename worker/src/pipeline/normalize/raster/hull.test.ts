import { describe, expect, it } from 'vitest';
import { convexHull, polygonArea, withCorners } from './hull.ts';

const points = (...places: [x: number, y: number][]) => places.map(([x, y]) => ({ x, y }));
const square = points([0, 0], [10, 0], [10, 10], [0, 10]);

/** A polygon with corners on a circle around 0. */
const round = (corners: number, radius: number) =>
  Array.from({ length: corners }, (_, i) => ({
    x: radius * Math.cos((2 * Math.PI * i) / corners),
    y: radius * Math.sin((2 * Math.PI * i) / corners),
  }));

describe('the hull', () => {
  it('has the outer corners alone', () => {
    const hull = convexHull([...points([5, 5], [5, 0], [2, 7], [10, 4]), ...square]);
    expect(hull).toHaveLength(4);
    expect(hull).toEqual(expect.arrayContaining(square));
  });

  it('goes round', () => {
    const hull = convexHull(points([0, 10], [10, 0], [0, 0], [10, 10]));
    for (const [i, a] of hull.entries()) {
      const b = hull[(i + 1) % 4];
      expect(Math.abs(a.x - b.x) + Math.abs(a.y - b.y)).toBe(10);
    }
  });

  it('leaves the points as they are', () => {
    const given = points([3, 3], [0, 0], [6, 0]);
    convexHull(given);
    expect(given).toEqual(points([3, 3], [0, 0], [6, 0]));
  });
});

describe('the area', () => {
  it('is the same whichever way a polygon goes', () => {
    expect(polygonArea(square)).toBe(100);
    expect(polygonArea([...square].reverse())).toBe(100);
  });

  it('is right of a slanted triangle', () => {
    expect(polygonArea(points([0, 0], [8, 2], [3, 9]))).toBe(33);
  });
});

describe('a polygon with fewer corners', () => {
  it('is itself where it has no more', () => expect(withCorners(square, 4)).toEqual(square));

  it('keeps the corners of a sheet whose edges have small bends', () => {
    const bent = points([0, 0], [5, -0.3], [10, 0], [10.2, 5], [10, 10], [6, 10.2], [0, 10], [-0.2, 4]);
    expect(withCorners(bent, 4)).toEqual(square);
  });

  it('loses the corner that adds least', () => {
    const cut = points([0, 0], [9, 0], [10, 1], [10, 10], [0, 10]);
    expect(polygonArea(withCorners(cut, 4))).toBeGreaterThan(94);
    expect(withCorners(cut, 5)).toEqual(cut);
  });

  it('leaves the polygon as it is', () => {
    const circle = round(12, 20);
    withCorners(circle, 4);
    expect(circle).toEqual(round(12, 20));
  });

  it('encloses much less of a circle than of a sheet', () => {
    const circle = round(40, 20);
    expect(polygonArea(withCorners(circle, 6)) / polygonArea(circle)).toBeLessThan(0.9);
  });
});
