import sharp from 'sharp';
import { paintPhoto } from './photo.ts';
import { strokeCoverage } from './stroke.ts';

export interface Image {
  title: string;
  mediaType: 'image/png' | 'image/jpeg';
  bytes: Buffer;
}

export const IMAGE_NAMES = ['28', '280', 'phone'] as const;
export type ImageName = (typeof IMAGE_NAMES)[number];

/** The images of the loads, drawn in code: a digit three on each. The same bytes on every run. */
export async function drawImages(): Promise<Record<ImageName, Image>> {
  return {
    '28': { title: '28×28 PNG', mediaType: 'image/png', bytes: await drawSmall(28) },
    '280': { title: '280×280 canvas PNG', mediaType: 'image/png', bytes: await drawCanvas(280) },
    phone: {
      title: '12-MP phone JPEG',
      mediaType: 'image/jpeg',
      bytes: await drawPhoto({ width: 4032, height: 3024, quality: 90 }),
    },
  };
}

/** White on black, grey, as data sets have them. */
function drawSmall(side: number): Promise<Buffer> {
  const pixels = Buffer.alloc(side * side);
  for (let i = 0; i < pixels.length; i++) {
    pixels[i] =
      255 * strokeCoverage((i % side) + 0.5, Math.floor(i / side) + 0.5, { side, width: side / 10 });
  }
  return sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer();
}

/** Black on white with an alpha channel, as a browser saves its canvas. */
function drawCanvas(side: number): Promise<Buffer> {
  const pixels = Buffer.alloc(side * side * 4, 255);
  for (let i = 0; i < side * side; i++) {
    const ink = strokeCoverage((i % side) + 0.5, Math.floor(i / side) + 0.5, { side, width: 16 });
    pixels.fill(Math.round(255 * (1 - ink)), 4 * i, 4 * i + 3);
  }
  return sharp(pixels, { raw: { width: side, height: side, channels: 4 } })
    .png()
    .toBuffer();
}

/** Pen on paper, held upright: the camera stores the photo on its side, and notes that in EXIF. */
export function drawPhoto(options: { width: number; height: number; quality: number }): Promise<Buffer> {
  const { width, height, quality } = options;
  return sharp(paintPhoto({ width, height }), { raw: { width, height, channels: 3 } })
    .withMetadata({ orientation: 6 })
    .jpeg({ quality })
    .toBuffer();
}
