import { expect, it } from 'vitest';
import { inkShare } from './ink-share.ts';

const preview = (width: number, height: number, ...bytes: number[]) => ({
  width,
  height,
  pixels: btoa(String.fromCharCode(...bytes)),
});

it('tells how much of a picture is ink', () => {
  expect(inkShare(preview(2, 2, 0, 255, 0, 0))).toBe(0.25);
  expect(inkShare(preview(2, 1, 51, 51))).toBe(0.2);
  expect(inkShare(preview(1, 1, 0))).toBe(0);
});
