import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { EvaluationError, fileError } from './evaluation-error.ts';
import { type MalformedRow, parseLabels } from './labels.ts';
import { type Digits, readMnist } from './mnist.ts';
import type { Source } from './pipeline.ts';

/** What is measured, and rows of the table that couldn't be. */
export interface Sources {
  sources: Source[];
  malformed: MalformedRow[];
}

/**
 * The pictures of a label table; their paths are relative to it.
 * @throws EvaluationError where the table can't be read or has nothing to measure
 */
export async function tableSources(table: string): Promise<Sources> {
  const folder = dirname(table);
  const text = await readFile(table, 'utf8').catch(fileError('The table can’t be read'));
  const { pictures, malformed } = parseLabels(text);
  if (pictures.length === 0) {
    const why = malformed[0] ? ` ${malformed[0].detail}` : '';
    throw new EvaluationError(`${table} has no row of a digit, or of none, to measure.${why}`);
  }
  const sources = pictures.map((picture) => ({
    picture,
    bytes: () => readFile(join(folder, picture.path)),
  }));
  return { sources, malformed };
}

/** MNIST's 10,000 test digits, each encoded as a PNG. */
export async function mnistSources(): Promise<Sources> {
  const digits = await readMnist('t10k');
  const sources = Array.from(digits.labels, (digit, i) => ({
    picture: { path: `t10k-${i}.png`, digit, kind: 'mnist' },
    bytes: () => encode(digits, i),
  }));
  return { sources, malformed: [] };
}

function encode(digits: Digits, i: number): Promise<Buffer> {
  return sharp(digits.pixels(i), { raw: { width: 28, height: 28, channels: 1 } })
    .png()
    .toBuffer();
}
