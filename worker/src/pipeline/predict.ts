import type { ModelManifest } from '@inkqueue/shared/contracts/model';
import { DIGITS_MAX } from '@inkqueue/shared/contracts/prediction';
import pLimit from 'p-limit';
import { createBatcher, type RunNetwork } from './batcher.ts';
import { chooseWay } from './choose.ts';
import { HeavierThanSaid } from './decode/decoder.ts';
import { explain } from './explain.ts';
import { ImageError } from './image-error.ts';
import type { Model } from './model.ts';
import { postprocess, type RecognizedDigit } from './postprocess.ts';
import type { Preprocess } from './preprocess.ts';
import type { Reading } from './reading.ts';

/** A second look is believed where each of its digits is this likely right. */
const SURE = 0.9;

/**
 * The chain that makes every prediction: preprocess → run → postprocess → choose. Images are preprocessed one by one and run
 * through the network in micro-batches. What the network doubts is looked at twice where it may be digits that touch.
 *
 * @param options.batchMax tensors in one run of the network
 * @param options.concurrency images preprocessed at once: bounds the memory of their bitmaps
 */
export function createPredict(options: {
  model: Pick<Model, 'manifest'> & { run: RunNetwork };
  preprocess: Preprocess;
  batchMax: number;
  concurrency: number;
}) {
  const { model, preprocess, batchMax } = options;
  const { infer } = createBatcher({ model, batchMax });
  const limit = pLimit(options.concurrency);

  async function look(bytes: Uint8Array, options: Parameters<Preprocess>[1], traceparent?: string) {
    const { reading, tensors, timings } = await limit(preprocess, bytes, options).catch(toImageError);
    const preprocessedAt = now();
    const { logits, milliseconds, batchSize, images } = await infer(tensors, traceparent);
    const { decode_ms: decodeMs, normalize_ms: normalizeMs } = timings;
    const stages = { preprocessedAt, inferredAt: now(), decodeMs, normalizeMs, inferenceMs: milliseconds };
    const lines = readLines(reading, logits, model.manifest);
    const isDoubted = reading.mayBeSeveral === true && lines.flat().some(({ uncertain }) => uncertain);
    return {
      lines,
      isDoubted,
      stages,
      timings: {
        ...timings,
        inference_ms: milliseconds,
        batch_size: batchSize,
        batch_pictures: images,
      },
    };
  }

  async function lookTwice(bytes: Uint8Array, options: Parameters<Preprocess>[1] = {}, traceparent?: string) {
    const first = await look(bytes, options, traceparent);
    const { lines, isDoubted, stages, timings } = first;
    // A heavy image would keep the others waiting twice as long.
    if (!isDoubted || options.mayBeHeavy) return { lines, stages, timings };
    const second = await look(bytes, { ...options, expect: 'many' }, traceparent).catch(toNoSecond);
    const both = second ? sum(timings, second.timings) : timings;
    return second && isSure(second.lines)
      ? { lines: second.lines, stages: second.stages, timings: both }
      : { lines, stages, timings: both };
  }

  /**
   * @param options as `preprocess` takes them, and whether the client asks why
   * @param traceparent of the request whose image it is, where requests are traced
   * @returns the digits that the image shows, line by line, the milliseconds of each stage of all looks, the
   *   stages of the one that is believed, with when they ended, in Unix milliseconds, and why, for a client that asks
   * @throws ImageError for an image that cannot be preprocessed, whatever was thrown; any other error is the service's own
   * @throws HeavierThanSaid as `preprocess` does
   */
  return async (
    bytes: Uint8Array,
    { isExplained = false, ...options }: Parameters<Preprocess>[1] & { isExplained?: boolean } = {},
    traceparent?: string,
  ) => {
    const { lines, stages, timings } = await lookTwice(bytes, options, traceparent);
    if (!isExplained) return { lines, stages, timings: rounded(timings) };
    const start = performance.now();
    const explanation = await explain(lines.flat(), { manifest: model.manifest, infer, batchMax });
    const explain_ms = performance.now() - start;
    return { lines, stages, timings: rounded({ ...timings, explain_ms }), explanation };
  };
}
export type Predict = ReturnType<typeof createPredict>;

/** Unix milliseconds, to the microsecond. */
const now = () => performance.timeOrigin + performance.now();

/** The first look is an answer, whatever keeps from a second one. */
function toNoSecond(error: unknown): null {
  if (error instanceof ImageError || error instanceof HeavierThanSaid) return null;
  throw error;
}

function isSure(lines: readonly RecognizedDigit[][]): boolean {
  return lines.flat().every(({ confidence, digitScore }) => confidence * digitScore >= SURE);
}

/** How long the stages of a prediction took, in milliseconds, and how many tensors of how many images were run at once. */
interface Timings {
  decode_ms: number;
  normalize_ms: number;
  inference_ms: number;
  batch_size: number;
  batch_pictures: number;
  explain_ms?: number;
}

function sum(a: Timings, b: Timings): Timings {
  return {
    decode_ms: a.decode_ms + b.decode_ms,
    normalize_ms: a.normalize_ms + b.normalize_ms,
    inference_ms: a.inference_ms + b.inference_ms,
    batch_size: b.batch_size,
    batch_pictures: b.batch_pictures,
  };
}

/** Milliseconds rounded to whole microseconds. */
function rounded({ decode_ms, normalize_ms, inference_ms, explain_ms, ...batch }: Timings): Timings {
  const round = (milliseconds: number) => Math.round(milliseconds * 1000) / 1000;
  return {
    decode_ms: round(decode_ms),
    normalize_ms: round(normalize_ms),
    inference_ms: round(inference_ms),
    ...batch,
    ...(explain_ms !== undefined && { explain_ms: round(explain_ms) }),
  };
}

/** @param logits of all candidates, in their order */
function readLines(
  reading: Reading,
  logits: readonly Float32Array[],
  manifest: ModelManifest,
): RecognizedDigit[][] {
  let at = 0;
  const lines = reading.lines.map((line) => {
    const judged = line.candidates.map((candidate) => ({
      ...candidate,
      classification: postprocess(logits[at++]!, manifest),
    }));
    return chooseWay(line, judged).map(({ pixels, box, isDoubtful, classification }) => ({
      ...classification,
      uncertain: classification.uncertain || isDoubtful,
      pixels,
      box,
    }));
  });
  return lines.flat().length > DIGITS_MAX ? firstOf(lines) : lines;
}

/** As many digits as a result may have. There are more: none of them is certain to be what the picture says. */
function firstOf(lines: readonly RecognizedDigit[][]): RecognizedDigit[][] {
  let left = DIGITS_MAX;
  const kept = lines.map((line) => {
    const first = line.slice(0, left).map((digit) => ({ ...digit, uncertain: true }));
    left -= first.length;
    return first;
  });
  return kept.filter((line) => line.length > 0);
}

/** What one image makes the pipeline throw costs no other image. */
function toImageError(cause: unknown): never {
  if (cause instanceof ImageError || cause instanceof HeavierThanSaid) throw cause;
  throw new ImageError(
    'internal',
    'Something went wrong while the picture was read. Try again, or send another one.',
    {
      cause,
    },
  );
}
