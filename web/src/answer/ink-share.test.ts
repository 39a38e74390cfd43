import { expect, it } from 'vitest';
import { inkShare } from './ink-share.ts';

const networkInput = (width: number, height: number, ...bytes: number[]) => ({
  width,
  height,
  pixels: btoa(String.fromCharCode(...bytes)),
});

it('is the share of a network input that is ink', () => {
  expect(inkShare(networkInput(2, 2, 0, 255, 0, 0))).toBe(0.25);
  expect(inkShare(networkInput(2, 1, 51, 51))).toBe(0.2);
  expect(inkShare(networkInput(1, 1, 0))).toBe(0);
});
