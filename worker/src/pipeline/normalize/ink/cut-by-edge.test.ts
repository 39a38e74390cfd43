import { expect, it } from 'vitest';
import { isCutByEdge } from './cut-by-edge.ts';

const page = { width: 200, height: 100 };

it.each([
  ['left', { left: 0, top: 20, right: 30, bottom: 70 }],
  ['right', { left: 170, top: 20, right: 200, bottom: 70 }],
  ['upper', { left: 80, top: 0, right: 110, bottom: 40 }],
  ['lower', { left: 80, top: 60, right: 110, bottom: 100 }],
])('the %s edge cuts a digit off that meets it', (_, digit) => {
  expect(isCutByEdge(digit, page)).toBe(true);
});

it.each([
  ['in the middle of the page', { left: 80, top: 20, right: 110, bottom: 70 }, page],
  ['next to the edge', { left: 1, top: 20, right: 30, bottom: 70 }, page],
  ['in a tight crop', { left: 0, top: 0, right: 58, bottom: 98 }, { width: 60, height: 100 }],
  ['in a close crop', { left: 0, top: 4, right: 12, bottom: 24 }, { width: 28, height: 28 }],
])('no edge cuts a digit off %s', (_, digit, size) => {
  expect(isCutByEdge(digit, size)).toBe(false);
});
