import { describe, expect, it } from 'vitest';
import { convexHull, polygonArea, widestQuadrilateral } from './hull.ts';

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

describe('the widest quadrilateral', () => {
  it('of four corners is themselves', () => expect(widestQuadrilateral(square)).toEqual(square));

  it('finds the corners of a sheet whose edges have small bends', () => {
    const bent = points([0, 0], [5, -0.3], [10, 0], [10.2, 5], [10, 10], [6, 10.2], [0, 10], [-0.2, 4]);
    expect(widestQuadrilateral(bent)).toHaveLength(4);
    expect(widestQuadrilateral(bent)).toEqual(expect.arrayContaining(square));
  });

  it('encloses all of a cut-off corner but the corner', () => {
    const cut = points([0, 0], [9, 0], [10, 1], [10, 10], [0, 10]);
    expect(polygonArea(widestQuadrilateral(cut))).toBe(95);
  });

  it('of a circle is a square: two thirds of it', () => {
    const circle = round(40, 20);
    const share = polygonArea(widestQuadrilateral(circle)) / polygonArea(circle);
    expect(share).toBeCloseTo(2 / Math.PI, 1);
  });
});
