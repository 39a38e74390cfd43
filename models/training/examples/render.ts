/**
 * Renders the training examples: every MNIST training digit as production normalizes it, the same digits and font glyphs
 * redrawn large on screens and paper, and drawings that are not digits.
 *
 *   node models/dist/training/examples/render.js --glyphs FOLDER/glyphs --out FOLDER [--variants 4] [--part 0/1]
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runMain, UserError } from '@inkqueue/shared/node/user-error';
import { ImageError } from '@inkqueue/worker/pipeline/image-error';
import { normalizeDigit } from '@inkqueue/worker/pipeline/normalize';
import { type Digits, readMnist } from '../../evaluation/mnist.ts';
import { renderBlank, renderExample } from './example.ts';
import { drawForm } from './forms.ts';
import { createRandom, type Random } from './random.ts';
import { scribble } from './scribble.ts';
import { createShardWriter, NO_DIGIT, NO_ORIGIN } from './shards.ts';
import { digitMask, digitRow, readGlyphs } from './sources.ts';
import { type Mask, traceStrokes } from './strokes.ts';

/** How many times finer than their pixels MNIST's digits and glyphs are traced. */
const DIGIT_DETAIL = 3;
const GLYPH_DETAIL = 1;
/** Examples that are drawn from nothing, for each variant of a digit. */
const FORMS_PER_VARIANT = 8_000;
const OUTLIERS_PER_VARIANT = 2_500;

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
    const bitmap = { data: digits.pixels(i), width: 28, height: 28, channels: 1 as const };
    try {
      await shard.add(normalizeDigit(bitmap), digits.labels[i]!, i);
    } catch (error) {
      if (!(error instanceof ImageError)) throw error;
    }
  }
  await shard.close();
}

async function renderDigits(digits: Digits, job: Job): Promise<void> {
  const shard = createShardWriter(join(job.out, `redrawn-${job.part}`));
  for (let i = job.part; i < digits.n; i += job.parts) {
    const strokes = traceStrokes(digitMask(digits, i), DIGIT_DETAIL);
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
    const strokes = traceStrokes(mask, GLYPH_DETAIL);
    for (let k = label === NO_DIGIT ? job.variants : job.variants * 4; strokes && k > 0; k--) {
      const pixels = renderExample(strokes, job.random);
      if (pixels) await shard.add(pixels, label, NO_ORIGIN);
    }
  }
  await shard.close();
}

async function renderForms(job: Job): Promise<void> {
  const shard = createShardWriter(join(job.out, `forms-${job.part}`));
  for (let k = Math.round((job.variants * FORMS_PER_VARIANT) / job.parts); k > 0; k--) {
    const { mask, digit } = drawForm(job.random);
    const pixels = renderMask(mask, GLYPH_DETAIL, job.random);
    if (pixels) await shard.add(pixels, digit, NO_ORIGIN);
  }
  await shard.close();
}

async function renderOutliers(digits: Digits, job: Job): Promise<void> {
  const shard = createShardWriter(join(job.out, `outliers-${job.part}`));
  const rounds = Math.round((job.variants * OUTLIERS_PER_VARIANT) / job.parts);
  for (let k = 0; k < rounds; k++) {
    const drawn = renderMask(scribble(job.random), GLYPH_DETAIL, job.random);
    const row = renderMask(digitRow(digits, job.random), DIGIT_DETAIL - 1, job.random);
    const blank = renderBlank(job.random);
    if (drawn && !isUpright(drawn)) await shard.add(drawn, NO_DIGIT, NO_ORIGIN);
    if (row && isRow(row)) await shard.add(row, NO_DIGIT, NO_ORIGIN);
    if (blank && !isUpright(blank)) await shard.add(blank, NO_DIGIT, NO_ORIGIN);
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

/** Whether a row of digits is still a row: normalization may have cut it down to one digit. */
function isRow(pixels: Uint8Array): boolean {
  const { width, height } = extent(pixels);
  return width > 1.5 * height;
}

/** An upright line is a one, whatever was drawn. */
function isUpright(pixels: Uint8Array): boolean {
  const { width, height } = extent(pixels);
  return height > 2 * width;
}

function report(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      glyphs: { type: 'string' },
      out: { type: 'string' },
      variants: { type: 'string', default: '4' },
      part: { type: 'string', default: '0/1' },
    },
  });
  if (!values.glyphs || !values.out) throw new UserError('Usage: render --glyphs FOLDER/glyphs --out FOLDER');
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
}

runMain('render', main);
