import type { RawBitmap } from './flatten.ts';

/** Values beyond this stand for “no data”. */
const VALUE_MAX = 1e30;
/** Values that use less than this share of what their kind of image may hold are stretched. */
const NARROW_SHARE = 1 / 4;
/** Nothing is stretched more than this: noise on blank paper stays noise. */
const STRETCH_MAX = 32;

/** Samples of more than 8 bits, as they come. */
export interface DeepBitmap extends Omit<RawBitmap, 'data'> {
  data: Float32Array;
  isInteger: boolean;
}

/**
 * Brings samples of 16 or 32 bits, or floating point, to 8 bits by the range that they really use. Cameras put 10 or 12 bits
 * into 16, programs put 8, and floating point mostly goes from 0 or −1 to 1.
 */
export function stretch({ data, width, height, channels, isInteger }: DeepBitmap): RawBitmap {
  const hasAlpha = channels === 2 || channels === 4;
  const colours = hasAlpha ? channels - 1 : channels;
  const colour = rangeOf(data, { from: 0, to: colours, step: channels, isInteger });
  const samples = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at += channels) {
    for (let c = 0; c < colours; c++) samples[at + c] = scale(data[at + c], colour);
  }
  if (hasAlpha) {
    const { high } = extremes(data, { from: colours, to: channels, step: channels });
    const alpha = { from: 0, to: conventional({ low: 0, high }, isInteger).to };
    for (let at = colours; at < data.length; at += channels) samples[at] = scale(data[at], alpha);
  }
  return { data: samples, width, height, channels };
}

interface Range {
  from: number;
  to: number;
}

/** 256 steps of equal size, so that a full range of 16 bits keeps its upper byte. What is no number becomes white. */
function scale(value: number, { from, to }: Range): number {
  if (!(Math.abs(value) <= VALUE_MAX)) return 255;
  return Math.max(0, Math.min(255, Math.floor(((value - from) * 256) / (to - from))));
}

/** The range that becomes 0…255. */
function rangeOf(
  data: Float32Array,
  samples: { from: number; to: number; step: number; isInteger: boolean },
): Range {
  const { low, high } = extremes(data, samples);
  const whole = conventional({ low, high }, samples.isInteger);
  const span = whole.to - whole.from;
  if (high - low >= span * NARROW_SHARE) return whole;
  const width = Math.max(high - low, span / STRETCH_MAX);
  const from = Math.max(whole.from, Math.min((low + high - width) / 2, whole.to - width));
  return { from, to: from + width };
}

function extremes(
  data: Float32Array,
  { from, to, step }: { from: number; to: number; step: number },
): { low: number; high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < data.length; at += step) {
    for (let c = from; c < to; c++) {
      const value = data[at + c];
      if (!(Math.abs(value) <= VALUE_MAX)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? { low, high } : { low: 0, high: 1 };
}

/** The range that samples between `low` and `high` most likely belong to: of so many bits, or of floating point. */
function conventional({ low, high }: { low: number; high: number }, isInteger: boolean): Range {
  if (!isInteger) {
    if (low >= 0 && high <= 1) return { from: 0, to: 1 };
    if (low >= -1 && high <= 1) return { from: -1, to: 1 };
    if (low < 0) return { from: low, to: high };
  }
  let to = 256;
  while (to <= Math.max(high, -low - 1)) to *= 2;
  return { from: low < 0 ? -to : 0, to: isInteger ? to : to - 1 };
}
