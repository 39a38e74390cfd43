import type { RawBitmap } from './flatten.ts';

/** This share of the samples at either end may be faults of a sensor: hot pixels and dead ones. */
const FAULTS_SHARE = 0.002;
/** So many pixels tell where most samples lie. */
const PIXELS_MAX = 20_000;
/** A fault is one pixel, or four once it is shrunk; in a stroke, this share of the pixels has so many others around it. */
const CONNECTED_SHARE = 0.25;
const NEIGHBOURS_MIN = 4;
/** Fewer connected pixels are no digit. */
const CONNECTED_MIN = 12;

interface Extremes {
  low: number;
  high: number;
}

type Samples = Omit<RawBitmap, 'data'> & { data: Float32Array };

/**
 * Where the samples lie, less those at the ends that stand alone: a sensor's hot and dead pixels.
 *
 * @param colours the channels that count, the first ones
 * @param spanMax where the others span more, none is a fault
 * @returns null where there are no faults, or what lies outside is connected: a small digit on a large page
 */
export function withoutFaults(bitmap: Samples, colours: number, spanMax: number): Extremes | null {
  const { data, width, height, channels } = bitmap;
  const stride = Math.max(1, Math.ceil((width * height) / PIXELS_MAX));
  const values: number[] = [];
  for (let pixel = 0; pixel < width * height; pixel += stride) {
    for (let c = 0; c < colours; c++) {
      const value = data[pixel * channels + c];
      if (Number.isFinite(value)) values.push(value);
    }
  }
  const sorted = Float32Array.from(values).sort();
  const faults = Math.ceil(sorted.length * FAULTS_SHARE);
  if (sorted.length <= 2 * faults) return null;
  const inner = { low: sorted[faults], high: sorted[sorted.length - 1 - faults] };
  return inner.high - inner.low >= spanMax || isConnected(bitmap, inner) ? null : inner;
}

/** Whether the pixels that lie far outside touch each other. */
function isConnected({ data, width, height, channels }: Samples, { low, high }: Extremes): boolean {
  const margin = high - low;
  const isOutside = (x: number, y: number) => {
    const value = data[(y * width + x) * channels];
    return value < low - margin || value > high + margin;
  };
  let outside = 0;
  let connected = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      if (!isOutside(x, y)) continue;
      outside++;
      let beside = 0;
      for (let i = 0; i < 9; i++)
        if (i !== 4 && isOutside(x - 1 + (i % 3), y - 1 + Math.floor(i / 3))) beside++;
      if (beside >= NEIGHBOURS_MIN) connected++;
    }
  }
  return connected > Math.max(CONNECTED_MIN, outside * CONNECTED_SHARE);
}
