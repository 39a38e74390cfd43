import { expect, it } from 'vitest';
import type { Point, Stroke } from '../state/sheet.ts';
import { createEraser } from './eraser.ts';

const points = (...all: [number, number][]) => all.map(([x, y]): Point => [x, y, 0.5]);
const through = (...all: [number, number][]): Stroke => ({
  points: points(...all),
  pen: 'fine',
  pressed: false,
});
const upright = through([100, 50], [100, 150]);
const dot = through([200, 200]);

it('takes away each stroke that it crosses, however fast', () => {
  const eraser = createEraser([upright, dot]);
  eraser.touch(points([50, 100]));
  expect(eraser.left()).toEqual([upright, dot]);
  eraser.touch(points([50, 100], [150, 100]));
  expect(eraser.left()).toEqual([dot]);
});

it('touches what is as near as its tip and the ink are wide', () => {
  const left = (x: number) => {
    const eraser = createEraser([upright]);
    eraser.touch(points([x, 100]));
    return eraser.left();
  };
  expect(left(109)).toHaveLength(1);
  expect(left(108)).toHaveLength(0);
});

it('takes away a dot by a tap', () => {
  const eraser = createEraser([dot]);
  eraser.touch(points([203, 203]));
  expect(eraser.left()).toEqual([]);
});

it('leaves the same array while it touches nothing', () => {
  const strokes = [upright];
  const eraser = createEraser(strokes);
  eraser.touch(points([10, 10], [20, 20]));
  expect(eraser.left()).toBe(strokes);
});
