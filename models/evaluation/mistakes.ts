import { access, constants, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { fileError } from './file-error.ts';
import { isCorrect, type Measurement, onlyDigit, whatIsShown } from './measurement.ts';
import { drawSheet, type Mistake } from './mistakes-sheet.ts';
import type { Source } from './sources.ts';

/** Of each image of a pair, in pixels. */
const SIDE = 280;
const GAP = 10;

/** @throws UserError where the folder cannot be made or written to */
export async function createFolder(directory: string): Promise<void> {
  const refuse = fileError('Mistakes can’t be written');
  await mkdir(directory, { recursive: true }).catch(refuse);
  await access(directory, constants.W_OK).catch(refuse);
}

/**
 * Writes each digit that was read as another one beside the network's input, as DIGIT-as-PREDICTED-path.png, and all network inputs on one
 * sheet.png.
 *
 * @returns how many there are
 */
export async function writeMistakes(
  directory: string,
  sources: Source[],
  measurements: Measurement[],
): Promise<number> {
  const mistakes: Mistake[] = [];
  for (const [i, measurement] of measurements.entries()) {
    const { image } = measurement;
    const read = onlyDigit(measurement);
    if (whatIsShown(measurement) !== 'digit' || read === null || isCorrect(measurement)) continue;
    const name = `${image.label}-as-${read.digit}-${image.path.replaceAll(/[^\w.-]+/g, '_')}.png`;
    const pair = await drawPair(await sources[i]!.bytes(), read.pixels);
    await pair.toFile(join(directory, name));
    mistakes.push({ digit: Number(image.label), predicted: read.digit, pixels: read.pixels });
  }
  if (mistakes.length > 0) await (await drawSheet(mistakes)).toFile(join(directory, 'sheet.png'));
  return mistakes.length;
}

async function drawPair(file: Uint8Array, pixels: Uint8Array): Promise<Sharp> {
  const original = await sharp(file)
    .autoOrient()
    .resize(SIDE, SIDE, { fit: 'contain', background: '#808080', kernel: 'nearest' })
    .toColourspace('srgb')
    .removeAlpha()
    .png()
    .toBuffer();
  const input = await sharp(pixels, { raw: { width: 28, height: 28, channels: 1 } })
    .resize(SIDE, SIDE, { kernel: 'nearest' })
    .png()
    .toBuffer();
  return sharp({
    create: { width: 2 * SIDE + GAP, height: SIDE, channels: 3, background: '#808080' },
  }).composite([
    { input: original, left: 0, top: 0 },
    { input, left: SIDE + GAP, top: 0 },
  ]);
}
