import type { JobData, JobResult, Outcome } from '@inkqueue/shared/contracts/job';
import type { PredictionPreview } from '@inkqueue/shared/contracts/prediction';
import { type ProblemCode, problemKinds } from '@inkqueue/shared/contracts/problems';
import type { Uploads } from '@inkqueue/shared/node/uploads';
import type { Job } from 'bullmq';
import type { Batcher } from './pipeline/batcher.ts';
import type { createDecoder } from './pipeline/decode/decoder.ts';
import { type Model, pictureSize, toTensor } from './pipeline/model.ts';
import { normalize } from './pipeline/normalize.ts';
import { PictureError } from './pipeline/picture.ts';
import { interpret } from './pipeline/postprocess.ts';
import { readCarefully } from './quarantine.ts';

export type PredictionJob = Job<JobData, JobResult, 'predict'>;
/** Runs a task when a slot is free. */
export type Limit = <T>(task: () => Promise<T>) => Promise<T>;

const milliseconds = (value: number) => Math.round(value * 1000) / 1000;

/** The outcome of a picture that no retry can read. */
function refusal(code: ProblemCode, detail: string): Outcome {
  return { error: { code, detail, retryable: problemKinds[code].retryable } };
}

/**
 * What a worker does with one job. Each picture goes bytes → picture → 28×28 → logits → answer, and ends for itself: one
 * that can't be read is that picture's outcome, not the job's failure. What does throw is the worker's trouble, and the
 * queue runs the job again.
 */
export function createProcessor(options: {
  uploads: Pick<Uploads, 'read'>;
  decoder: ReturnType<typeof createDecoder>;
  model: Model;
  batcher: Batcher;
  limit: Limit;
}): (job: PredictionJob) => Promise<JobResult> {
  const { uploads, decoder, model, batcher, limit } = options;
  const { manifest } = model;

  async function prepare(bytes: Buffer) {
    const start = performance.now();
    const picture = await decoder.decode(bytes);
    const decoded = performance.now();
    const tensor = new Float32Array(pictureSize(manifest));
    const { pixels } = normalize(picture);
    toTensor(pixels, manifest, tensor, 0);
    return {
      tensor,
      pixels,
      decode_ms: milliseconds(decoded - start),
      normalize_ms: milliseconds(performance.now() - decoded),
    };
  }

  async function read(
    bytes: Buffer | null,
    { queue_ms, preview }: { queue_ms: number; preview: boolean },
  ): Promise<Outcome> {
    if (!bytes) return refusal('upload-expired', 'The picture waited longer than it is kept. Send it again.');
    try {
      const { tensor, pixels, decode_ms, normalize_ms } = await limit(() => prepare(bytes));
      const { logits, milliseconds: inference, batchSize } = await batcher.infer(tensor);
      return {
        result: interpret(logits, manifest),
        timings: {
          queue_ms,
          decode_ms,
          normalize_ms,
          inference_ms: milliseconds(inference),
          batch_size: batchSize,
        },
        ...(preview && { preview: previewOf(pixels, manifest) }),
      };
    } catch (error) {
      if (error instanceof PictureError) return refusal(error.code, error.message);
      throw error;
    }
  }

  return async (job) => {
    const started_at = job.processedOn ?? Date.now();
    // The clocks of two machines may differ by more than a picture waits.
    const queue_ms = Math.max(0, started_at - job.timestamp);
    const { pictures } = job.data;
    const bytes = await uploads.read(job.id!, pictures.length);
    const readAt = async (index: number): Promise<Outcome> => {
      const picture = pictures[index]!;
      if ('refused' in picture) return { error: picture.refused };
      return read(bytes[index] ?? null, { queue_ms, preview: picture.preview === true });
    };
    const outcomes =
      job.stalledCounter > 0
        ? await readCarefully(job, pictures.length, readAt)
        : await Promise.all(pictures.map((_, index) => readAt(index)));
    const { name, version } = manifest;
    return { model: { name, version }, started_at, finished_at: Date.now(), outcomes };
  };
}

/** What the network was shown, as it goes into the outcome of a picture whose sender asked for it. */
function previewOf(pixels: Uint8Array, manifest: Model['manifest']): PredictionPreview {
  const [, , height, width] = manifest.input.shape;
  return { width, height, pixels: Buffer.from(pixels).toString('base64') };
}
