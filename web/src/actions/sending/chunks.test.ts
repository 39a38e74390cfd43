import { expect, it } from 'vitest';
import { chunked } from './chunks.ts';

const files = (...sizes: number[]) => sizes.map((size) => ({ file: { size } as Blob }));
const sizes = (chunks: readonly (readonly { file: Blob }[])[]) =>
  chunks.map((chunk) => chunk.map(({ file }) => file.size));

it('keeps the order and limits the bytes', () => {
  expect(sizes(chunked(files(3e6, 4e6, 2e6, 5e6)))).toEqual([
    [3e6, 4e6],
    [2e6, 5e6],
  ]);
});

it('sends a larger file alone', () => {
  expect(sizes(chunked(files(1, 9e6, 1)))).toEqual([[1], [9e6], [1]]);
});

it('limits the number of files', () => {
  expect(chunked(files(...Array.from({ length: 450 }, () => 1))).map(({ length }) => length)).toEqual([
    200, 200, 50,
  ]);
  expect(chunked([])).toEqual([]);
});
