import { expect, test } from 'vitest';
import { drawSheet, groupMistakes } from './mistakes-sheet.ts';

const mistake = (digit: number, predicted: number) => ({
  digit,
  predicted,
  pixels: new Uint8Array(784).fill(digit),
});

test('digits taken for each other are one class, in either direction, and the largest class comes first', () => {
  const [a, b, c] = [mistake(2, 7), mistake(4, 9), mistake(9, 4)];
  expect(groupMistakes([a, b, c])).toEqual([[b, c], [a]]);
});

test('each mistake has a tile of three times its size, ten in a row', async () => {
  const sheet = await drawSheet(Array.from({ length: 11 }, () => mistake(9, 4)));
  const { data, info } = await sheet.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width: 10 * 92 + 8, height: 2 * 114 + 8 });
  const dark = data.reduce((sum, value) => sum + (value < 20 ? 1 : 0), 0) / info.channels;
  expect(dark).toBeGreaterThanOrEqual(11 * 84 * 84);
});
