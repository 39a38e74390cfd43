import { deflateSync, inflateSync } from 'node:zlib';
import { chunk } from '@inkqueue/worker/pipeline/decode/png/png.fixture';
import type { Random } from '../random.ts';
import { edge, type Mutation, shuffleParts, write } from './mutation.ts';
import { anyExtra } from './png-extras.ts';

interface Chunk {
  type: string;
  data: Buffer;
}

const SIGNATURE_BYTES = 8;
const INFLATED_MAX = 4_000_000;

function parse(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE_BYTES; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const data = Buffer.from(bytes.subarray(at + 8, at + 8 + length));
    chunks.push({ type: bytes.toString('latin1', at + 4, at + 8), data });
    at += 12 + length;
  }
  return chunks;
}

/** With right lengths and checksums: the decoder behind them is reached. */
const build = (bytes: Buffer, chunks: readonly Chunk[]) =>
  Buffer.concat([bytes.subarray(0, SIGNATURE_BYTES), ...chunks.map(({ type, data }) => chunk(type, data))]);

const onChunks =
  (change: (chunks: Chunk[], random: Random) => Chunk[]): Mutation =>
  (bytes, random) =>
    build(bytes, change(parse(bytes), random));

const onHeader = (change: (header: Buffer, random: Random) => void) =>
  onChunks((chunks, random) => {
    const header = chunks.find(({ type }) => type === 'IHDR')?.data;
    if (header && header.length >= 13) change(header, random);
    return chunks;
  });

/** Replaces the contents of all IDAT chunks. */
const onPixels = (change: (pixels: Buffer, random: Random) => Buffer[]) =>
  onChunks((chunks, random) => {
    const first = chunks.findIndex(({ type }) => type === 'IDAT');
    if (first < 0) return chunks;
    const all = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
    const others = chunks.filter(({ type }) => type !== 'IDAT');
    const idats = change(all, random).map((data) => ({ type: 'IDAT', data }));
    return [...others.slice(0, first), ...idats, ...others.slice(first)];
  });

function inflated(data: Buffer): Buffer {
  try {
    return inflateSync(data, { maxOutputLength: INFLATED_MAX });
  } catch {
    // An earlier mutation broke it.
    return Buffer.alloc(2_000);
  }
}

const level = (random: Random) => ({ level: random.pick([0, 1, 6]) });

export const PNG_MUTATIONS: Readonly<Record<string, Mutation>> = {
  'png-size': onHeader((header, random) => {
    const at = random.pick([0, 4]);
    write(header, at, { value: edge(random, header.readUInt32BE(at)), size: 4, little: false });
  }),
  'png-kind': onHeader((header, random) => {
    header[8] = random.pick([1, 2, 4, 8, 16, 3, 0]);
    header[9] = random.pick([0, 2, 3, 4, 6, 1, 7]);
  }),
  'png-interlace': onHeader((header, random) => {
    header[random.pick([10, 11, 12, 12, 12])] = random.pick([0, 1, 1, 2, 255]);
  }),
  'png-order': onChunks(shuffleParts),
  'png-extras': onChunks((chunks, random) => {
    const extras = Array.from({ length: random.between(1, 3) }, () => anyExtra(random));
    const at = random.chance(0.8) ? 1 : random.below(chunks.length + 1);
    return [...chunks.slice(0, at), ...extras, ...chunks.slice(at)];
  }),
  'png-chunk-data': onChunks((chunks, random) => {
    const { data } = random.pick(chunks) ?? {};
    if (data) write(data, random.below(data.length), { value: edge(random), size: 1, little: false });
    return chunks;
  }),
  'png-chunk-cut': onChunks((chunks, random) => {
    const at = random.below(chunks.length);
    const cut = chunks[at];
    if (cut) chunks[at] = { ...cut, data: cut.data.subarray(0, random.below(cut.data.length + 1)) };
    return chunks;
  }),
  // The right checksum of wrong pixels: filters that there are not, rows too few or too many.
  'png-pixels': onPixels((data, random) => {
    const pixels = inflated(data);
    for (let i = random.between(1, 6); i > 0; i--) pixels[random.below(pixels.length)] = random.below(256);
    return [deflateSync(pixels, level(random))];
  }),
  'png-rows': onPixels((data, random) => {
    const pixels = inflated(data);
    const cut = pixels.subarray(0, random.below(pixels.length + 1));
    return [deflateSync(random.chance(0.7) ? cut : Buffer.concat([pixels, cut]), level(random))];
  }),
  'png-pieces': onPixels((data, random) => {
    const size = random.pick([1, 2, 3, 50]);
    const pieces = Math.min(3_000, Math.ceil(data.length / size));
    return [
      ...Array.from({ length: pieces }, (_, i) => data.subarray(i * size, (i + 1) * size)),
      ...(random.chance(0.5) ? [data.subarray(pieces * size)] : []),
    ];
  }),
  'png-pixel-bomb': onPixels((_, random) => [deflateSync(Buffer.alloc(random.pick([1e5, 4e6, 2e7])))]),
};
