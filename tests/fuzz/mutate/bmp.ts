import type { Random } from '../random.ts';
import { edge, type Mutation, write } from './mutation.ts';

/** Writes a field of the header, which stands at `at` in `size` bytes. */
const setField =
  (at: number, size: number, values: (random: Random) => number): Mutation =>
  (bytes, random) => {
    write(bytes, at, { value: values(random), size, little: true });
    return bytes;
  };

const any = (random: Random) => edge(random, 40);

export const BMP_MUTATIONS: Readonly<Record<string, Mutation>> = {
  'bmp-width': setField(18, 4, any),
  'bmp-height': setField(22, 4, any),
  // A negative height: rows from the top.
  'bmp-turned': setField(22, 4, (random) => 2 ** 32 - random.between(1, 80)),
  'bmp-depth': setField(28, 2, (random) => random.pick([0, 1, 2, 4, 8, 16, 24, 32, 64])),
  'bmp-compression': setField(30, 4, (random) => random.below(8)),
  'bmp-header': setField(14, 4, (random) => random.pick([0, 12, 16, 40, 52, 56, 64, 108, 124, 0xffffffff])),
  'bmp-pixels-at': setField(10, 4, any),
  'bmp-colours': setField(46, 4, any),
  'bmp-masks': (bytes, random) => {
    random.bytes(16).copy(bytes, 54);
    return bytes;
  },
  // Escapes of run lengths: the end of a line, the end, a move, and literal pixels.
  'bmp-runs': (bytes, random) => {
    for (let i = random.between(1, 6); i > 0; i--) {
      const at = random.below(bytes.length);
      write(bytes, at, { value: random.pick([0, 0x100, 0x200, 0xff00, 0xfe00]), size: 2, little: false });
    }
    return bytes;
  },
};
