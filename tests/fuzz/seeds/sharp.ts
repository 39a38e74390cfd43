import { encodeTiff } from '@inkqueue/worker/pipeline/decode/tiff.fixture';
import sharp, { type Sharp } from 'sharp';
import { digit, digitPng } from '../../integration/pictures.ts';
import type { Format, Seed } from './seed.ts';

const page = (side = 90) => digit(7, { side });
const grey = () => page().removeAlpha().greyscale().toColourspace('b-w');
const turned = (orientation: number) => page().withMetadata({ orientation });

/** Frames of an animation, one below the other. */
async function frames(): Promise<Sharp> {
  const all = await Promise.all([digitPng(1, { side: 60 }), digitPng(2, { side: 60 })]);
  return sharp(all, { join: { animated: true } });
}

const PICTURES: Record<Exclude<Format, 'png' | 'bmp'>, Record<string, () => Promise<Sharp> | Sharp>> = {
  jpeg: {
    baseline: () => page().jpeg(),
    progressive: () => page().jpeg({ progressive: true }),
    grey: () => grey().jpeg(),
    full: () => page().jpeg({ chromaSubsampling: '4:4:4', quality: 95 }),
    cmyk: () => page().toColourspace('cmyk').jpeg(),
    turned: () => turned(6).jpeg(),
    profile: () => page().withIccProfile('p3').jpeg(),
    large: () => page(1_200).jpeg({ quality: 60 }),
    'large-progressive': () => page(900).jpeg({ progressive: true }),
  },
  webp: {
    lossy: () => page().webp(),
    lossless: () => page().webp({ lossless: true }),
    alpha: () => page().ensureAlpha(0.5).webp({ alphaQuality: 50 }),
    turned: () => turned(8).webp(),
    profile: () => page().withIccProfile('p3').webp(),
    animated: async () => (await frames()).webp({ loop: 2 }),
    large: () => page(900).webp(),
  },
  gif: {
    plain: () => page().gif(),
    interlaced: () => page().gif({ progressive: true }),
    grey: () => grey().gif({ colours: 4 }),
    clear: () => page().ensureAlpha(0).gif(),
    animated: async () => (await frames()).gif({ loop: 2, delay: [10, 20] }),
  },
  tiff: {
    plain: () => page().tiff({ compression: 'none' }),
    lzw: () => page().tiff({ compression: 'lzw', predictor: 'horizontal' }),
    deflate: () => page().tiff({ compression: 'deflate' }),
    packbits: () => page().tiff({ compression: 'packbits' }),
    jpeg: () => page().tiff({ compression: 'jpeg' }),
    fax: () => grey().tiff({ compression: 'ccittfax4', bitdepth: 1 }),
    'one-bit': () => grey().tiff({ compression: 'none', bitdepth: 1, miniswhite: true }),
    tiled: () => page().tiff({ compression: 'lzw', tile: true, tileWidth: 32, tileHeight: 32 }),
    pyramid: () => page(300).tiff({ compression: 'jpeg', tile: true, pyramid: true }),
    deep: () => page().toColourspace('rgb16').tiff({ compression: 'lzw' }),
    big: () => page().tiff({ compression: 'none', bigtiff: true }),
    turned: () => turned(5).tiff({ compression: 'lzw' }),
    cmyk: () => page().toColourspace('cmyk').tiff({ compression: 'lzw' }),
    lab: () => page().toColourspace('lab').tiff({ compression: 'none' }),
  },
  avif: {
    lossy: () => page().avif({ effort: 0 }),
    lossless: () => page(64).avif({ effort: 0, lossless: true }),
    alpha: () => page(64).ensureAlpha(0.5).avif({ effort: 0 }),
    deep: () => page(64).avif({ effort: 0, bitdepth: 10 }),
    turned: () => turned(3).avif({ effort: 0 }),
  },
};

/** Pictures that sharp encodes: every kind of JPEG, WebP, GIF, TIFF and AVIF that it writes. */
export async function sharpSeeds(): Promise<Seed[]> {
  const all = Object.entries(PICTURES).flatMap(([format, kinds]) =>
    Object.entries(kinds).map(async ([kind, draw]) => ({
      name: `${format}-${kind}`,
      format: format as Format,
      bytes: await (await draw()).toBuffer(),
    })),
  );
  return Promise.all(all);
}

/** TIFFs of numbers, as scientific programs write them: floating point, signed, big-endian. */
export async function numericTiffs(): Promise<Seed[]> {
  const side = 40;
  const shades = await digit(4, { side }).greyscale().toColourspace('b-w').raw().toBuffer();
  const kinds = [
    { bits: 16, sampleFormat: 3 },
    { bits: 32, sampleFormat: 3 },
    { bits: 64, sampleFormat: 3 },
    { bits: 16, sampleFormat: 2 },
    { bits: 32, sampleFormat: 1 },
  ] as const;
  return kinds.flatMap(({ bits, sampleFormat }) =>
    (['II', 'MM'] as const).map((endian): Seed => {
      const samples = Buffer.alloc((side * side * bits) / 8);
      // Whatever the numbers are, dark and light differ.
      for (const [i, shade] of shades.entries())
        samples.fill(shade & 0x3f, (i * bits) / 8, ((i + 1) * bits) / 8);
      const bytes = encodeTiff({ width: side, height: side, samples, bits, sampleFormat, endian });
      return { name: `tiff-${bits}-${sampleFormat}-${endian}`, format: 'tiff', bytes };
    }),
  );
}
