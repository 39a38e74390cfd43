import type { RawBitmap } from './flatten.ts';

/** Turns a bitmap as its EXIF orientation says (1…8): its first row becomes the top, and its first column the left. */
export function upright(bitmap: RawBitmap, orientation = 1): RawBitmap {
  if (orientation === 1) return bitmap;
  const { data, width, height, channels } = bitmap;
  const isSwapped = orientation >= 5;
  const isMirrored = [2, 3, 7, 8].includes(orientation);
  const isFlipped = [3, 4, 6, 7].includes(orientation);
  const turned = new Uint8Array(data.length);
  for (let y = 0, from = 0; y < height; y++) {
    for (let x = 0; x < width; x++, from += channels) {
      const column = isMirrored ? width - 1 - x : x;
      const row = isFlipped ? height - 1 - y : y;
      const to = (isSwapped ? column * height + row : row * width + column) * channels;
      for (let c = 0; c < channels; c++) turned[to + c] = data[from + c];
    }
  }
  return isSwapped
    ? { data: turned, width: height, height: width, channels }
    : { data: turned, width, height, channels };
}
