import type { Random } from '../random.ts';
import { edge, type Mutation, write } from './mutation.ts';

/** Where the entries of the first directory stand; none where the file is no classic TIFF. */
function entriesOf(bytes: Buffer): { little: boolean; entries: number[]; end: number } {
  const little = bytes[0] === 0x49;
  const short = (at: number) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  if (bytes.length < 8) return { little, entries: [], end: 0 };
  const directory = little ? bytes.readUInt32LE(4) : bytes.readUInt32BE(4);
  if (directory + 2 > bytes.length) return { little, entries: [], end: 0 };
  const count = Math.min(short(directory), Math.floor((bytes.length - directory - 2) / 12));
  const entries = Array.from({ length: count }, (_, i) => directory + 2 + 12 * i);
  return { little, entries, end: directory + 2 + 12 * count };
}

const onEntry =
  (change: (bytes: Buffer, entry: { at: number; little: boolean }, random: Random) => void): Mutation =>
  (bytes, random) => {
    const { little, entries } = entriesOf(bytes);
    if (entries.length > 0) change(bytes, { at: random.pick(entries), little }, random);
    return bytes;
  };

/** Sets the value of a tag, where the directory has it. */
const setTag =
  (tags: readonly number[], values: (random: Random) => number): Mutation =>
  (bytes, random) => {
    const { little, entries } = entriesOf(bytes);
    const tag = random.pick(tags);
    for (const at of entries) {
      const found = little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
      const type = little ? bytes.readUInt16LE(at + 2) : bytes.readUInt16BE(at + 2);
      const size = type === 1 ? 1 : type === 3 ? 2 : 4;
      if (found === tag) write(bytes, at + 8, { value: values(random), size, little });
    }
    return bytes;
  };

export const TIFF_MUTATIONS: Readonly<Record<string, Mutation>> = {
  'tiff-size': setTag([256, 257], (random) => edge(random, 90)),
  'tiff-kind': setTag([258, 262, 277, 284, 317, 338, 339], (random) =>
    random.pick([0, 1, 2, 3, 4, 5, 6, 8, 9, 16, 32, 64]),
  ),
  'tiff-compression': setTag([259], (random) =>
    random.pick([1, 2, 3, 4, 5, 6, 7, 8, 32_773, 32_946, 34_676, 34_887, 34_925, 50_000, 50_001]),
  ),
  'tiff-strips': setTag([273, 278, 279, 322, 323, 324, 325], (random) => edge(random, 200)),
  'tiff-orientation': setTag([274], (random) => random.below(12)),
  'tiff-value': onEntry((bytes, { at, little }, random) =>
    write(bytes, at + 8, { value: edge(random), size: 4, little }),
  ),
  'tiff-count': onEntry((bytes, { at, little }, random) =>
    write(bytes, at + 4, { value: edge(random), size: 4, little }),
  ),
  'tiff-type': onEntry((bytes, { at, little }, random) =>
    write(bytes, at + 2, { value: random.below(20), size: 2, little }),
  ),
  'tiff-tag': onEntry((bytes, { at, little }, random) =>
    write(bytes, at, {
      value: random.pick([254, 256, 258, 273, 277, 320, 330, 347, 529, 530, 700, 33_432, 34_675, 34_665]),
      size: 2,
      little,
    }),
  ),
  // The directory that follows: this one again, or one that lies somewhere else.
  'tiff-next': (bytes, random) => {
    const { little, end } = entriesOf(bytes);
    write(bytes, end, {
      value: random.chance(0.5) ? bytes.readUInt8(4) : edge(random, end),
      size: 4,
      little,
    });
    return bytes;
  },
  'tiff-endian': (bytes) => {
    bytes.write(bytes[0] === 0x49 ? 'MM' : 'II');
    return bytes;
  },
};
