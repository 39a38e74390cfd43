import sharp from 'sharp';
import { numberPng } from '../../integration/pictures.ts';
import { createRandom } from '../random.ts';
import type { Seed } from './seed.ts';

type Ink = (x: number, y: number) => boolean;

/** Pages on which there is much to look at, and nothing to read. */
function inks(side: number): Record<string, Ink> {
  const random = createRandom(side, 0);
  const radius = (x: number, y: number) => Math.hypot(x - side / 2, y - side / 2);
  const turn = (x: number, y: number) => Math.atan2(y - side / 2, x - side / 2) / (2 * Math.PI);
  return {
    specks: () => random.chance(0.02),
    noise: () => random.chance(0.4),
    checks: (x, y) => (x + y) % 2 === 0,
    dots: (x, y) => x % 8 < 4 && y % 8 < 4,
    grid: (x, y) => x % 8 === 0 || y % 8 === 0,
    bars: (x) => x % 8 < 4,
    rings: (x, y) => radius(x, y) % 8 < 4,
    spiral: (x, y) => (radius(x, y) + 8 * (1 - turn(x, y))) % 8 < 4,
  };
}

/** Draws them as small and as large as bitmaps get, with pages full of digits, and pictures of few bytes that are large. */
export async function pageSeeds(): Promise<Seed[]> {
  const drawn = [200, 800].flatMap((side) =>
    Object.entries(inks(side)).map(async ([name, isInk]): Promise<Seed> => {
      const data = Buffer.alloc(side * side, 255);
      for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) if (isInk(x, y)) data[y * side + x] = 0;
      const image = sharp(data, { raw: { width: side, height: side, channels: 1 } });
      return {
        name: `page-${name}-${side}`,
        format: 'png',
        bytes: await image.png({ compressionLevel: 1 }).toBuffer(),
      };
    }),
  );
  const full = await numberPng(Array<string>(12).fill('123456789012345678').join('\n'));
  const flat = sharp({ create: { width: 2_500, height: 2_500, channels: 3, background: '#fff' } });
  const joined = sharp(await numberPng('1234567890'))
    .blur(12)
    .threshold(200);
  const others: Promise<Seed>[] = [
    sharp(full)
      .resize(800)
      .png()
      .toBuffer()
      .then((bytes) => ({ name: 'page-full', format: 'png', bytes })),
    joined
      .png()
      .toBuffer()
      .then((bytes) => ({ name: 'page-joined', format: 'png', bytes })),
    flat
      .clone()
      .avif({ effort: 0 })
      .toBuffer()
      .then((bytes) => ({ name: 'page-flat', format: 'avif', bytes })),
    flat
      .clone()
      .webp({ effort: 0 })
      .toBuffer()
      .then((bytes) => ({ name: 'page-flat', format: 'webp', bytes })),
  ];
  return Promise.all([...drawn, ...others]);
}
