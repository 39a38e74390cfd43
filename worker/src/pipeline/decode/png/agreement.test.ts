import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import type { Bitmap } from '../../bitmap.ts';
import { decode } from '../decode.fixture.ts';
import { flatten } from '../flatten.ts';
import { decodeByLibvips } from '../libvips.ts';
import { buildPng, parsePng } from './chunks.ts';
import { chunk, encodePng, exif, type Picture } from './png.fixture.ts';

/** The same numbers on every run (mulberry32). */
function createRandom(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number) => Math.floor(next() * n);
  return {
    below,
    pick: <T>(from: readonly T[]) => from[below(from.length)]!,
    chance: (p: number) => next() < p,
  };
}
type Random = ReturnType<typeof createRandom>;

const KINDS = [0, 2, 4, 6].map((colourType) => ({ colourType, bitDepth: 8 }));
const RARE_KINDS = [
  ...[1, 2, 4].flatMap((bitDepth) => [0, 3].map((colourType) => ({ colourType, bitDepth }))),
  { colourType: 3, bitDepth: 8 },
];
const SAMPLES: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

let profile: Buffer;
beforeAll(async () => {
  const image = sharp({ create: { width: 8, height: 8, channels: 3, background: '#888' } });
  profile = (await sharp(await image.withIccProfile('p3').png().toBuffer()).metadata()).icc!;
});

/** A picture with a shape on it, so that a mix-up of rows, columns or channels shows. */
function randomPicture(random: Random): Picture {
  const { colourType, bitDepth } = random.pick(random.chance(0.7) ? KINDS : RARE_KINDS);
  const max = 2 ** bitDepth - 1;
  const [a, b, c, seed] = [random.below(9), random.below(9), random.below(9), random.below(256)];
  const isOpaque = random.chance(0.5);
  const isGrey = random.chance(0.3);
  const samples = SAMPLES[colourType]!;
  return {
    width: 8 + random.below(60),
    height: 8 + random.below(60),
    bitDepth,
    colourType,
    at: (x, y) =>
      Array.from({ length: samples }, (_, i) => {
        const isAlpha = (colourType === 4 || colourType === 6) && i === samples - 1;
        if (isAlpha && isOpaque) return max;
        const channel = isGrey && !isAlpha ? 0 : i;
        return (seed + a * x + b * y + (x > y ? 40 : 0) + c * channel * x) & max;
      }),
  };
}

/** Chunks that may come with it, and the orientation that they give. */
function randomChunks(random: Random, { colourType, bitDepth }: Picture) {
  const before: Buffer[] = [];
  const after: Buffer[] = [];
  const place = (bytes: Buffer) => void (random.chance(0.5) ? before : after).push(bytes);
  const hasProfile = random.chance(0.1);
  if (hasProfile) before.push(chunk('iCCP', Buffer.concat([Buffer.from('p\0\0'), deflateSync(profile)])));
  if (random.chance(0.3)) before.push(chunk('gAMA', '\0\x01\x86\xa0'));
  if (random.chance(0.2)) before.push(chunk('sRGB', '\0'));
  if (random.chance(0.2)) before.push(chunk('pHYs', '\0\0\x0b\x13\0\0\x0b\x13\x01'));
  if (random.chance(0.2))
    before.push(chunk('sBIT', '\x05'.repeat(colourType === 3 ? 3 : SAMPLES[colourType]!)));
  if (random.chance(0.2)) before.push(chunk('acTL', '\0\0\0\x01\0\0\0\0'));
  if (colourType === 3) {
    before.push(
      chunk(
        'PLTE',
        Uint8Array.from({ length: 3 * 2 ** bitDepth }, (_, i) => (i * 53) & 255),
      ),
    );
    if (random.chance(0.4)) before.push(chunk('tRNS', '\xff\0'));
  } else if (random.chance(0.15) && colourType <= 2) {
    before.push(chunk('tRNS', '\0\x01'.repeat(SAMPLES[colourType]!)));
  }
  if (random.chance(0.3)) place(chunk('tEXt', 'Comment\0drawn'));
  if (random.chance(0.2)) place(chunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), deflateSync('x')])));
  if (random.chance(0.2)) place(chunk('iTXt', 'XML:com.adobe.xmp\0\0\0\0\0<x/>'));
  if (random.chance(0.2)) place(chunk('tIME', '\x07\xe8\x01\x01\0\0\0'));
  if (random.chance(0.2)) place(chunk('juNk', 'what no one knows'));
  let orientation = 1;
  if (random.chance(0.3)) {
    orientation = 1 + random.below(8);
    place(exif(orientation, random.pick(['II', 'MM'])));
  }
  return { before, after, orientation, hasProfile };
}

/** What the picture shows, turned upright by libvips. */
async function expected(bytes: Buffer, orientation: number) {
  const stored = sharp(bytes).toColourspace('srgb');
  const { data, info } = await stored.raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const turned = await sharp(data, { raw: { width, height, channels } })
    .withMetadata({ orientation })
    .tiff({ compression: 'none' })
    .toBuffer();
  const upright = await sharp(turned).autoOrient().raw().toBuffer({ resolveWithObject: true });
  return flatten({ ...upright.info, data: upright.data });
}

/** Grey as RGB, and short to print where two bitmaps differ. */
function summary({ data, width, height, channels }: Bitmap) {
  const rgb =
    channels === 3 ? Buffer.from(data) : Buffer.alloc(data.length * 3, 0).map((_, i) => data[(i / 3) | 0]!);
  return { width, height, data: rgb.toString('hex') };
}

test('every way to decode a PNG gives the same pixels', { timeout: 60_000 }, async () => {
  for (let seed = 1; seed <= 600; seed++) {
    const random = createRandom(seed);
    const picture = randomPicture(random);
    const { before, after, orientation, hasProfile } = randomChunks(random, picture);
    const filters = [random.below(5), random.below(5), random.below(5)];
    const options = {
      isInterlaced: random.chance(0.2),
      filter: (row: number) => filters[row % 3]!,
      idatBytes: random.chance(0.3) ? 1 + random.below(200) : Number.POSITIVE_INFINITY,
      level: random.below(10),
    };
    const bytes = encodePng(picture, { ...options, before, after });
    const title = `seed ${seed}: ${JSON.stringify({ ...picture, ...options, orientation, hasProfile })}`;

    const decoded = await decode(bytes);
    const bitmap = summary(decoded);
    const byLibvips = await decodeByLibvips(buildPng(parsePng(bytes)!), { check: () => {} });
    const flat = flatten(byLibvips.bitmap);
    expect([summary(flat), flat.channels], title).toEqual([bitmap, decoded.channels]);

    // A PNG with nothing about it but what its pixels need, as a program would write it that knows nothing of orientation.
    const plain = before.filter((one) => /PLTE|tRNS|iCCP/.test(one.toString('latin1', 4, 8)));
    const drawn = encodePng(picture, { before: plain });
    expect(summary(await expected(drawn, orientation)), title).toEqual(bitmap);

    // The end of a file may be missing, or something may follow it.
    const end = random.below(12);
    const changed = random.chance(0.5)
      ? bytes.subarray(0, bytes.length - end)
      : Buffer.concat([bytes, bytes]);
    if (after.length === 0) expect(summary(await decode(changed)), `${title}, cut by ${end}`).toEqual(bitmap);
  }
});
