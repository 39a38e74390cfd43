import type { Random } from '../random.ts';
import { edge, type Mutation, shuffleParts, write } from './mutation.ts';
import { exifOf, iccOf } from './png-extras.ts';

interface Chunk {
  type: string;
  data: Buffer;
}

const HEADER_BYTES = 12;

function parse(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = HEADER_BYTES; at + 8 <= bytes.length; ) {
    const length = bytes.readUInt32LE(at + 4);
    const data = Buffer.from(bytes.subarray(at + 8, at + 8 + length));
    chunks.push({ type: bytes.toString('latin1', at, at + 4), data });
    at += 8 + length + (length % 2);
  }
  return chunks;
}

function build(bytes: Buffer, chunks: readonly Chunk[]): Buffer {
  const parts = chunks.flatMap(({ type, data }) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32LE(data.length, 4);
    return [head, data, Buffer.alloc(data.length % 2)];
  });
  const file = Buffer.concat([bytes.subarray(0, HEADER_BYTES), ...parts]);
  file.writeUInt32LE(file.length - 8, 4);
  return file;
}

const onChunks =
  (change: (chunks: Chunk[], random: Random) => Chunk[]): Mutation =>
  (bytes, random) =>
    bytes.length >= HEADER_BYTES ? build(bytes, change(parse(bytes), random)) : bytes;

const onData = (types: readonly string[], change: (data: Buffer, random: Random) => void) =>
  onChunks((chunks, random) => {
    const found = chunks.filter(({ type, data }) => types.includes(type) && data.length > 0);
    if (found.length > 0) change(random.pick(found).data, random);
    return chunks;
  });

export const WEBP_MUTATIONS: Readonly<Record<string, Mutation>> = {
  'webp-canvas': onData(['VP8X'], (data, random) =>
    write(data, random.pick([4, 7]), { value: edge(random, 90), size: 3, little: true }),
  ),
  'webp-flags': onData(['VP8X'], (data, random) =>
    write(data, 0, { value: random.below(256), size: 1, little: true }),
  ),
  'webp-size': onData(['VP8 '], (data, random) =>
    write(data, random.pick([6, 8]), { value: edge(random, 90), size: 2, little: true }),
  ),
  'webp-lossless-size': onData(['VP8L'], (data, random) =>
    write(data, 1, { value: edge(random), size: 4, little: true }),
  ),
  'webp-frame': onData(['ANMF', 'ANIM'], (data, random) =>
    write(data, random.below(Math.min(24, data.length)), { value: edge(random), size: 3, little: true }),
  ),
  'webp-coded': onData(['VP8 ', 'VP8L', 'ALPH', 'ANMF'], (data, random) => {
    for (let i = random.between(1, 6); i > 0; i--)
      data[random.below(Math.min(400, data.length))] = random.below(256);
  }),
  'webp-order': onChunks(shuffleParts),
  'webp-exif': onChunks((chunks, random) => [...chunks, { type: 'EXIF', data: exifOf(random) }]),
  'webp-icc': onChunks((chunks, random) => [{ type: 'ICCP', data: iccOf(random) }, ...chunks]),
  'webp-length': (bytes, random) => {
    write(bytes, 4, { value: edge(random, bytes.length), size: 4, little: true });
    return bytes;
  },
};
