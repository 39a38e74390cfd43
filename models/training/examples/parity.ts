/**
 * Draws the pictures of parity.json: digits in several hands on screens and paper, as PNG, and the 28×28 ink that
 * production makes of each. models/training/parity.py adds PyTorch's logits.
 *
 *   node models/dist/training/examples/parity.js OUT
 */
import { writeFile } from 'node:fs/promises';
import { createDecoder } from '@inkqueue/worker/pipeline/decode/decoder';
import { normalize } from '@inkqueue/worker/pipeline/normalize';
import sharp from 'sharp';
import { drawForm } from './forms.ts';
import { photograph, type Surface } from './page.ts';
import { draw } from './pen.ts';
import { createRandom } from './random.ts';
import { scribble } from './scribble.ts';
import { type Mask, traceStrokes } from './strokes.ts';

const random = createRandom(20);
const decoder = createDecoder({ pixelsMax: 1e6 });

async function drawFixture(name: string, mask: Mask, surface: Surface) {
  const strokes = traceStrokes(mask, 1);
  if (!strokes) throw new Error(`${name} has no ink`);
  const page = { width: 64, height: 64, size: 44, overhang: 0 };
  const picture = photograph(draw(strokes, page, random), surface, random);
  const { width, height, channels } = picture;
  const png = await sharp(picture.data, { raw: { width, height, channels } }).png().toBuffer();
  const { pixels } = normalize(await decoder.decode(png));
  return { name, png: png.toString('base64'), pixels: Buffer.from(pixels).toString('base64') };
}

const fixtures = [];
for (const surface of ['screen', 'paper'] as const) {
  for (let k = 0; k < 6; k++) {
    const { mask, digit } = drawForm(random);
    fixtures.push(await drawFixture(`${digit} on ${surface} (${k})`, mask, surface));
  }
  fixtures.push(await drawFixture(`scribble on ${surface}`, scribble(random), surface));
}

const out = process.argv[2];
if (!out) throw new Error('usage: parity OUT');
await writeFile(out, JSON.stringify(fixtures));
