import { edge, type Mutation, write } from './mutation.ts';

/** Most bytes of a mutated picture: more are the HTTP level's. */
const BYTES_MAX = 4_000_000;

const flipBits: Mutation = (bytes, random) => {
  for (let i = random.between(1, 8); i > 0 && bytes.length > 0; i--) {
    const at = random.below(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
  }
  return bytes;
};

/** In the first bytes, where headers are. */
const editHeader: Mutation = (bytes, random) => {
  for (let i = random.between(1, 4); i > 0; i--) {
    const size = random.pick([1, 2, 3, 4]);
    const at = random.below(Math.min(bytes.length, 200));
    write(bytes, at, { value: edge(random, bytes[at]), size, little: random.chance(0.5) });
  }
  return bytes;
};

const editAnywhere: Mutation = (bytes, random) => {
  const size = random.pick([1, 2, 4]);
  write(bytes, random.below(bytes.length), { value: edge(random), size, little: random.chance(0.5) });
  return bytes;
};

const truncate: Mutation = (bytes, random) =>
  bytes.subarray(0, random.chance(0.5) ? random.below(bytes.length) : bytes.length - random.between(1, 40));

const fillEnd: Mutation = (bytes, random) => {
  bytes.fill(random.pick([0, 0xff, 0x80]), random.below(bytes.length));
  return bytes;
};

const append: Mutation = (bytes, random) =>
  Buffer.concat([bytes, random.chance(0.5) ? Buffer.alloc(random.below(100_000)) : random.bytes(300)]);

const insert: Mutation = (bytes, random) => {
  const at = random.below(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), random.bytes(random.between(1, 64)), bytes.subarray(at)]);
};

const remove: Mutation = (bytes, random) => {
  const at = random.below(bytes.length);
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random.between(1, 64))]);
};

const repeat: Mutation = (bytes, random) => {
  const at = random.below(bytes.length);
  const part = bytes.subarray(at, at + random.between(1, 2_000));
  const times = random.pick([1, 2, 50]);
  const parts = Array<Buffer>(times).fill(part);
  return Buffer.concat([bytes.subarray(0, at), ...parts, bytes.subarray(at)]);
};

const noise: Mutation = (bytes, random) => {
  const at = random.below(bytes.length);
  random.bytes(Math.min(random.between(1, 400), bytes.length - at)).copy(bytes, at);
  return bytes;
};

/** Mutations that know nothing of formats. */
export const BYTE_MUTATIONS: Readonly<Record<string, Mutation>> = {
  'flip-bits': flipBits,
  'edit-header': editHeader,
  'edit-anywhere': editAnywhere,
  truncate,
  'fill-end': fillEnd,
  append,
  insert,
  remove,
  repeat,
  noise,
};

/** The head of one file and the tail of the other. */
export function splice(head: Buffer, tail: Buffer, random: { below: (end: number) => number }): Buffer {
  const cut = random.below(head.length + 1);
  return Buffer.concat([head.subarray(0, cut), tail.subarray(random.below(tail.length + 1))]);
}

export const bounded = (bytes: Buffer): Buffer => bytes.subarray(0, BYTES_MAX);
