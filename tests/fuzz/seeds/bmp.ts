import { type Bmp, encodeBmp, packRows } from '@inkqueue/worker/pipeline/decode/bmp.fixture';
import type { Seed } from './seed.ts';

const SIDE = 40;
const isInk = (x: number, y: number) =>
  x >= 10 && x < 30 && y >= 8 && y < 33 && (y < 12 || Math.abs(x - (30 - (y - 8) * 0.6)) < 2.5);
/** Rows from the bottom up. */
const rows = (ink: number, paper: number) =>
  Array.from({ length: SIDE }, (_, row) =>
    Array.from({ length: SIDE }, (_, x) => (isInk(x, SIDE - 1 - row) ? ink : paper)),
  );

const whole = { width: SIDE, height: SIDE };
const palette = (bits: number) =>
  Array.from(
    { length: 2 ** bits },
    (_, i) => (i === 0 ? [0, 0, 0] : [255, 255, 255]) as [number, number, number],
  );
const indexed = (bits: number): Bmp => ({
  ...whole,
  bits,
  palette: palette(bits),
  pixels: packRows(rows(0, 1), bits),
});

/** Runs of one row: paper, a bar of ink, paper. */
const runs = (paper: number, ink: number, end: readonly number[]) =>
  Buffer.from([...Array(SIDE).fill([15, paper, 10, ink, 15, paper, 0, 0]).flat(), ...end]);

const BMPS: Record<string, Bmp> = {
  'bmp-1': indexed(1),
  'bmp-4': indexed(4),
  'bmp-8': indexed(8),
  'bmp-8-top-down': { ...indexed(8), isTopDown: true },
  'bmp-os2': { ...indexed(8), header: 12 },
  'bmp-rle8': { ...indexed(8), compression: 1, pixels: runs(1, 0, [0, 1]) },
  'bmp-rle4': { ...indexed(4), compression: 2, pixels: runs(0x11, 0, [0, 1]) },
  'bmp-rle8-skips': {
    ...indexed(8),
    compression: 1,
    pixels: runs(1, 0, [0, 2, 3, 3, 0, 4, 1, 0, 1, 0, 0, 1]),
  },
  'bmp-16': { ...whole, bits: 16, pixels: packRows(rows(0, 0x7fff), 16) },
  'bmp-16-masks': {
    ...whole,
    bits: 16,
    compression: 3,
    masks: [0xf800, 0x07e0, 0x1f],
    pixels: packRows(rows(0, 0xffff), 16),
  },
  'bmp-24': { ...whole, bits: 24, pixels: packRows(rows(0, 0xffffff), 24) },
  'bmp-24-v5': { ...whole, bits: 24, header: 124, pixels: packRows(rows(0, 0xffffff), 24) },
  'bmp-32': { ...whole, bits: 32, pixels: packRows(rows(0, 0xffffff), 32) },
  'bmp-32-alpha': {
    ...whole,
    bits: 32,
    header: 108,
    compression: 3,
    masks: [0xff0000, 0xff00, 0xff, 0xff000000],
    pixels: packRows(rows(0xff000000, 0xffffffff), 32),
  },
};

/** BMPs of every depth, header and compression that the service reads. */
export const bmpSeeds = (): Seed[] =>
  Object.entries(BMPS).map(([name, bmp]) => ({ name, format: 'bmp', bytes: encodeBmp(bmp) }));
