/**
 * Renders the training examples: every MNIST training digit as production reads it, the same digits and font glyphs
 * redrawn large on screens and paper, and what is no digit.
 *
 *   node models/dist/training/examples/render.js --glyphs FOLDER/glyphs --out FOLDER [--variants 4] [--part 0/1]
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { normalize } from '@inkqueue/worker/pipeline/normalize';
import { PictureError } from '@inkqueue/worker/pipeline/picture';
import { type Digits, readMnist } from '../../evaluation/mnist.ts';
import { renderBlank, renderExample } from './example.ts';
import { drawForm } from './forms.ts';
import { createRandom, type Random } from './random.ts';
import { scribble } from './scribble.ts';
import { createShardWriter, noDigit, noOrigin } from './shards.ts';
import { digitMask, digitRow, readGlyphs } from './sources.ts';
import { type Mask, traceStrokes } from './strokes.ts';

const digitDetail = 3;
const glyphDetail = 1;

interface Job {
  out: string;
  variants: number;
  /** This process renders the digits and glyphs whose index is `part` modulo `parts`. */
  part: number;
  parts: number;
  random: Random;
}

async function renderPlain(digits: Digits, job: Job): Promise<void> {
  const shard = createShardWriter(join(job.out, `plain-${job.part}`));
  for (let i = job.part; i < digits.n; i += job.parts) {
    const picture = { data: digits.pixels(i), width: 28, height: 28, channels: 1 as const };
    try {
      await shard.add(normalize(picture).pixels, digits.labels[i]!, i);
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
    }
  }
  await shard.close();
}

async function renderDigits(digits: Digits, job: Job): Promise<void> {
  const shard = createShardWriter(join(job.out, `redrawn-${job.part}`));
  for (let i = job.part; i < digits.n; i += job.parts) {
    const strokes = traceStrokes(digitMask(digits, i), digitDetail);
    for (let k = 0; strokes && k < job.variants; k++) {
      const pixels = renderExample(strokes, job.random);
      if (pixels) await shard.add(pixels, digits.labels[i]!, i);
    }
    if (i % 6000 < job.parts) report(`digits ${i}`);
  }
  await shard.close();
}

async function renderGlyphs(path: string, job: Job): Promise<void> {
  const shard = createShardWriter(join(job.out, `glyphs-${job.part}`));
  const glyphs = await readGlyphs(path);
  for (let i = job.part; i < glyphs.length; i += job.parts) {
    const { mask, label } = glyphs[i]!;
    const strokes = traceStrokes(mask, glyphDetail);
    for (let k = label === noDigit ? job.variants : job.variants * 4; strokes && k > 0; k--) {
      const pixels = renderExample(strokes, job.random);
      if (pixels) await shard.add(pixels, label, noOrigin);
    }
  }
  await shard.close();
}

async function renderForms(job: Job): Promise<void> {
  const shard = createShardWriter(join(job.out, `forms-${job.part}`));
  for (let k = Math.round((job.variants * 8000) / job.parts); k > 0; k--) {
    const { mask, digit } = drawForm(job.random);
    const pixels = renderMask(mask, glyphDetail, job.random);
    if (pixels) await shard.add(pixels, digit, noOrigin);
  }
  await shard.close();
}

async function renderOutliers(digits: Digits, job: Job): Promise<void> {
  const shard = createShardWriter(join(job.out, `outliers-${job.part}`));
  const rounds = Math.round((job.variants * 2500) / job.parts);
  for (let k = 0; k < rounds; k++) {
    const drawn = renderMask(scribble(job.random), glyphDetail, job.random);
    const row = renderMask(digitRow(digits, job.random), digitDetail - 1, job.random);
    const blank = renderBlank(job.random);
    if (drawn && !isUpright(drawn)) await shard.add(drawn, noDigit, noOrigin);
    if (row && isRow(row)) await shard.add(row, noDigit, noOrigin);
    if (blank && !isUpright(blank)) await shard.add(blank, noDigit, noOrigin);
  }
  await shard.close();
}

function renderMask(mask: Mask, detail: number, random: Random): Uint8Array | null {
  const strokes = traceStrokes(mask, detail);
  return strokes && renderExample(strokes, random);
}

/** Columns and rows with ink. */
function extent(pixels: Uint8Array): { width: number; height: number } {
  const columns = new Uint8Array(28);
  const rows = new Uint8Array(28);
  for (let i = 0; i < pixels.length; i++) {
    if (pixels[i]! < 64) continue;
    columns[i % 28] = 1;
    rows[Math.floor(i / 28)] = 1;
  }
  const count = (set: Uint8Array) => set.reduce((a, b) => a + b, 0);
  return { width: count(columns), height: count(rows) };
}

/** Whether a row of digits was kept as a row, rather than cut down to one of them. */
function isRow(pixels: Uint8Array): boolean {
  const { width, height } = extent(pixels);
  return width > 1.5 * height;
}

/** An upright line is a one, whatever it was meant as. */
function isUpright(pixels: Uint8Array): boolean {
  const { width, height } = extent(pixels);
  return height > 2 * width;
}

function report(line: string): void {
  process.stderr.write(`${line}\n`);
}

const { values } = parseArgs({
  options: {
    glyphs: { type: 'string' },
    out: { type: 'string' },
    variants: { type: 'string', default: '4' },
    part: { type: 'string', default: '0/1' },
  },
});
if (!values.glyphs || !values.out) throw new Error('usage: render --glyphs FOLDER/glyphs --out FOLDER');
const [part = 0, parts = 1] = values.part.split('/').map(Number);
const job: Job = {
  out: values.out,
  variants: Number(values.variants),
  part,
  parts,
  random: createRandom(1 + part),
};
await mkdir(job.out, { recursive: true });
const digits = await readMnist('train');
await renderPlain(digits, job);
await renderGlyphs(values.glyphs, job);
await renderForms(job);
await renderOutliers(digits, job);
await renderDigits(digits, job);
