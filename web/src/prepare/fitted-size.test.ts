import { expect, it } from 'vitest';
import { fittedSize } from './fitted-size.ts';

it.for([
  ['a photo of 50 megapixels', [8160, 6120], [1600, 1200]],
  ['an upright photo', [3024, 4032], [1200, 1600]],
  ['a picture that fits', [1600, 900], [1600, 900]],
  ['a panorama, whose digits stay readable', [12_000, 4_000], [1920, 640]],
  ['a strip of paper', [500, 9_000], [500, 9_000]],
  ['a line', [20_000, 1], [20_000, 1]],
] as const)('%s', ([, size, fitted]) => {
  expect(fittedSize(size)).toEqual(fitted);
});
