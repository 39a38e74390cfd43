import type { ModelManifest } from '@inkqueue/shared/contracts/model';
import { DIGITS_MAX } from '@inkqueue/shared/contracts/prediction';
import pLimit from 'p-limit';
import { createBatcher } from './batcher.ts';
import { chooseWay } from './choose.ts';
import { HeavierThanSaid } from './decode/decoder.ts';
import { ImageError } from './image-error.ts';
import type { Model } from './model.ts';
import { postprocess, type RecognizedDigit } from './postprocess.ts';
import type { Preprocess } from './preprocess.ts';
import type { Reading } from './reading.ts';

/**
 * The chain that makes every prediction: preprocess → run → postprocess → choose. Images are preprocessed one by one and run
 * through the network in micro-batches.
 *
 * @param options.batchMax tensors in one run of the network
 * @param options.concurrency images preprocessed at once: bounds the memory of their bitmaps
 */
export function createPredict(options: {
  model: Pick<Model, 'manifest' | 'run'>;
  preprocess: Preprocess;
  batchMax: number;
  concurrency: number;
}) {
  const { model, preprocess, batchMax } = options;
  const { infer } = createBatcher({ model, batchMax });
  const limit = pLimit(options.concurrency);
  /**
   * @param options as `preprocess` takes them
   * @returns the digits that the image shows, line by line, and the milliseconds of each stage
   * @throws ImageError for an image that cannot be preprocessed, whatever was thrown; any other error is the service's own
   * @throws HeavierThanSaid as `preprocess` does
   */
  return async (bytes: Uint8Array, options?: Parameters<Preprocess>[1]) => {
    const { reading, tensors, timings } = await limit(preprocess, bytes, options).catch(toImageError);
    const { logits, milliseconds, batchSize } = await infer(tensors);
    return {
      lines: readLines(reading, logits, model.manifest),
      timings: {
        decode_ms: roundToMicroseconds(timings.decode_ms),
        normalize_ms: roundToMicroseconds(timings.normalize_ms),
        inference_ms: roundToMicroseconds(milliseconds),
        batch_size: batchSize,
      },
    };
  };
}
export type Predict = ReturnType<typeof createPredict>;

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

/** Milliseconds, rounded to whole microseconds. */
function roundToMicroseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
