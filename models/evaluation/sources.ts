import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '@inkqueue/shared/node/user-error';
import sharp from 'sharp';
import { fileError } from './file-error.ts';
import { type LabelledImage, type MalformedRow, parseLabels } from './labels.ts';
import { type Digits, readMnist } from './mnist.ts';

/** A labelled image and how to get its file's bytes. */
export interface Source {
  image: LabelledImage;
  bytes(): Promise<Uint8Array>;
}

/** The images to measure, and the rows of the table that cannot be measured. */
export interface Sources {
  sources: Source[];
  malformed: MalformedRow[];
}

/**
 * The images of a label table; their paths are relative to the table.
 * @throws UserError where the table cannot be read or has nothing to measure
 */
export async function tableSources(table: string): Promise<Sources> {
  const folder = dirname(table);
  const text = await readFile(table, 'utf8').catch(fileError('The table can’t be read'));
  const { images, malformed } = parseLabels(text);
  if (images.length === 0) {
    const why = malformed[0] ? ` ${malformed[0].detail}` : '';
    throw new UserError(`${table} has no row to measure.${why}`);
  }
  const sources = images.map((image) => ({ image, bytes: () => readFile(join(folder, image.path)) }));
  return { sources, malformed };
}

/** MNIST's 10,000 test digits, each encoded as a PNG. */
export async function mnistSources(): Promise<Sources> {
  const digits = await readMnist('t10k');
  const sources = Array.from(digits.labels, (digit, i) => ({
    image: { path: `t10k-${i}.png`, label: String(digit), kind: 'mnist' },
    bytes: () => encode(digits, i),
  }));
  return { sources, malformed: [] };
}

function encode(digits: Digits, i: number): Promise<Buffer> {
  return sharp(digits.pixels(i), { raw: { width: 28, height: 28, channels: 1 } })
    .png()
    .toBuffer();
}
