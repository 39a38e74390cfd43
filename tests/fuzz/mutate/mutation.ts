import type { Random } from '../random.ts';

/** Changes bytes, in place or as a copy. Bytes that are not what the mutation expects come back as they are. */
export type Mutation = (bytes: Buffer, random: Random) => Buffer;

/** Numbers at which decoders break: bounds of types, of our own limits, and small ones. */
const EDGES = [
  0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 28, 63, 64, 127, 128, 255, 256, 799, 800, 801, 1_000, 2_048, 4_096, 8_000,
  16_383, 16_384, 20_000, 32_767, 32_768, 65_535, 65_536, 0x7fffff, 0xffffff, 0x7fffffff, 0x80000000,
  0xfffffffe, 0xffffffff,
];

/** An edge, mostly; else a number near `now`. */
export function edge(random: Random, now = 0): number {
  if (random.chance(0.7)) return random.pick(EDGES);
  return random.chance(0.5) ? Math.max(0, now + random.between(-3, 3)) : random.below(2 * now + 2);
}

/** Writes a number of 1 to 4 bytes, cut to what fits; nothing where it would go past the end. */
export function write(
  bytes: Buffer,
  at: number,
  { value, size, little }: { value: number; size: number; little: boolean },
): void {
  if (at < 0 || at + size > bytes.length) return;
  const cut = value % 256 ** size;
  if (little) bytes.writeUIntLE(cut, at, size);
  else bytes.writeUIntBE(cut, at, size);
}

/** Most bytes that one part repeated takes. */
const REPEATED_MAX = 1_000_000;

/** The list less a part, or with one twice, last, or very often. */
export function shuffleParts<T extends Buffer | { data: Buffer }>(parts: readonly T[], random: Random): T[] {
  const list = [...parts];
  if (list.length === 0) return list;
  const at = random.below(list.length);
  const kind = random.below(4);
  if (kind === 0) list.splice(at, 1);
  if (kind === 1) list.splice(random.below(list.length + 1), 0, list[at] as T);
  if (kind === 2) list.push(...list.splice(at, 1));
  // So many that a decoder which keeps all of them shows it.
  if (kind === 3) {
    const part = list[at] as T;
    const { length } = Buffer.isBuffer(part) ? part : part.data;
    const times = Math.min(random.pick([3, 100, 2_500]), Math.ceil(REPEATED_MAX / (length + 1)));
    list.splice(at, 0, ...Array<T>(times).fill(part));
  }
  return list;
}
