import { expect, test } from 'vitest';
import { distanceTo } from './distance.ts';
import { rasterize } from './polyline.ts';
import { thin } from './skeleton.ts';
import { traceStrokes } from './strokes.ts';

test('distances to a point are Euclidean', () => {
  const set = new Uint8Array(35);
  set[2 * 7 + 3] = 1;
  const distances = distanceTo(set, 7, 5);
  expect(distances[2 * 7 + 3]).toBe(0);
  expect(distances[0]).toBeCloseTo(Math.hypot(3, 2), 5);
  expect(distances[4 * 7 + 6]).toBeCloseTo(Math.hypot(3, 2), 5);
});

test('a thick bar thins to a line one pixel wide and unbroken', () => {
  const { data, width, height } = rasterize(
    [
      [
        [12, 32],
        [52, 32],
      ],
    ],
    4,
  );
  const line = thin(
    data.map((v) => (v ? 1 : 0)),
    width,
    height,
  );
  for (let x = 16; x < 48; x++) {
    let inColumn = 0;
    for (let y = 0; y < height; y++) inColumn += line[y * width + x]!;
    expect(inColumn).toBe(1);
  }
});

test('strokes know their edge, their middle and their box', () => {
  const strokes = traceStrokes(
    rasterize(
      [
        [
          [12, 32],
          [52, 32],
        ],
      ],
      4,
    ),
    1,
  )!;
  const at = (field: Float32Array, x: number, y: number) => field[y * strokes.width + x]!;
  expect(at(strokes.edge, 32, 32)).toBeGreaterThan(2);
  expect(at(strokes.edge, 32, 44)).toBeLessThan(-6);
  expect(at(strokes.spine, 32, 44)).toBeCloseTo(12, -1);
  expect(strokes.box.right - strokes.box.left).toBeCloseTo(48, -1);
  expect(traceStrokes({ data: new Uint8Array(64), width: 8, height: 8 }, 2)).toBeNull();
});
