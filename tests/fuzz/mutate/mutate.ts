import type { Random } from '../random.ts';
import type { Format, Seed } from '../seeds/seed.ts';
import { AVIF_MUTATIONS } from './avif.ts';
import { BMP_MUTATIONS } from './bmp.ts';
import { BYTE_MUTATIONS, bounded, splice } from './bytes.ts';
import { GIF_MUTATIONS } from './gif.ts';
import { JPEG_MUTATIONS } from './jpeg.ts';
import type { Mutation } from './mutation.ts';
import { PNG_MUTATIONS } from './png.ts';
import { TIFF_MUTATIONS } from './tiff.ts';
import { WEBP_MUTATIONS } from './webp.ts';

const BY_FORMAT: Readonly<Record<Format | 'other', Readonly<Record<string, Mutation>>>> = {
  png: PNG_MUTATIONS,
  jpeg: JPEG_MUTATIONS,
  webp: WEBP_MUTATIONS,
  gif: GIF_MUTATIONS,
  tiff: TIFF_MUTATIONS,
  avif: AVIF_MUTATIONS,
  bmp: BMP_MUTATIONS,
  other: BYTE_MUTATIONS,
};

/** How often the mutations of the format are taken: what they make gets further than what other bytes do. */
const OF_FORMAT_SHARE = 0.65;
const SPLICE_SHARE = 0.04;

/** One to four mutations of a copy of the seed, and their names. */
export function mutate(
  seed: Seed,
  { seeds, random }: { seeds: readonly Seed[]; random: Random },
): { bytes: Buffer; mutations: string[] } {
  let bytes: Buffer = Buffer.from(seed.bytes);
  const mutations: string[] = [];
  for (let left = random.pick([1, 1, 2, 2, 3, 4]); left > 0; left--) {
    if (random.chance(SPLICE_SHARE)) {
      const same = seeds.filter(({ format }) => format === seed.format);
      const other = random.pick(random.chance(0.7) ? same : seeds);
      mutations.push(`splice ${other.name}`);
      bytes = splice(bytes, other.bytes, random);
      continue;
    }
    const kinds = random.chance(OF_FORMAT_SHARE) ? BY_FORMAT[seed.format] : BYTE_MUTATIONS;
    const name = random.pick(Object.keys(kinds));
    mutations.push(name);
    if (bytes.length > 0) bytes = bounded(kinds[name]?.(bytes, random) ?? bytes);
  }
  return { bytes, mutations };
}
