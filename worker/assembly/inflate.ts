import {
  CODE_BITS,
  EXTRA_MASK,
  EXTRA_SHIFT,
  findLong,
  IS_END,
  IS_INVALID,
  IS_LITERAL,
  IS_LONG,
  makeCodes,
  VALUE_SHIFT,
} from './huffman';
import { deflated, inflated } from './memory';

const LITERAL_BITS: i32 = 10;
const DISTANCE_BITS: i32 = 9;
const ORDER_BITS: i32 = 7;
const LITERALS: i32 = 288;
const DISTANCES: i32 = 32;
const ORDERS: i32 = 19;

/** What follows a literal or length code, a distance code, and a code of a code length: entries as huffman.ts describes them. */
const literalEntries: usize = memory.data(4 * 288);
const distanceEntries: usize = memory.data(4 * 32);
const orderEntries: usize = memory.data(4 * 19);
const literalTable: usize = memory.data(4 << 10);
const distanceTable: usize = memory.data(4 << 9);
const orderTable: usize = memory.data(4 << 7);
const literalCounts: usize = memory.data(2 * 16);
const distanceCounts: usize = memory.data(2 * 16);
const orderCounts: usize = memory.data(2 * 16);
const literalSymbols: usize = memory.data(2 * 288);
const distanceSymbols: usize = memory.data(2 * 32);
const orderSymbols: usize = memory.data(2 * 19);
const lengths: usize = memory.data(288 + 32 + 160);
/** The order in which the lengths of the codes of code lengths stand (RFC 1951, 3.2.7). */
const order: usize = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

/** Bits that were read and not taken yet. */
let hold: u64 = 0;
/** How many bits of `hold` are valid. */
let bits: u32 = 0;
let from: usize = 0;
let to: usize = 0;

// Lengths 3…258 and distances 1…32,768, with ever more extra bits (RFC 1951, 3.2.5).
function describeSymbols(): void {
  for (let symbol = 0; symbol < 256; symbol++)
    store<u32>(literalEntries + 4 * symbol, IS_LITERAL | (symbol << VALUE_SHIFT));
  store<u32>(literalEntries + 4 * 256, IS_END);
  let least = 3;
  for (let symbol = 257; symbol < LITERALS; symbol++) {
    const extra = symbol < 261 ? 0 : (symbol - 261) >> 2;
    const isLast = symbol === 285;
    const entry =
      symbol > 285
        ? IS_INVALID
        : isLast
          ? 258 << VALUE_SHIFT
          : (extra << EXTRA_SHIFT) | (least << VALUE_SHIFT);
    store<u32>(literalEntries + 4 * symbol, entry);
    least += 1 << extra;
  }
  least = 1;
  for (let symbol = 0; symbol < DISTANCES; symbol++) {
    const extra = symbol < 2 ? 0 : (symbol - 2) >> 1;
    const entry = symbol > 29 ? IS_INVALID : (extra << EXTRA_SHIFT) | (least << VALUE_SHIFT);
    store<u32>(distanceEntries + 4 * symbol, entry);
    least += 1 << extra;
  }
  for (let symbol = 0; symbol < ORDERS; symbol++)
    store<u32>(orderEntries + 4 * symbol, symbol << VALUE_SHIFT);
}
describeSymbols();

/** At least 56 valid bits, or zeros behind the end. */
function refill(): void {
  hold |= load<u64>(from) << (<u64>bits);
  from += (63 - bits) >> 3;
  bits |= 56;
}

function take(count: u32): u32 {
  const value = <u32>(hold & (((<u64>1) << count) - 1));
  hold >>= count;
  bits -= count;
  return value;
}

/**
 * Inflates raw deflate data (RFC 1951) from `deflated` to `inflated`.
 *
 * @param length bytes of data
 * @param wanted bytes that must come out, no more and no less
 * @returns whether the data was whole
 */
export function inflate(length: i32, wanted: i32): bool {
  const end = deflated + length;
  // What lies behind the data must not be taken for it.
  store<u64>(end, 0);
  store<u64>(end, 0, 8);
  hold = 0;
  bits = 0;
  from = deflated;
  to = inflated;
  const limit = inflated + wanted;
  let isLast = false;
  while (!isLast) {
    refill();
    if (from > end + 8) return false;
    isLast = take(1) === 1;
    const kind = take(2);
    let isWhole = false;
    if (kind === 0) isWhole = copyStored(end, limit);
    else if (kind === 1) isWhole = makeFixed() && inflateBlock(end, limit);
    else if (kind === 2) isWhole = readCodes() && inflateBlock(end, limit);
    if (!isWhole) return false;
  }
  const read = <i32>(from - deflated) - <i32>(bits >> 3);
  return read <= length && to === limit;
}

