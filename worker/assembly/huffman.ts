/**
 * Huffman codes of deflate (RFC 1951, 3.2.2). Codes of up to `tableBits` bits are looked up at once; longer ones, which are rare, bit by
 * bit as in the RFC's own description.
 */

/** An entry's low byte: the bits of the code. */
export const CODE_BITS: u32 = 0xff;
/** How many extra bits follow the code, from this bit on. */
export const EXTRA_SHIFT: u32 = 8;
export const EXTRA_MASK: u32 = 15;
/** What an entry is, where it is neither a length nor a distance. */
export const IS_LITERAL: u32 = 1 << 12;
export const IS_END: u32 = 1 << 13;
export const IS_LONG: u32 = 1 << 14;
export const IS_INVALID: u32 = 1 << 15;
/** A literal, the least length, or the least distance, from this bit on. */
export const VALUE_SHIFT: u32 = 16;

const LONGEST: i32 = 15;

/** How many codes there are of each length; `counts` of u16. */
const firstOf: usize = memory.data(2 * (LONGEST + 1));

/**
 * Makes the codes from the lengths of the symbols.
 *
 * @param lengths a byte for each of `count` symbols, 0 for one without a code
 * @param entries what each symbol stands for, as an entry without the bits of its code
 * @param table of 1 << tableBits u32
 * @param counts of 16 u16, and `symbols` of u16: the codes in their order, for those that are longer than tableBits
 * @returns whether the lengths make a set of codes that can be told apart
 */
export function makeCodes(
  lengths: usize,
  count: i32,
  entries: usize,
  table: usize,
  tableBits: i32,
  counts: usize,
  symbols: usize,
): bool {
  memory.fill(counts, 0, 2 * (LONGEST + 1));
  for (let i = 0; i < count; i++) {
    const at = counts + 2 * <usize>load<u8>(lengths + i);
    store<u16>(at, load<u16>(at) + 1);
  }
  store<u16>(counts, 0);
  let left = 1;
  let offset = 0;
  for (let bits = 1; bits <= LONGEST; bits++) {
    const here = <i32>load<u16>(counts + 2 * bits);
    left = (left << 1) - here;
    if (left < 0) return false;
    store<u16>(firstOf + 2 * bits, <u16>offset);
    offset += here;
  }
  // Incomplete codes: one alone may be (RFC 1951, 3.2.7); zlib takes no other.
  if (left > 0 && (offset > 1 || (offset === 1 && load<u16>(counts + 2) !== 1))) return false;
  for (let i = 0; i < count; i++) {
    const bits = <usize>load<u8>(lengths + i);
    if (bits === 0) continue;
    const at = firstOf + 2 * bits;
    const place = load<u16>(at);
    store<u16>(at, place + 1);
    store<u16>(symbols + 2 * <usize>place, <u16>i);
  }
  fillTable(entries, table, tableBits, counts, symbols);
  return true;
}

function fillTable(entries: usize, table: usize, tableBits: i32, counts: usize, symbols: usize): void {
  const size = 1 << tableBits;
  for (let i = 0; i < size; i++) store<u32>(table + 4 * <usize>i, IS_INVALID);
  let code: u32 = 0;
  let place: usize = 0;
  for (let bits = 1; bits <= LONGEST; bits++) {
    const here = <i32>load<u16>(counts + 2 * bits);
    for (let i = 0; i < here; i++, code++, place++) {
      const reversed = reverse(code, bits);
      if (bits > tableBits) {
        store<u32>(table + 4 * (<usize>reversed & (size - 1)), IS_LONG);
        continue;
      }
      const symbol = <usize>load<u16>(symbols + 2 * place);
      const entry = load<u32>(entries + 4 * symbol) | bits;
      for (let at = <i32>reversed; at < size; at += 1 << bits) store<u32>(table + 4 * <usize>at, entry);
    }
    code <<= 1;
  }
}

/** The code's bits in the order in which they stand in the data. */
function reverse(code: u32, bits: i32): u32 {
  let reversed: u32 = 0;
  for (let i = 0; i < bits; i++) reversed |= ((code >> i) & 1) << (bits - 1 - i);
  return reversed;
}

/** The entry of a code of any length, with the bits of its code; IS_INVALID where there is none. */
export function findLong(hold: u64, entries: usize, counts: usize, symbols: usize): u32 {
  let code = 0;
  let first = 0;
  let index = 0;
  for (let bits = 1; bits <= LONGEST; bits++) {
    code |= <i32>(hold & 1);
    hold >>= 1;
    const count = <i32>load<u16>(counts + 2 * bits);
    if (code - count < first) {
      const symbol = <usize>load<u16>(symbols + 2 * (index + code - first));
      return load<u32>(entries + 4 * symbol) | bits;
    }
    index += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  return IS_INVALID;
}
