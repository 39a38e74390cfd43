/**
 * Draws the fixtures of parity.json: digits in several hands on screens and paper, as PNG, and the 28×28 ink that
 * production makes of each. models/training/parity.py adds PyTorch's logits.
 *
 *   node models/dist/training/examples/parity.js MODEL OUT
 */
import { writeFile } from 'node:fs/promises';
import { runMain, UserError } from '@inkqueue/shared/node/user-error';
import { readManifest } from '@inkqueue/worker/pipeline/model';
import { createPreprocess, type Preprocess } from '@inkqueue/worker/pipeline/preprocess';
import sharp from 'sharp';
import { drawForm } from './drawn/forms.ts';
import { scribble } from './drawn/scribble.ts';
import { type Medium, photograph } from './pen/page.ts';
import { drawStrokes } from './pen/pen.ts';
import { type Mask, traceStrokes } from './pen/strokes.ts';
import { createRandom } from './random.ts';

const DECODE_MAX_BYTES = 10_000_000;
const FORMS_PER_MEDIUM = 6;
const PAGE = { width: 64, height: 64, size: 44, overhang: 0 };
const random = createRandom(20);

async function main(): Promise<void> {
  const [model, out] = process.argv.slice(2);
  if (!model || !out) throw new UserError('Usage: parity MODEL OUT');
  const preprocess = createPreprocess({ manifest: await readManifest(model), memoryMax: DECODE_MAX_BYTES });
  const fixtures = [];
  for (const medium of ['screen', 'paper'] as const) {
    for (let k = 0; k < FORMS_PER_MEDIUM; k++) {
      const { mask, digit } = drawForm(random);
      fixtures.push(await drawFixture(`${digit} on ${medium} (${k})`, { mask, medium, preprocess }));
    }
    const mask = scribble(random);
    fixtures.push(await drawFixture(`scribble on ${medium}`, { mask, medium, preprocess }));
  }
  await writeFile(out, JSON.stringify(fixtures));
}

async function drawFixture(
  name: string,
  { mask, medium, preprocess }: { mask: Mask; medium: Medium; preprocess: Preprocess },
) {
  const strokes = traceStrokes(mask, 1);
  if (!strokes) throw new Error(`${name} has no ink`);
  const { data, width, height, channels } = photograph(drawStrokes(strokes, PAGE, random), medium, random);
  const png = await sharp(data, { raw: { width, height, channels } }).png().toBuffer();
  const { reading } = await preprocess(png, { expect: 'one' });
  const { pixels } = reading.lines[0]!.candidates[0]!;
  return { name, png: png.toString('base64'), pixels: Buffer.from(pixels).toString('base64') };
}

runMain('parity', main);
