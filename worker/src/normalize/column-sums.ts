/** The bytes of a grey picture as words, where each of its rows begins on one; null where they don't. */
export function wordsOf(data: Uint8Array, stride: number): Uint32Array | null {
  if (stride % 4 !== 0 || data.byteOffset % 4 !== 0) return null;
  return new Uint32Array(data.buffer, data.byteOffset, data.byteLength >> 2);
}

/**
 * Sums some rows of a grey picture column by column. Two of a word's four bytes are added at once, each in 16 bits of its
 * own, so at most 257 rows may be summed.
 *
 * @param at first byte of the first row
 * @param into receives the sums, from index `at % 4` on
 */
export function columnSums(
  words: Uint32Array,
  { at, width, stride, rows }: { at: number; width: number; stride: number; rows: number },
  into: Int32Array,
): void {
  const step = stride >> 2;
  const first = at >> 2;
  const last = (at + width - 1) >> 2;
  for (let word = first, column = 0; word <= last; word++, column += 4) {
    let even = 0;
    let odd = 0;
    for (let row = 0, from = word; row < rows; row++, from += step) {
      const four = words[from]!;
      even += four & 0xff00ff;
      odd += (four >>> 8) & 0xff00ff;
    }
    into[column] = even & 0xffff;
    into[column + 1] = odd & 0xffff;
    into[column + 2] = even >>> 16;
    into[column + 3] = odd >>> 16;
  }
}
