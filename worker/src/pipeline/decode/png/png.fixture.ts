import { crc32, deflateSync } from 'node:zlib';

/** A picture to write as a PNG: samples of a pixel at its colour type and bit depth. */
export interface Picture {
  width: number;
  height: number;
  bitDepth: number;
  colourType: number;
  at: (x: number, y: number) => readonly number[];
}

export interface PngOptions {
  isInterlaced?: boolean;
  /** The filter of each row of a pass: 0…4. */
  filter?: (row: number) => number;
  /** Chunks between IHDR and the first IDAT, and between the last IDAT and IEND. */
  before?: readonly Buffer[];
  after?: readonly Buffer[];
  /** Bytes of an IDAT. */
  idatBytes?: number;
  level?: number;
}

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const SAMPLES: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

export function chunk(type: string, data: Uint8Array | string = ''): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), Buffer.from(data as string, 'latin1')]);
  const bytes = Buffer.alloc(body.length + 8);
  bytes.writeUInt32BE(body.length - 4, 0);
  body.copy(bytes, 4);
  bytes.writeUInt32BE(crc32(body), body.length + 4);
  return bytes;
}

/** An eXIf chunk that holds an orientation. */
export function exif(orientation: number, endian: 'II' | 'MM' = 'MM'): Buffer {
  const big = '\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0';
  const little = '\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0';
  const value = String.fromCharCode(orientation);
  const entry = endian === 'MM' ? `${big}${value}\0\0` : `${little}${value}\0\0\0`;
  return chunk('eXIf', `${endian}${entry}\0\0\0\0`);
}

/** Writes a picture as a PNG, every choice of the format being the test's. */
export function encodePng(picture: Picture, options: PngOptions = {}): Buffer {
  const { width, height, bitDepth, colourType } = picture;
  const { isInterlaced = false, before = [], after = [], idatBytes = Number.POSITIVE_INFINITY } = options;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bitDepth, colourType, 0, 0, isInterlaced ? 1 : 0], 8);
  const data = deflateSync(rows(picture, options), { level: options.level ?? 6 });
  const idats: Buffer[] = [];
  for (let at = 0; at < data.length; at += idatBytes) {
    idats.push(chunk('IDAT', data.subarray(at, at + idatBytes)));
  }
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), ...before, ...idats, ...after, chunk('IEND')]);
}

function rows(picture: Picture, { isInterlaced = false, filter = () => 0 }: PngOptions): Buffer {
  const { width, height, bitDepth, colourType, at } = picture;
  const pixelBits = SAMPLES[colourType]! * bitDepth;
  const distance = Math.max(1, pixelBits >> 3);
  const out: Buffer[] = [];
  for (const [x0, y0, dx, dy] of isInterlaced ? ADAM7 : ([[0, 0, 1, 1]] as const)) {
    const columns = Math.ceil(Math.max(0, width - x0) / dx);
    let above = Buffer.alloc(Math.ceil((columns * pixelBits) / 8));
    if (columns === 0) continue;
    for (let y = y0, row = 0; y < height; y += dy, row++) {
      const bytes = Buffer.alloc(above.length);
      for (let column = 0; column < columns; column++) {
        at(x0 + column * dx, y).forEach((sample, i) => {
          const bit = column * pixelBits + i * bitDepth;
          if (bitDepth === 16) bytes.writeUInt16BE(sample, bit >> 3);
          else bytes[bit >> 3]! |= sample << (8 - bitDepth - (bit & 7));
        });
      }
      out.push(filtered(bytes, above, { filter: filter(row), distance }));
      above = bytes;
    }
  }
  return Buffer.concat(out);
}

function filtered(
  row: Buffer,
  above: Buffer,
  { filter, distance }: { filter: number; distance: number },
): Buffer {
  const out = Buffer.alloc(row.length + 1);
  out[0] = filter;
  for (let i = 0; i < row.length; i++) {
    const left = row[i - distance] ?? 0;
    const up = above[i]!;
    const corner = above[i - distance] ?? 0;
    const guess = left + up - corner;
    const [toLeft, toUp, toCorner] = [left, up, corner].map((value) => Math.abs(guess - value)) as [
      number,
      number,
      number,
    ];
    const nearest = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    out[i + 1] = row[i]! - [0, left, up, (left + up) >> 1, nearest][filter]!;
  }
  return out;
}
