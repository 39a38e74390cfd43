/** A BMP to write: `pixels` as they stand in the file, from the bottom row up unless it is top-down. */
export interface Bmp {
  width: number;
  height: number;
  bits: number;
  pixels: Buffer;
  /** Bytes of the header after the file header: 12 is OS/2's, 40 Windows', 108 and 124 are versions 4 and 5. */
  header?: 12 | 40 | 52 | 56 | 108 | 124;
  compression?: number;
  isTopDown?: boolean;
  masks?: readonly number[];
  /** As RGB. */
  palette?: readonly (readonly [number, number, number])[];
}

export function encodeBmp(bmp: Bmp): Buffer {
  const { width, height, bits, pixels, header = 40, palette = [], masks = [] } = bmp;
  const head = Buffer.alloc(14 + header);
  const colours = Buffer.from(palette.flatMap(([r, g, b]) => (header === 12 ? [b, g, r] : [b, g, r, 0])));
  const words = Buffer.alloc(4 * masks.length);
  masks.forEach((mask, i) => void words.writeUInt32LE(mask, 4 * i));
  const outside = header === 40 ? words : Buffer.alloc(0);
  const pixelsAt = head.length + outside.length + colours.length;
  head.write('BM');
  head.writeUInt32LE(pixelsAt + pixels.length, 2);
  head.writeUInt32LE(pixelsAt, 10);
  head.writeUInt32LE(header, 14);
  if (header === 12) {
    [width, height, 1, bits].forEach((value, i) => void head.writeUInt16LE(value, 18 + 2 * i));
  } else {
    head.writeInt32LE(width, 18);
    head.writeInt32LE(bmp.isTopDown ? -height : height, 22);
    head.writeUInt16LE(1, 26);
    head.writeUInt16LE(bits, 28);
    head.writeUInt32LE(bmp.compression ?? 0, 30);
    head.writeUInt32LE(palette.length, 46);
    if (header > 40) words.copy(head, 54);
  }
  return Buffer.concat([head, outside, colours, pixels]);
}

/** Rows of values of `bits` bits, each filled up to four bytes. */
export function packRows(rows: readonly (readonly number[])[], bits: number): Buffer {
  return Buffer.concat(
    rows.map((values) => {
      const row = Buffer.alloc(Math.ceil((values.length * bits) / 32) * 4);
      values.forEach((value, x) => {
        if (bits < 8) row[(x * bits) >> 3]! |= value << (8 - bits - ((x * bits) & 7));
        else row.writeUIntLE(value, (x * bits) / 8, bits / 8);
      });
      return row;
    }),
  );
}
