import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** Pen strokes of each digit on a page of 280 × 280. */
const STROKES = [
  'M140 45 C85 45 75 110 75 145 C75 185 90 238 140 238 C190 238 205 185 205 145 C205 110 195 45 140 45',
  'M140 45 L140 235',
  'M85 95 C88 55 120 45 142 45 C180 45 200 75 192 108 C184 142 130 185 85 232 L205 232',
  'M85 60 C120 35 190 40 190 90 C190 125 155 135 130 137 C165 137 202 155 200 190 C196 245 115 248 80 215',
  'M165 45 L75 175 L215 175 M165 45 L165 240',
  'M195 48 L105 48 L95 130 C125 112 200 115 200 178 C200 245 115 250 80 215',
  'M180 45 C120 65 82 130 82 182 C82 222 110 240 140 240 C175 240 200 215 198 182 C195 150 165 138 140 140 C110 142 88 165 84 185',
  'M75 52 L205 52 L125 238',
  'M140 135 C95 120 85 45 140 45 C195 45 185 120 140 135 C80 155 75 238 140 238 C205 238 200 155 140 135',
  'M195 100 C195 65 170 45 140 45 C105 45 84 72 86 102 C88 135 118 150 145 145 C175 140 193 118 195 95 L188 238',
] as const;

export type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

export interface Page {
  /** Side in pixels. */
  side?: number;
  ink?: string;
  paper?: string;
}

/** A digit drawn with a pen on a square page. */
export function digit(value: Digit, { side = 280, ink = '#111', paper = '#fff' }: Page = {}): Sharp {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 280 280">
    <rect width="280" height="280" fill="${paper}"/>
    <path d="${STROKES[value]}" fill="none" stroke="${ink}" stroke-width="18" stroke-linecap="round" stroke-linejoin="round"/>
  </svg>`;
  return sharp(Buffer.from(svg));
}

/** The same as a PNG file. */
export function digitPng(value: Digit, page?: Page): Promise<Buffer> {
  return digit(value, page).png().toBuffer();
}

/** Between the middles of two digits of a number, and of two lines, in units of the strokes. */
const PITCH = { x: 175, y: 270 };

/** A number drawn with a pen on a white page, digit beside digit, its lines apart by line feeds. */
export function numberPng(text: string): Promise<Buffer> {
  const lines = text.split('\n');
  const width = PITCH.x * (Math.max(...lines.map((line) => line.length)) - 1) + 280;
  const height = PITCH.y * (lines.length - 1) + 280;
  const digits = lines.flatMap((line, row) =>
    [...line].map(
      (value, column) =>
        `<path transform="translate(${PITCH.x * column} ${PITCH.y * row})" d="${STROKES[Number(value)]}"/>`,
    ),
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="${width}" height="${height}" fill="#fff"/>
    <g fill="none" stroke="#111" stroke-width="18" stroke-linecap="round" stroke-linejoin="round">${digits.join('')}</g>
  </svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

/** A page without ink. */
export function blankPage(): Promise<Buffer> {
  return sharp({ create: { width: 200, height: 200, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
}

export function onePixel(): Promise<Buffer> {
  return sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } })
    .png()
    .toBuffer();
}

/** A digit whose file ends in the middle of its pixels. */
export async function truncatedPng(): Promise<Buffer> {
  const whole = await digitPng(5);
  return whole.subarray(0, Math.floor(whole.length / 2));
}

/** A tiny PNG whose header claims `side` × `side` pixels; a decoder that believes it allocates 900 MB for 30,000 × 30,000. */
export function pixelBomb(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(65_536))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/** A 4 on a page of 9 megapixels. */
async function largePage(): Promise<Sharp> {
  const mark = await digitPng(4, { side: 1_200 });
  return sharp({ create: { width: 3_000, height: 3_000, channels: 3, background: '#fff' } })
    .composite([{ input: mark, left: 900, top: 900 }])
    .removeAlpha();
}

/**
 * A page of 9 megapixels with a small digit: slow enough for a test to catch a worker in the middle of it, and not heavy, so that
 * a worker runs several at once.
 */
export async function slowPage(): Promise<Buffer> {
  return (await largePage()).png({ compressionLevel: 1 }).toBuffer();
}

/** The same page, interlaced and of 16 bits: it takes half a second and 90 MB to decode. */
export async function heavyPage(): Promise<Buffer> {
  const page = await (await largePage()).png({ compressionLevel: 0 }).toBuffer();
  return sharp(page).toColourspace('rgb16').png({ compressionLevel: 1, progressive: true }).toBuffer();
}

/** Text in a file that is named like an image. */
export const textFile = Buffer.from('This is a letter, not a picture.\n');
export const svgFile = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><path d="${STROKES[3]}"/></svg>`);
export const pdfFile = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<< /Type /Catalog >>\nendobj\n');
