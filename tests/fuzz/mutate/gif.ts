import type { Random } from '../random.ts';
import { edge, type Mutation, shuffleParts, write } from './mutation.ts';

const SCREEN_BYTES = 13;
const tableBytes = (flags = 0) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

/** The file as its head and its blocks: extensions, pictures with their data, and what follows. */
function parse(bytes: Buffer): { head: Buffer; blocks: Buffer[] } {
  let at = SCREEN_BYTES + tableBytes(bytes[10]);
  const head = bytes.subarray(0, at);
  const blocks: Buffer[] = [];
  while (at < bytes.length) {
    const start = at;
    if (bytes[at] === 0x21) at += 2;
    else if (bytes[at] === 0x2c) at += 11 + tableBytes(bytes[at + 9]);
    else break;
    while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] ?? 0);
    at++;
    blocks.push(Buffer.from(bytes.subarray(start, at)));
  }
  blocks.push(bytes.subarray(at));
  return { head, blocks };
}

const onBlocks =
  (change: (blocks: Buffer[], random: Random) => Buffer[]): Mutation =>
  (bytes, random) => {
    const { head, blocks } = parse(bytes);
    return Buffer.concat([head, ...change(blocks, random)]);
  };

const onFrame = (change: (block: Buffer, random: Random) => void) =>
  onBlocks((blocks, random) => {
    const found = blocks.filter((block) => block[0] === 0x2c);
    if (found.length > 0) change(random.pick(found), random);
    return blocks;
  });

export const GIF_MUTATIONS: Readonly<Record<string, Mutation>> = {
  'gif-screen': (bytes, random) => {
    write(bytes, random.pick([6, 8]), { value: edge(random, 90), size: 2, little: true });
    return bytes;
  },
  'gif-flags': (bytes, random) => {
    write(bytes, random.pick([10, 11, 12]), { value: random.below(256), size: 1, little: true });
    return bytes;
  },
  'gif-frame': onFrame((block, random) =>
    write(block, random.pick([1, 3, 5, 7]), { value: edge(random, 90), size: 2, little: true }),
  ),
  'gif-frame-flags': onFrame((block, random) =>
    write(block, 9, { value: random.below(256), size: 1, little: true }),
  ),
  'gif-code-size': onFrame((block, random) => {
    write(block, 10 + tableBytes(block[9]), {
      value: random.pick([0, 1, 2, 8, 11, 12, 13, 255]),
      size: 1,
      little: true,
    });
  }),
  'gif-coded': onFrame((block, random) => {
    for (let i = random.between(1, 6); i > 0; i--) block[random.below(block.length)] = random.below(256);
  }),
  'gif-order': onBlocks(shuffleParts),
  'gif-control': onBlocks((blocks, random) => {
    const control = Buffer.from([
      0x21,
      0xf9,
      4,
      random.below(256),
      random.below(256),
      0,
      random.below(256),
      0,
    ]);
    return [control, ...blocks];
  }),
};
