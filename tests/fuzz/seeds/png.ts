import { chunk, encodePng, exif, type Picture } from '@inkqueue/worker/pipeline/decode/png/png.fixture';
import {
  blankPage,
  digit,
  digitPng,
  numberPng,
  pixelBomb,
  truncatedPng,
} from '../../integration/pictures.ts';
import type { Seed } from './seed.ts';

const SAMPLES: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** The depths that each colour type of PNG has. */
const KINDS: readonly [colourType: number, depths: readonly number[]][] = [
  [0, [1, 2, 4, 8, 16]],
  [2, [8, 16]],
  [3, [1, 2, 4, 8]],
  [4, [8, 16]],
  [6, [8, 16]],
];

/** A 7 of straight strokes: all that a small picture of any depth needs. */
function seven(bitDepth: number, colourType: number): Picture {
  const side = 40;
  const isInk = (x: number, y: number) =>
    x >= 10 && x < 30 && y >= 8 && y < 33 && (y < 12 || Math.abs(x - (30 - (y - 8) * 0.6)) < 2.5);
  const white = 2 ** bitDepth - 1;
  const sample = (x: number, y: number) => (isInk(x, y) ? 0 : white);
  const alphas = colourType === 4 || colourType === 6 ? [white] : [];
  const colours = (SAMPLES[colourType] ?? 1) - alphas.length;
  return {
    width: side,
    height: side,
    bitDepth,
    colourType,
    at: (x, y) => [...Array<number>(colours).fill(sample(x, y)), ...alphas],
  };
}

const palette = (bitDepth: number) =>
  chunk('PLTE', Buffer.from(Array.from({ length: 3 * 2 ** bitDepth }, (_, i) => (i < 3 ? 0 : 255))));

/** PNGs of every colour type and depth, plain and interlaced, and those that the other tests draw. */
export async function pngSeeds(): Promise<Seed[]> {
  const small = KINDS.flatMap(([colourType, depths]) =>
    depths.flatMap((depth) =>
      [false, true].map((isInterlaced) => ({
        name: `png-${colourType}-${depth}${isInterlaced ? '-interlaced' : ''}`,
        bytes: encodePng(seven(depth, colourType), {
          isInterlaced,
          filter: (row) => row % 5,
          idatBytes: 100,
          before: [...(colourType === 3 ? [palette(depth)] : []), exif(1 + (depth % 8))],
          after: [chunk('tEXt', 'Comment\0a seven')],
        }),
      })),
    ),
  );
  const drawn: Record<string, Promise<Buffer> | Buffer> = {
    'png-28': digitPng(3, { side: 28 }),
    'png-280': digitPng(5),
    'png-number': numberPng('142'),
    'png-lines': numberPng('12\n07'),
    'png-1000': digitPng(8, { side: 1_000 }),
    'png-profile': digit(2, { side: 100 }).withIccProfile('p3').png().toBuffer(),
    'png-palette': digit(6, { side: 100 }).png({ palette: true }).toBuffer(),
    'png-deep': digit(9, { side: 300 }).toColourspace('rgb16').png({ progressive: true }).toBuffer(),
    'png-blank': blankPage(),
    'png-truncated': truncatedPng(),
    'png-bomb': pixelBomb(30_000),
  };
  const others = Object.entries(drawn).map(async ([name, bytes]) => ({ name, bytes: await bytes }));
  return [...small, ...(await Promise.all(others))].map((seed) => ({ ...seed, format: 'png' as const }));
}
