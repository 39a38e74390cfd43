import type { JobData, JobResult } from '@inkqueue/shared/contracts/job';
import { formatFailure } from '@inkqueue/shared/contracts/job';
import { type ProblemCode, problemKinds } from '@inkqueue/shared/contracts/problems';
import type { Uploads } from '@inkqueue/shared/node/uploads';
import { type Job, UnrecoverableError } from 'bullmq';
import pLimit from 'p-limit';
import type { Batcher } from './batcher.ts';
import type { createDecoder } from './decode.ts';
import { type Model, pictureSize, toTensor } from './model.ts';
import { normalize } from './normalize.ts';
import { PictureError } from './picture.ts';
import { interpret } from './postprocess.ts';

const milliseconds = (value: number) => Math.round(value * 1000) / 1000;

/** A failure that no retry can mend, written so that the api finds its code again. */
function unrecoverable(code: ProblemCode, detail: string): UnrecoverableError {
  return new UnrecoverableError(formatFailure({ code, detail, retryable: problemKinds[code].retryable }));
}

/**
 * What a worker does with one job: bytes → picture → 28×28 → logits → answer. At most `decodeConcurrency` pictures are
 * in memory as bytes or pixels at once; all that are in hand may share one run of the network.
 *
 * @throws UnrecoverableError for input that can't be read, with its code; anything else is retried by the queue
 */
export function createProcessor(options: {
  uploads: Pick<Uploads, 'read'>;
  decoder: ReturnType<typeof createDecoder>;
  model: Model;
  batcher: Batcher;
  decodeConcurrency: number;
}): (job: Job<JobData, JobResult, 'predict'>) => Promise<JobResult> {
  const { uploads, decoder, model, batcher } = options;
  const limit = pLimit(options.decodeConcurrency);
  const { name, version } = model.manifest;

  async function prepare(id: string) {
    const bytes = await uploads.read(id);
    if (!bytes) {
      throw unrecoverable('upload-expired', 'The picture waited longer than it is kept. Send it again.');
    }
    const start = performance.now();
    const picture = await decoder.decode(bytes);
    const decoded = performance.now();
    const digit = normalize(picture);
    const tensor = new Float32Array(pictureSize(model.manifest));
    toTensor(digit.pixels, model.manifest, tensor, 0);
    const decode_ms = milliseconds(decoded - start);
    return { tensor, decode_ms, normalize_ms: milliseconds(performance.now() - decoded) };
  }

  return async (job) => {
    const started_at = job.processedOn ?? Date.now();
    try {
      const { tensor, decode_ms, normalize_ms } = await limit(prepare, job.id!);
      const inference = await batcher.infer(tensor);
      return {
        model: { name, version },
        result: interpret(inference.logits, model.manifest),
        timings: {
          // The clocks of two machines may differ by more than a picture waits.
          queue_ms: Math.max(0, started_at - job.timestamp),
          decode_ms,
          normalize_ms,
          inference_ms: milliseconds(inference.milliseconds),
          batch_size: inference.batchSize,
        },
        started_at,
        finished_at: Date.now(),
      };
    } catch (error) {
      if (error instanceof PictureError) throw unrecoverable(error.code, error.message);
      throw error;
    }
  };
}
