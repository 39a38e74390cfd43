import type { Bitmap } from '../bitmap.ts';

/** Decoded samples as they come: grey, grey + alpha, RGB or RGB + alpha. */
export interface RawBitmap {
  data: Uint8Array;
  width: number;
  height: number;
  channels: number;
}

/**
 * The visible part is paper with ink on it where it covers this share of the bitmap, and this share of it differs from its
 * median by this many grey levels.
 */
const PAPER = { visibleShareMin: 0.4, inkShareMin: 0.02, contrastMin: 64 };

/** Lays a bitmap with transparency onto a background that its visible part stands out from. */
export function flatten(raw: RawBitmap): Bitmap {
  const { data, width, height } = raw;
  const colours = raw.channels <= 2 ? 1 : 3;
  if (isOpaque(raw)) return dropChannels(raw, colours === 3 && isGrey(raw) ? 1 : colours);
  const background = backgroundFor(raw, colours);
  const flat = new Uint8Array(width * height * colours);
  for (
    let pixel = 0, from = 0, to = 0;
    pixel < width * height;
    pixel++, from += raw.channels, to += colours
  ) {
    const alpha = data[from + colours];
    for (let c = 0; c < colours; c++) {
      flat[to + c] = (data[from + c] * alpha + background[c] * (255 - alpha) + 127) / 255;
    }
  }
  return { data: flat, width, height, channels: colours };
}

function isOpaque({ data, channels }: RawBitmap): boolean {
  if (channels === 1 || channels === 3) return true;
  for (let at = channels - 1; at < data.length; at += channels) if (data[at] !== 255) return false;
  return true;
}

/** Whether the three colours are equal everywhere. */
function isGrey({ data, channels }: RawBitmap): boolean {
  for (let at = 0; at < data.length; at += channels) {
    if (data[at] !== data[at + 1] || data[at] !== data[at + 2]) return false;
  }
  return true;
}

/** The first `wanted` channels. */
function dropChannels({ data, width, height, channels }: RawBitmap, wanted: 1 | 3): Bitmap {
  if (channels === wanted) return { data, width, height, channels: wanted };
  const rest = new Uint8Array(width * height * wanted);
  for (let from = 0, to = 0; to < rest.length; from += channels, to += wanted) {
    rest[to] = data[from];
    if (wanted === 1) continue;
    rest[to + 1] = data[from + 1];
    rest[to + 2] = data[from + 2];
  }
  return { data: rest, width, height, channels: wanted };
}

/**
 * White behind dark ink, black behind light ink. Where the visible part is itself paper with ink on it (a cut-out photo), the
 * paper's colour, so that the cut leaves no edge.
 */
function backgroundFor(raw: RawBitmap, colours: 1 | 3): number[] {
  const { data, channels } = raw;
  const pixels = raw.width * raw.height;
  const histogram = new Float64Array(256);
  const sums = Array.from({ length: 256 }, () => [0, 0, 0]);
  let visible = 0;
  for (let i = 0; i < pixels * channels; i += channels) {
    const alpha = data[i + colours];
    if (alpha === 0) continue;
    // Luminance (ITU-R BT.601) in 256ths.
    const grey = colours === 1 ? data[i] : (data[i] * 77 + data[i + 1] * 150 + data[i + 2] * 29) >> 8;
    histogram[grey] += alpha;
    visible += alpha;
    const sum = sums[grey];
    for (let c = 0; c < colours; c++) sum[c] += data[i + c] * alpha;
  }
  let median = 0;
  for (let counted = 0; median < 255; median++) {
    counted += histogram[median];
    if (counted * 2 >= visible) break;
  }
  let contrasting = 0;
  for (let grey = 0; grey < 256; grey++) {
    if (Math.abs(grey - median) > PAPER.contrastMin) contrasting += histogram[grey];
  }
  const isPaperWithInk =
    visible > PAPER.visibleShareMin * 255 * pixels && contrasting > PAPER.inkShareMin * visible;
  if (!isPaperWithInk) return median > 127 ? [0, 0, 0] : [255, 255, 255];
  return sums[median].map((sum) => sum / histogram[median]);
}
