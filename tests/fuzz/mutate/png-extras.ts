import { deflateSync } from 'node:zlib';
import type { Random } from '../random.ts';

const ORIENTATIONS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 255];

/** Zeros that inflate to so many megabytes, made once. */
const bombs = new Map<number, Buffer>();
function bomb(megabytes: number): Buffer {
  const made = bombs.get(megabytes) ?? deflateSync(Buffer.alloc(megabytes * 1e6));
  bombs.set(megabytes, made);
  return made;
}

/** An EXIF directory of one orientation, in either order of bytes, maybe with a count, an offset or a next one that leads astray. */
export function exifOf(random: Random): Buffer {
  const little = random.chance(0.5);
  const exif = Buffer.alloc(26);
  const short = (value: number, at: number) =>
    little ? exif.writeUInt16LE(value, at) : exif.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    little ? exif.writeUInt32LE(value, at) : exif.writeUInt32BE(value, at);
  exif.write(little ? 'II' : 'MM');
  short(42, 2);
  long(random.chance(0.8) ? 8 : random.below(60), 4);
  short(random.chance(0.8) ? 1 : random.pick([0, 2, 65_535]), 8);
  short(random.chance(0.8) ? 0x112 : random.below(65_536), 10);
  short(random.chance(0.8) ? 3 : random.below(14), 12);
  long(random.chance(0.8) ? 1 : random.pick([0, 2, 0xffffffff]), 14);
  short(random.pick(ORIENTATIONS), 18);
  // The next directory: none, or this one again.
  long(random.chance(0.8) ? 0 : 8, 22);
  return exif;
}

/** A colour profile: its header says how long it is and what it is of, and is not always right. */
export function iccOf(random: Random): Buffer {
  const icc = Buffer.alloc(random.pick([0, 100, 128, 132, 500, 3_000]));
  if (icc.length < 132) return icc;
  icc.writeUInt32BE(random.chance(0.7) ? icc.length : random.pick([0, 128, 0xffffffff]), 0);
  icc.writeUInt32BE(0x04_20_00_00, 8);
  icc.write(random.pick(['mntr', 'scnr', 'prtr', 'link', 'abst']), 12);
  icc.write(random.pick(['RGB ', 'GRAY', 'CMYK', 'Lab ', '3CLR']), 16);
  icc.write(random.pick(['XYZ ', 'Lab ']), 20);
  icc.write('acsp', 36);
  icc.writeUInt32BE(random.pick([0, 1, 9, 0x7fffffff]), 128);
  random.bytes(Math.min(200, icc.length - 132)).copy(icc, 132);
  return icc;
}

const text = (keyword: string, ...parts: (string | Buffer)[]) =>
  Buffer.concat([Buffer.from(`${keyword}\0`, 'latin1'), ...parts.map((part) => Buffer.from(part as string))]);
const megabytes = (random: Random) => random.pick([1, 8, 30]);

const EXTRAS: Record<string, (random: Random) => Buffer> = {
  eXIf: exifOf,
  iCCP: (random) =>
    text('p', '\0', random.chance(0.6) ? deflateSync(iccOf(random)) : bomb(megabytes(random))),
  zTXt: (random) => text('Comment', '\0', bomb(megabytes(random))),
  iTXt: (random) => text('Comment', '\x01\0', 'en\0', 'Kommentar\0', bomb(megabytes(random))),
  tEXt: (random) => text('Comment', 'a'.repeat(random.pick([0, 10, 1_000_000]))),
  PLTE: (random) => random.bytes(random.pick([0, 3, 5, 48, 768, 900])),
  tRNS: (random) => random.bytes(random.pick([0, 1, 2, 3, 6, 256, 300])),
  gAMA: (random) => random.bytes(random.pick([4, 3])),
  cHRM: (random) => random.bytes(32),
  sRGB: (random) => random.bytes(1),
  cICP: (random) => random.bytes(4),
  sBIT: (random) => random.bytes(random.pick([1, 3, 4])),
  bKGD: (random) => random.bytes(random.pick([1, 2, 6])),
  pHYs: (random) => random.bytes(9),
  acTL: (random) => random.bytes(8),
  fcTL: (random) => random.bytes(26),
  fdAT: (random) => random.bytes(40),
  IEND: () => Buffer.alloc(0),
  // A critical chunk that nobody knows.
  ABCD: (random) => random.bytes(10),
};

export function anyExtra(random: Random): { type: string; data: Buffer } {
  const type = random.pick(Object.keys(EXTRAS));
  return { type, data: EXTRAS[type]?.(random) ?? Buffer.alloc(0) };
}
