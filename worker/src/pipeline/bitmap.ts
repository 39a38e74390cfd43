/**
 * Decoded pixels: 8-bit samples, row-major, interleaved where there are three channels (sRGB). Transparency is already
 * flattened and the EXIF orientation applied.
 */
export interface Bitmap {
  data: Uint8Array;
  width: number;
  height: number;
  channels: 1 | 3;
}
