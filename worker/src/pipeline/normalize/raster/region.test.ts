import { expect, it } from 'vitest';
import { boundsOf, longSide, overlap } from './region.ts';

const region = { left: 10, top: 20, right: 30, bottom: 60 };

it('has a long side', () => {
  expect(longSide(region)).toBe(40);
  expect(longSide({ ...region, bottom: 25 })).toBe(20);
});

it('is held by the bounds of several', () => {
  expect(boundsOf([region, { left: 25, top: 5, right: 50, bottom: 30 }])).toEqual({
    left: 10,
    top: 5,
    right: 50,
    bottom: 60,
  });
});

it.each([
  ['crosses it', { left: 0, top: 30, right: 50, bottom: 40 }, true],
  ['lies inside it', { left: 15, top: 25, right: 20, bottom: 30 }, true],
  ['shares a pixel with its corner', { left: 29, top: 59, right: 70, bottom: 70 }, true],
  ['begins where it ends', { left: 30, top: 20, right: 40, bottom: 60 }, false],
  ['ends where it begins', { left: 10, top: 0, right: 30, bottom: 20 }, false],
  ['lies below it, in its columns', { left: 10, top: 70, right: 30, bottom: 80 }, false],
  ['lies beside it, in its rows', { left: 40, top: 20, right: 60, bottom: 60 }, false],
])('overlaps with what %s: %o %s', (_, other, expected) => {
  expect(overlap(region, other)).toBe(expected);
  expect(overlap(other, region)).toBe(expected);
});
