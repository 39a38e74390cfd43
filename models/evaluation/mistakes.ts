import { access, constants, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { fileError } from './evaluation-error.ts';
import { isCorrect } from './figures.ts';
import { drawSheet, type Mistake } from './mistakes-sheet.ts';
import type { Outcome } from './outcome.ts';
import type { Source } from './pipeline.ts';

const side = 280;

/** @throws EvaluationError where the folder can't be made or written to */
export async function createFolder(directory: string): Promise<void> {
  const refuse = fileError('Mistakes can’t be written');
  await mkdir(directory, { recursive: true }).catch(refuse);
  await access(directory, constants.W_OK).catch(refuse);
}

/**
 * Writes each misread digit beside the 28×28 that the network saw, as DIGIT-as-READ-path.png, and all of these 28×28 on
 * one sheet.png.
 */
export async function writeMistakes(
  directory: string,
  sources: Source[],
  outcomes: Outcome[],
): Promise<number> {
  const mistakes: Mistake[] = [];
  for (const [i, outcome] of outcomes.entries()) {
    const { picture, answer } = outcome;
    if (picture.digit === null || answer === null || isCorrect(outcome)) continue;
    const name = `${picture.digit}-as-${answer.digit}-${picture.path.replaceAll(/[^\w.-]+/g, '_')}.png`;
    const pair = await drawPair(await sources[i]!.bytes(), answer.pixels);
    await pair.toFile(join(directory, name));
    mistakes.push({ digit: picture.digit, read: answer.digit, pixels: answer.pixels });
  }
  if (mistakes.length > 0) await (await drawSheet(mistakes)).toFile(join(directory, 'sheet.png'));
  return mistakes.length;
}

async function drawPair(file: Uint8Array, pixels: Uint8Array): Promise<Sharp> {
  const original = await sharp(file)
    .autoOrient()
    .resize(side, side, { fit: 'contain', background: '#808080', kernel: 'nearest' })
    .toColourspace('srgb')
    .removeAlpha()
    .png()
    .toBuffer();
  const seen = await sharp(pixels, { raw: { width: 28, height: 28, channels: 1 } })
    .resize(side, side, { kernel: 'nearest' })
    .png()
    .toBuffer();
  return sharp({
    create: { width: 2 * side + 10, height: side, channels: 3, background: '#808080' },
  }).composite([
    { input: original, left: 0, top: 0 },
    { input: seen, left: side + 10, top: 0 },
  ]);
}
