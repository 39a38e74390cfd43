import type { Scratch } from './scratch.ts';

/** The bytes of a grey bitmap as words, where each row begins on a word boundary; null elsewhere. */
export function wordsOf(data: Uint8Array, stride: number): Uint32Array | null {
  if (stride % 4 !== 0 || data.byteOffset % 4 !== 0) return null;
  return new Uint32Array(data.buffer, data.byteOffset, data.byteLength >> 2);
}

/**
 * Running totals over the columns of some rows of a grey bitmap: the sum of any stretch of columns is the difference of
 * two totals. Two of a word's four bytes are added at once, each in 16 bits, so at most 257 rows may be summed. `| 0` keeps
 * the compiler from calculating with doubles, which would take half as long again.
 *
 * @param at first byte of the first row
 * @param into receives the totals before each column, from index `at % 4` on
 */
export function columnTotals(
  words: Uint32Array,
  { at, width, stride, rows }: { at: number; width: number; stride: number; rows: number },
  into: Scratch<Int32Array>,
): void {
  const step = stride >> 2;
  const first = at >> 2;
  const last = (at + width - 1) >> 2;
  let total = 0;
  for (let word = first, column = 1; word <= last; word++, column += 4) {
    let even = 0;
    let odd = 0;
    for (let row = 0, from = word; row < rows; row++, from = (from + step) | 0) {
      const four = words[from];
      even = (even + (four & 0xff00ff)) | 0;
      odd = (odd + ((four >>> 8) & 0xff00ff)) | 0;
    }
    total = (total + (even & 0xffff)) | 0;
    into[column] = total;
    total = (total + (odd & 0xffff)) | 0;
    into[column + 1] = total;
    total = (total + (even >>> 16)) | 0;
    into[column + 2] = total;
    total = (total + (odd >>> 16)) | 0;
    into[column + 3] = total;
  }
}
