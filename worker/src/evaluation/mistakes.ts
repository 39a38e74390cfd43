import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { isCorrect } from './figures.ts';
import type { Outcome } from './outcome.ts';
import type { Source } from './pipeline.ts';

const side = 280;

/** Writes each misread digit beside the 28×28 that the network saw, as DIGIT-as-READ-path.png. */
export async function writeMistakes(
  directory: string,
  sources: Source[],
  outcomes: Outcome[],
): Promise<number> {
  await mkdir(directory, { recursive: true });
  let written = 0;
  for (const [i, outcome] of outcomes.entries()) {
    const { picture, answer } = outcome;
    if (picture.digit === null || answer === null || isCorrect(outcome)) continue;
    const name = `${picture.digit}-as-${answer.digit}-${picture.path.replaceAll(/[^\w.-]+/g, '_')}.png`;
    const original = await sharp(await sources[i]!.bytes())
      .autoOrient()
      .resize(side, side, { fit: 'contain', background: '#808080', kernel: 'nearest' })
      .toColourspace('srgb')
      .removeAlpha()
      .png()
      .toBuffer();
    const seen = await sharp(answer.pixels, { raw: { width: 28, height: 28, channels: 1 } })
      .resize(side, side, { kernel: 'nearest' })
      .png()
      .toBuffer();
    await sharp({ create: { width: 2 * side + 10, height: side, channels: 3, background: '#808080' } })
      .composite([
        { input: original, left: 0, top: 0 },
        { input: seen, left: side + 10, top: 0 },
      ])
      .toFile(join(directory, name));
    written++;
  }
  return written;
}
