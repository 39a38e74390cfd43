import { inflated } from './memory';

/**
 * Undoes the filter of each row (PNG specification, 9.2), in place: a sample was stored as its difference from the one to its left, the
 * one above, their mean, or whichever of the neighbours is nearest to left + above − above left. The samples come to stand at the start of
 * the same memory.
 *
 * @returns whether all filters are known
 */
export function unfilter(rowBytes: i32, height: i32, channels: i32): bool {
  let from = inflated;
  let to = inflated;
  for (let y = 0; y < height; y++) {
    const filter = load<u8>(from++);
    // Above the first row, every sample counts as 0.
    if (filter === 0 || (filter === 2 && y === 0)) memory.copy(to, from, rowBytes);
    else if (filter === 1 || (filter === 4 && y === 0)) addLeft(from, to, rowBytes, channels);
    else if (filter === 2) addAbove(from, to, rowBytes);
    else if (filter === 3) addMean(from, to, rowBytes, channels, y > 0);
    else if (filter === 4) addNearest(from, to, rowBytes, channels);
    else return false;
    from += rowBytes;
    to += rowBytes;
  }
  return true;
}

function addLeft(from: usize, to: usize, length: i32, channels: i32): void {
  let i = 0;
  if (channels === 4) {
    let left = i32x4.splat(0);
    for (; i + 16 <= length; i += 16) {
      let sum = v128.load(from + i);
      // Each pixel with the one before, then with the two before.
      sum = i8x16.add(sum, v128.shuffle<i32>(i32x4.splat(0), sum, 0, 4, 5, 6));
      sum = i8x16.add(sum, v128.shuffle<i32>(i32x4.splat(0), sum, 0, 0, 4, 5));
      sum = i8x16.add(sum, left);
      v128.store(to + i, sum);
      left = v128.shuffle<i32>(sum, sum, 3, 3, 3, 3);
    }
  }
  for (; i < length; i++) {
    const left = i < channels ? 0 : load<u8>(to + i - channels);
    store<u8>(to + i, load<u8>(from + i) + left);
  }
}

function addAbove(from: usize, to: usize, length: i32): void {
  const above = to - length;
  let i = 0;
  for (; i + 16 <= length; i += 16) v128.store(to + i, i8x16.add(v128.load(from + i), v128.load(above + i)));
  for (; i < length; i++) store<u8>(to + i, load<u8>(from + i) + load<u8>(above + i));
}

function addMean(from: usize, to: usize, length: i32, channels: i32, hasAbove: bool): void {
  const above = to - length;
  for (let i = 0; i < length; i++) {
    const left: u32 = i < channels ? 0 : <u32>load<u8>(to + i - channels);
    const over: u32 = hasAbove ? <u32>load<u8>(above + i) : 0;
    store<u8>(to + i, load<u8>(from + i) + <u8>((left + over) >> 1));
  }
}

function addNearest(from: usize, to: usize, length: i32, channels: i32): void {
  const above = to - length;
  for (let i = 0; i < channels; i++) store<u8>(to + i, load<u8>(from + i) + load<u8>(above + i));
  for (let i = channels; i < length; i++) {
    const left = <i32>load<u8>(to + i - channels);
    const over = <i32>load<u8>(above + i);
    const corner = <i32>load<u8>(above + i - channels);
    const toLeft = abs(over - corner);
    const toOver = abs(left - corner);
    const toCorner = abs(left + over - 2 * corner);
    const nearest = toLeft <= toOver && toLeft <= toCorner ? left : toOver <= toCorner ? over : corner;
    store<u8>(to + i, <u8>(<i32>load<u8>(from + i) + nearest));
  }
}
