import { onePixel, pdfFile, svgFile, textFile } from '../../integration/pictures.ts';
import { bmpSeeds } from './bmp.ts';
import { pageSeeds } from './pages.ts';
import { pngSeeds } from './png.ts';
import type { Seed } from './seed.ts';
import { numericTiffs, sharpSeeds } from './sharp.ts';

/** Everything that inputs are made from, drawn in code, in an order that stays. */
export async function drawSeeds(): Promise<Seed[]> {
  const drawn = await Promise.all([pngSeeds(), sharpSeeds(), numericTiffs(), pageSeeds(), onePixel()]);
  const [pngs, encoded, tiffs, pages, dot] = drawn;
  const others: Seed[] = [
    { name: 'one-pixel', format: 'png', bytes: dot },
    { name: 'text', format: 'other', bytes: textFile },
    { name: 'svg', format: 'other', bytes: svgFile },
    { name: 'pdf', format: 'other', bytes: pdfFile },
    { name: 'empty', format: 'other', bytes: Buffer.alloc(0) },
  ];
  return [...pngs, ...pages, ...encoded, ...tiffs, ...bmpSeeds(), ...others];
}