function copyStored(end: usize, limit: usize): bool {
  take(bits & 7);
  refill();
  const length = take(16);
  const check = take(16);
  if ((length ^ check) !== 0xffff) return false;
  const at = from - (bits >> 3);
  if (at + length > end || to + length > limit) return false;
  memory.copy(to, at, length);
  to += length;
  from = at + length;
  hold = 0;
  bits = 0;
  return true;
}

function makeFixed(): bool {
  memory.fill(lengths, 8, 144);
  memory.fill(lengths + 144, 9, 112);
  memory.fill(lengths + 256, 7, 24);
  memory.fill(lengths + 280, 8, 8);
  memory.fill(lengths + 288, 5, DISTANCES);
  return makeTables(LITERALS, DISTANCES);
}

function makeTables(literals: i32, distances: i32): bool {
  return (
    makeCodes(lengths, literals, literalEntries, literalTable, LITERAL_BITS, literalCounts, literalSymbols) &&
    makeCodes(
      lengths + literals,
      distances,
      distanceEntries,
      distanceTable,
      DISTANCE_BITS,
      distanceCounts,
      distanceSymbols,
    )
  );
}

/** The codes of a block that has its own (RFC 1951, 3.2.7). */
function readCodes(): bool {
  refill();
  const literals = <i32>take(5) + 257;
  const distances = <i32>take(5) + 1;
  const orders = <i32>take(4) + 4;
  if (literals > 286 || distances > 30) return false;
  memory.fill(lengths, 0, ORDERS);
  for (let i = 0; i < orders; i++) {
    refill();
    store<u8>(lengths + <usize>load<u8>(order + i), <u8>take(3));
  }
  if (!makeCodes(lengths, ORDERS, orderEntries, orderTable, ORDER_BITS, orderCounts, orderSymbols))
    return false;
  const count = literals + distances;
  let at = 0;
  while (at < count) {
    refill();
    const entry = load<u32>(orderTable + 4 * <usize>(hold & ((1 << ORDER_BITS) - 1)));
    if ((entry & IS_INVALID) !== 0) return false;
    take(entry & CODE_BITS);
    const symbol = entry >> VALUE_SHIFT;
    if (symbol < 16) {
      store<u8>(lengths + at++, <u8>symbol);
      continue;
    }
    if (symbol === 16 && at === 0) return false;
    const repeated = symbol === 16 ? load<u8>(lengths + at - 1) : <u8>0;
    const times = <i32>(symbol === 16 ? 3 + take(2) : symbol === 17 ? 3 + take(3) : 11 + take(7));
    if (at + times > count) return false;
    memory.fill(lengths + at, repeated, times);
    at += times;
  }
  // Without an end the block could not end.
  return load<u8>(lengths + 256) !== 0 && makeTables(literals, distances);
}

function inflateBlock(end: usize, limit: usize): bool {
  while (true) {
    refill();
    if (from > end + 8) return false;
    let entry = load<u32>(literalTable + 4 * <usize>(hold & ((1 << LITERAL_BITS) - 1)));
    if ((entry & IS_LONG) !== 0) entry = findLong(hold, literalEntries, literalCounts, literalSymbols);
    take(entry & CODE_BITS);
    if ((entry & IS_LITERAL) !== 0) {
      if (to >= limit) return false;
      store<u8>(to++, <u8>(entry >> VALUE_SHIFT));
      continue;
    }
    if ((entry & IS_END) !== 0) return true;
    if ((entry & IS_INVALID) !== 0) return false;
    const length = (entry >> VALUE_SHIFT) + take((entry >> EXTRA_SHIFT) & EXTRA_MASK);
    entry = load<u32>(distanceTable + 4 * <usize>(hold & ((1 << DISTANCE_BITS) - 1)));
    if ((entry & IS_LONG) !== 0) entry = findLong(hold, distanceEntries, distanceCounts, distanceSymbols);
    if ((entry & IS_INVALID) !== 0) return false;
    take(entry & CODE_BITS);
    const distance = (entry >> VALUE_SHIFT) + take((entry >> EXTRA_SHIFT) & EXTRA_MASK);
    if (<usize>distance > to - inflated || to + length > limit) return false;
    repeat(distance, length);
  }
}

/** Writes again what was written `distance` bytes before; up to 16 bytes further than `length`. */
function repeat(distance: u32, length: u32): void {
  const stop = to + length;
  if (distance >= 16) {
    for (let at = to; at < stop; at += 16) v128.store(at, v128.load(at - distance));
  } else if (distance === 1) {
    const one = i8x16.splat(load<i8>(to - 1));
    for (let at = to; at < stop; at += 16) v128.store(at, one);
  } else if (distance === 4) {
    const four = i32x4.splat(load<i32>(to - 4));
    for (let at = to; at < stop; at += 16) v128.store(at, four);
  } else {
    for (let at = to; at < stop; at++) store<u8>(at, load<u8>(at - distance));
  }
  to = stop;
}
