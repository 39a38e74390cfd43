/**
 * Draws, for each image of a folder, the bitmap, every step of its normalisation and all that the network is given of it: to
 * see where a digit is lost.
 *
 *   npm run contact-sheet -- DIR OUT.png
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runMain, UserError } from '@inkqueue/shared/node/user-error';
import type { Bitmap } from '@inkqueue/worker/pipeline/bitmap';
import { createDecoder } from '@inkqueue/worker/pipeline/decode/decoder';
import { ImageError } from '@inkqueue/worker/pipeline/image-error';
import { normalize } from '@inkqueue/worker/pipeline/normalize';
import type { Reading } from '@inkqueue/worker/pipeline/reading';
import sharp from 'sharp';

/** Side of a tile and the gap between two, in pixels. */
const TILE = 120;
const GAP = 4;
const DECODE_MAX_BYTES = 512_000_000;
/** From left to right. */
const STEPS = ['input', 'grey', 'background', 'residual', 'detail', 'ink', 'stroke', 'candidates'];
/** Side of the network's input. */
const SIDE = 28;

/** The drawing of each step. */
type Tiles = Map<string, Buffer>;

async function main(): Promise<void> {
  const [folder, out] = process.argv.slice(2);
  if (!folder || !out) throw new UserError('Usage: npm run contact-sheet -- DIR OUT.png');
  const rows = await drawFolder(folder);
  if (rows.length > 0) await writeFile(out, await compose(rows));
  const where = rows.length > 0 ? `\n${out}` : '';
  process.stdout.write(`${rows.length} pictures, left to right: ${STEPS.join(', ')}${where}\n`);
}

async function drawFolder(folder: string): Promise<Tiles[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const rows: Tiles[] = [];
  const { decode } = createDecoder({ memoryMax: DECODE_MAX_BYTES });
  for (const file of files.sort()) {
    try {
      rows.push(await drawSteps(await decode(await readFile(file))));
    } catch (error) {
      if (!(error instanceof ImageError)) throw error;
      process.stderr.write(`${file}: ${error.code}: ${error.message}\n`);
    }
  }
  return rows;
}

/** A bitmap without ink has the steps up to where none was found. */
async function drawSteps(bitmap: Bitmap): Promise<Tiles> {
  const tiles: Tiles = new Map([['input', await draw(bitmap)]]);
  const steps = new Map<string, Bitmap>();
  try {
    const reading = normalize(bitmap, { expect: 'auto' }, (step, { values, width, height }, full) => {
      const data = Uint8Array.from(values, (value) => Math.max(0, Math.min(255, (value * 255) / full)));
      steps.set(step, { data, width, height, channels: 1 });
    });
    steps.set('candidates', allCandidates(reading));
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
  }
  for (const [step, drawn] of steps) tiles.set(step, await draw(drawn));
  return tiles;
}

/** What the network is given of a picture, as near to a square as its number allows. */
function allCandidates({ lines }: Reading): Bitmap {
  const candidates = lines.flatMap((line) => line.candidates);
  const across = Math.ceil(Math.sqrt(candidates.length));
  const width = across * SIDE;
  const height = Math.ceil(candidates.length / across) * SIDE;
  const data = new Uint8Array(width * height);
  for (const [i, { pixels }] of candidates.entries()) {
    const at = Math.floor(i / across) * SIDE * width + (i % across) * SIDE;
    for (let y = 0; y < SIDE; y++) data.set(pixels.subarray(y * SIDE, (y + 1) * SIDE), at + y * width);
  }
  return { data, width, height, channels: 1 };
}

function draw({ data, width, height, channels }: Bitmap): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels } })
    .resize(TILE, TILE, {
      fit: 'contain',
      background: '#567',
      kernel: Math.max(width, height) < TILE ? 'nearest' : 'lanczos3',
    })
    .toColourspace('srgb')
    .png()
    .toBuffer();
}

function compose(rows: Tiles[]): Promise<Buffer> {
  const tiles = rows.flatMap((row, y) =>
    STEPS.flatMap((step, x) => {
      const input = row.get(step);
      return input ? [{ input, left: x * (TILE + GAP) + GAP, top: y * (TILE + GAP) + GAP }] : [];
    }),
  );
  const [width, height] = [STEPS.length * (TILE + GAP) + GAP, rows.length * (TILE + GAP) + GAP];
  return sharp({ create: { width, height, channels: 3, background: '#234' } })
    .composite(tiles)
    .png()
    .toBuffer();
}

runMain('contact-sheet', main);
