/**
 * Renders the training examples: every MNIST training digit as production normalizes it, the same digits and font glyphs
 * redrawn large on screens and paper, and drawings that are not digits.
 *
 *   node models/dist/training/examples/render.js --out FOLDER [--kind redrawn …] [--variants 4] [--part 0/1]
 *
 * FOLDER holds the glyphs that glyphs.py drew.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runMain, UserError } from '@inkqueue/shared/node/user-error';
import { ImageError } from '@inkqueue/worker/pipeline/image-error';
import { normalizeDigit } from '@inkqueue/worker/pipeline/normalize';
import { type Digits, readMnist } from '../../evaluation/mnist.ts';
import { drawFigure } from './drawn/figures.ts';
import { drawForm } from './drawn/forms.ts';
import { scribble } from './drawn/scribble.ts';
import { isDigitByChance, isRow, isUpright } from './drawn/shapes.ts';
import { renderBlobs, renderHalf, renderStruck } from './drawn/spoilt.ts';
import { renderBlank, renderExample } from './example.ts';
import { renderNumber } from './numbers.ts';
import { type Mask, traceStrokes } from './pen/strokes.ts';
import { createRandom, type Random } from './random.ts';
import { createShardWriter, isHeld, NO_DIGIT, NO_ORIGIN } from './shards.ts';
import { digitMask, digitRow, readGlyphs } from './sources.ts';

/** How many times finer than their pixels MNIST's digits and glyphs are traced. */
const DIGIT_DETAIL = 3;
const GLYPH_DETAIL = 1;
/** Examples that are drawn from nothing, for each variant of a digit. */
const FORMS_PER_VARIANT = 8_000;
const OUTLIERS_PER_VARIANT = 2_500;
const NUMBERS_PER_VARIANT = 4_000;

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

/** Digits that fill a square whatever their shape was, as some scans and data sets are cut. */
async function renderStretched(digits: Digits, job: Job): Promise<void> {
  const shard = createShardWriter(join(job.out, `stretched-${job.part}`));
  for (let i = job.part; i < digits.n; i += 2 * job.parts) {
    const strokes = traceStrokes(digitMask(digits, i), DIGIT_DETAIL);
    const pixels = strokes && renderExample(strokes, job.random, { squareness: job.random.uniform(0.6, 1) });
    if (pixels) await shard.add(pixels, digits.labels[i]!, i);
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
    for (const pixels of renderSpoilt(digits, job.random))
      if (pixels && !isDigitByChance(pixels)) await shard.add(pixels, NO_DIGIT, NO_ORIGIN);
  }
  await shard.close();
}

async function renderNumbers(digits: Digits, job: Job): Promise<void> {
  const cutouts = createShardWriter(join(job.out, `cutouts-${job.part}`));
  const fragments = createShardWriter(join(job.out, `fragments-${job.part}`));
  const all = Array.from({ length: digits.n }, (_, i) => i);
  const sides = [all.filter(isHeld), all.filter((i) => !isHeld(i))];
  const rounds = Math.round((job.variants * NUMBERS_PER_VARIANT) / job.parts);
  for (let k = 0; k < rounds; k++) {
    // All digits of a number are on the same side of the split.
    const side = job.random.chance(sides[0]!.length / digits.n) ? sides[0]! : sides[1]!;
    const written = Array.from({ length: job.random.integer(2, 5) }, () => job.random.pick(side)).flatMap(
      (origin) => {
        const strokes = traceStrokes(digitMask(digits, origin), DIGIT_DETAIL);
        return strokes ? [{ strokes, label: digits.labels[origin]!, origin }] : [];
      },
    );
    for (const { pixels, label, origin } of renderNumber(written, job.random))
      await (label === NO_DIGIT ? fragments : cutouts).add(pixels, label, origin);
    if (k % 1000 === 0) report(`numbers ${k}`);
  }
  await cutouts.close();
  await fragments.close();
}

/** What is around digits, and what is left of them; crossed noughts and sevens are digits. */
function renderSpoilt(digits: Digits, random: Random): (Uint8Array | null)[] {
  const at = random.integer(0, digits.n - 1);
  const strokes = traceStrokes(digitMask(digits, at), DIGIT_DETAIL);
  const isCrossed = digits.labels[at] === 0 || digits.labels[at] === 7;
  return [
    random.chance(0.5) ? renderMask(drawFigure(random), GLYPH_DETAIL, random) : null,
    random.chance(0.3) ? renderBlobs(random) : null,
    strokes && renderHalf(strokes, random),
    strokes && !isCrossed && random.chance(0.6) ? renderStruck(strokes, random) : null,
  ];
}

function renderMask(mask: Mask, detail: number, random: Random): Uint8Array | null {
  const strokes = traceStrokes(mask, detail);
  return strokes && renderExample(strokes, random);
}

function report(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      kind: { type: 'string', multiple: true },
      variants: { type: 'string', default: '4' },
      part: { type: 'string', default: '0/1' },
    },
  });
  if (!values.out) throw new UserError('Usage: render --out FOLDER');
  const [part = 0, parts = 1] = values.part.split('/').map(Number);
  const job = {
    out: values.out,
    variants: Number(values.variants),
    part,
    parts,
  };
  await mkdir(job.out, { recursive: true });
  const digits = await readMnist('train');
  const kinds: Record<string, (job: Job) => Promise<void>> = {
    plain: (job) => renderPlain(digits, job),
    glyphs: (job) => renderGlyphs(join(job.out, 'glyphs'), job),
    forms: renderForms,
    outliers: (job) => renderOutliers(digits, job),
    redrawn: (job) => renderDigits(digits, job),
    stretched: (job) => renderStretched(digits, job),
    numbers: (job) => renderNumbers(digits, job),
  };
  for (const [k, [kind, render]] of Object.entries(kinds).entries()) {
    // Each kind has its own random numbers, so that it can be rendered again without the others.
    if (!values.kind || values.kind.includes(kind))
      await render({ ...job, random: createRandom(1 + part + 1000 * k) });
  }
}

runMain('render', main);
