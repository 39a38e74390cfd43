import { constants, deflateRawSync, deflateSync, inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type PngFile, parsePng } from './chunks.ts';
import { decodeSmallPng } from './pixels.ts';
import { encodePng } from './png.fixture.ts';

/** The same numbers on every run (Numerical Recipes' generator). */
function createRandom(seed: number) {
  let state = seed >>> 0;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
type Random = ReturnType<typeof createRandom>;

const SIDE = 200;
const LENGTH = (SIDE + 1) * SIDE;
const file = parsePng(
  encodePng({ width: SIDE, height: SIDE, bitDepth: 8, colourType: 0, at: () => [0] }),
) as PngFile;
const decode = (zlib: Uint8Array) => decodeSmallPng({ ...file, data: [zlib], trusted: 1 });

/** Rows without a filter, of noise, of runs and of what came before: codes of every length, and distances near and far. */
function randomRows(random: Random): Buffer {
  const rows = Buffer.alloc(LENGTH);
  const values = 1 + random(256);
  for (let at = 0; at < LENGTH; ) {
    const length = 1 + random(random(4) === 0 ? 1_000 : 20);
    const distance = 1 + random(Math.min(at, random(2) ? 40 : 32_768) || 1);
    const kind = random(3);
    const value = random(values);
    for (let i = 0; i < length && at < LENGTH; i++, at++)
      rows[at] = kind === 0 ? random(values) : kind === 1 ? value : (rows[at - distance] ?? 0);
  }
  for (let y = 0; y < SIDE; y++) rows[y * (SIDE + 1)] = 0;
  return rows;
}

function withoutFilterBytes(rows: Buffer): Buffer {
  return Buffer.concat(
    Array.from({ length: SIDE }, (_, y) => rows.subarray(y * (SIDE + 1) + 1, (y + 1) * (SIDE + 1))),
  );
}

test('inflates what zlib deflates, in every way', () => {
  const random = createRandom(1);
  const { Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED } = constants;
  for (let round = 0; round < 40; round++) {
    const rows = randomRows(random);
    for (const strategy of [Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED]) {
      const level = random(10);
      const zlib = deflateSync(rows, { level, strategy, memLevel: 1 + random(9), windowBits: 9 + random(7) });
      const decoded = decode(zlib);
      expect(
        decoded && Buffer.compare(decoded.data, withoutFilterBytes(rows)),
        `${round} ${strategy} ${level}`,
      ).toBe(0);
    }
  }
});

test('refuses what is shorter or longer, and what is cut off', () => {
  const rows = randomRows(createRandom(2));
  expect(decode(deflateSync(rows.subarray(1)))).toBeNull();
  expect(decode(deflateSync(Buffer.concat([rows, Buffer.of(0)])))).toBeNull();
  const whole = deflateSync(rows);
  // Without zlib's checksum, which says nothing that the chunks' do not.
  expect(decode(whole.subarray(0, -4))).not.toBeNull();
  for (const length of [0, 1, 2, 3, 10, whole.length >> 1, whole.length - 5]) {
    expect(decode(whole.subarray(0, length)), String(length)).toBeNull();
  }
  expect(decode(Buffer.of(0x78, 1, 7))).toBeNull();
});

test('says of damaged data what zlib says', () => {
  const random = createRandom(3);
  let whole = 0;
  for (let round = 0; round < 1_000; round++) {
    const rows = randomRows(random);
    const raw = Buffer.from(deflateRawSync(rows.fill(0, random(LENGTH)), { level: random(10) }));
    for (let changes = 1 + random(3); changes > 0; changes--) {
      // Most of what can go wrong stands at the start: the codes.
      const at = random(random(2) ? Math.min(raw.length, 60) : raw.length);
      raw[at]! ^= 1 << random(8);
    }
    const expected = inflated(raw);
    const decoded = decode(Buffer.concat([Buffer.of(0x78, 1), raw]));
    const isImage = expected?.length === LENGTH && hasFilters(expected);
    expect(decoded !== null, `round ${round}`).toBe(isImage);
    if (!isImage || !expected) continue;
    whole++;
    const data = Buffer.from(decoded!.data);
    expect(Buffer.compare(data, decode(deflateSync(expected))!.data)).toBe(0);
  }
  expect(whole).toBeGreaterThan(20);
});

const hasFilters = (rows: Buffer) => rows.every((byte, at) => at % (SIDE + 1) !== 0 || byte <= 4);

/** What zlib makes of raw deflate data; null where it is damaged or not whole. */
function inflated(raw: Buffer): Buffer | null {
  try {
    return inflateRawSync(raw);
  } catch {
    return null;
  }
}
