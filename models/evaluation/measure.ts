import { ImageError } from '@inkqueue/worker/pipeline/image-error';
import type { Model } from '@inkqueue/worker/pipeline/model';
import { createPredict, type Predict } from '@inkqueue/worker/pipeline/predict';
import type { Preprocess } from '@inkqueue/worker/pipeline/preprocess';
import type { LabelledImage } from './labels.ts';
import type { Measurement } from './measurement.ts';
import type { Source } from './sources.ts';

/** Images in one run of the network. */
const CHUNK_IMAGES = 32;

/**
 * Predicts every image as the worker does.
 *
 * @param options.onProgress called after each chunk with the number of images done
 */
export async function measureImages(
  sources: readonly Source[],
  options: { model: Model; preprocess: Preprocess; onProgress: (done: number) => void },
): Promise<Measurement[]> {
  const { model, preprocess, onProgress } = options;
  const predict = createPredict({
    model,
    preprocess: oneByOne(preprocess),
    batchMax: CHUNK_IMAGES,
    concurrency: CHUNK_IMAGES,
  });
  const measurements: Measurement[] = [];
  for (let start = 0; start < sources.length; start += CHUNK_IMAGES) {
    const chunk = sources.slice(start, start + CHUNK_IMAGES);
    const files = await Promise.allSettled(chunk.map(({ bytes }) => bytes()));
    const measured = chunk.map(({ image }, i) => measureImage(image, files[i]!, predict));
    measurements.push(...(await Promise.all(measured)));
    onProgress(measurements.length);
  }
  return measurements;
}

/**
 * Preprocesses a chunk's images one after the other and hands them on together, so that each stage has the processor to
 * itself while its time is taken, and one run of the network takes the whole chunk.
 */
function oneByOne(preprocess: Preprocess): Preprocess {
  let last: Promise<unknown> = Promise.resolve();
  return async (bytes, options) => {
    const preprocessed = last.then(() => preprocess(bytes, options));
    last = preprocessed.catch(() => {});
    for (let awaited: unknown; awaited !== last; ) {
      awaited = last;
      await awaited;
    }
    return preprocessed;
  };
}

async function measureImage(
  image: LabelledImage,
  file: PromiseSettledResult<Uint8Array>,
  predict: Predict,
): Promise<Measurement> {
  try {
    if (file.status === 'rejected') throw file.reason;
    const { lines, timings } = await predict(file.value);
    const milliseconds = {
      decode: timings.decode_ms,
      normalize: timings.normalize_ms,
      inference: timings.inference_ms / timings.batch_size,
    };
    return { image, lines, error: null, milliseconds };
  } catch (error) {
    const milliseconds = { decode: 0, normalize: 0, inference: 0 };
    return { image, lines: null, error: describe(error), milliseconds };
  }
}

/** One image's failure is a finding of the evaluation, never the end of it. */
function describe(error: unknown): { code: string; detail: string } {
  if (error instanceof ImageError) return { code: error.code, detail: error.message };
  if (error instanceof Error && 'syscall' in error)
    return { code: 'unreadable-file', detail: 'The file can’t be read.' };
  return { code: 'internal', detail: String(error) };
}
