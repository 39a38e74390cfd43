import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { parseLabels } from './labels.ts';
import { type Digits, readMnist } from './mnist.ts';
import type { Source } from './pipeline.ts';

/** The pictures of a label table; their paths are relative to it. */
export async function tableSources(table: string): Promise<Source[]> {
  const folder = dirname(table);
  return parseLabels(await readFile(table, 'utf8')).map((picture) => ({
    picture,
    bytes: () => readFile(join(folder, picture.path)),
  }));
}

/** MNIST's 10,000 test digits, each encoded as a PNG. */
export async function mnistSources(): Promise<Source[]> {
  const digits = await readMnist('t10k');
  return Array.from(digits.labels, (digit, i) => ({
    picture: { path: `t10k-${i}.png`, digit, kind: 'mnist' },
    bytes: () => encode(digits, i),
  }));
}

function encode(digits: Digits, i: number): Promise<Buffer> {
  return sharp(digits.pixels(i), { raw: { width: 28, height: 28, channels: 1 } })
    .png()
    .toBuffer();
}
