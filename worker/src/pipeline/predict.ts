import pLimit from 'p-limit';
import { createBatcher } from './batcher.ts';
import { ImageError } from './image-error.ts';
import type { Model } from './model.ts';
import { postprocess } from './postprocess.ts';
import type { Preprocess } from './preprocess.ts';

/**
 * The chain that makes every prediction: preprocess → run → postprocess. Images are preprocessed one by one and run
 * through the network in micro-batches.
 *
 * @param options.batchMax images in one run of the network
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
   * @returns what the image shows, the ink that the network was given (0…255), and the milliseconds of each stage
   * @throws ImageError for an image that cannot be preprocessed, whatever was thrown; any other error is the service's own
   */
  return async (bytes: Uint8Array) => {
    const { tensor, pixels, timings } = await limit(preprocess, bytes).catch(toImageError);
    const { logits, milliseconds, batchSize } = await infer(tensor);
    return {
      classification: postprocess(logits, model.manifest),
      pixels,
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

/** What one image makes the pipeline throw costs no other image. */
function toImageError(cause: unknown): never {
  if (cause instanceof ImageError) throw cause;
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
