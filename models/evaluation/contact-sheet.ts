import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { argv, exit, stderr, stdout } from 'node:process';
import { createDecoder } from '@inkqueue/worker/pipeline/decode/decoder';
import { normalize } from '@inkqueue/worker/pipeline/normalize';
import type { Grid } from '@inkqueue/worker/pipeline/normalize/raster/grid';
import { type Picture, PictureError } from '@inkqueue/worker/pipeline/picture';
import sharp from 'sharp';

/** Debug command: draws, for each picture of a folder, the input, every step of normalisation and the 28×28. */

const tile = 120;
const gap = 4;
const pixelsMax = 40_000_000;
const steps = ['input', 'grey', 'background', 'residual', 'ink', 'stroke', '28×28'];

type Tiles = Map<string, Buffer>;

async function contactSheet(folder: string, out: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const rows: Tiles[] = [];
  const { decode } = createDecoder({ pixelsMax });
  for (const file of files.sort()) {
    try {
      rows.push(await stepsOf(await decode(await readFile(file))));
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      stderr.write(`${file}: ${error.code}: ${error.message}\n`);
    }
  }
  if (rows.length > 0) await writeFile(out, await compose(rows));
  return rows.length;
}

/** A picture without ink shows the steps up to where none was found. */
async function stepsOf(picture: Picture): Promise<Tiles> {
  const tiles: Tiles = new Map([['input', await draw(picture)]]);
  const seen = new Map<string, { grid: Grid; full: number }>();
  try {
    const { pixels } = normalize(picture, (step, grid, full) => seen.set(step, { grid: copy(grid), full }));
    tiles.set('28×28', await draw({ data: pixels, width: 28, height: 28, channels: 1 }));
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
  }
  for (const [step, { grid, full }] of seen) tiles.set(step, await draw(toPicture(grid, full)));
  return tiles;
}

function copy(grid: Grid): Grid {
  return { ...grid, values: grid.values.slice() };
}

function toPicture({ values, width, height }: Grid, full: number): Picture {
  const data = Uint8Array.from(values, (value) => Math.max(0, Math.min(255, (value * 255) / full)));
  return { data, width, height, channels: 1 };
}

function draw({ data, width, height, channels }: Picture): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels } })
    .resize(tile, tile, {
      fit: 'contain',
      background: '#567',
      kernel: Math.max(width, height) < tile ? 'nearest' : 'lanczos3',
    })
    .toColourspace('srgb')
    .png()
    .toBuffer();
}

function compose(rows: Tiles[]): Promise<Buffer> {
  const tiles = rows.flatMap((row, y) =>
    steps.flatMap((step, x) => {
      const input = row.get(step);
      return input ? [{ input, left: x * (tile + gap) + gap, top: y * (tile + gap) + gap }] : [];
    }),
  );
  const [width, height] = [steps.length * (tile + gap) + gap, rows.length * (tile + gap) + gap];
  return sharp({ create: { width, height, channels: 3, background: '#234' } })
    .composite(tiles)
    .png()
    .toBuffer();
}

const [folder, out] = argv.slice(2);
if (!folder || !out) {
  stderr.write('Usage: npm run contact-sheet -- DIR OUT.png\n');
  exit(2);
}
const rows = await contactSheet(folder, out);
stdout.write(`${rows} pictures, left to right: ${steps.join(', ')}${rows > 0 ? `\n${out}` : ''}\n`);
