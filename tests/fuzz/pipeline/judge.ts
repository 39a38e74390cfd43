import { outcome, type StoredOutcome, toStored } from '@inkqueue/shared/contracts/job';
import { ImageError } from '@inkqueue/worker/pipeline/image-error';
import { loadModel } from '@inkqueue/worker/pipeline/model';
import { toPreview, toResult } from '@inkqueue/worker/pipeline/postprocess';
import { createPredict } from '@inkqueue/worker/pipeline/predict';
import { createPreprocess, createToInk } from '@inkqueue/worker/pipeline/preprocess';
import type { Input } from '../inputs.ts';

/** As many as a worker decodes at once. */
export const CONCURRENCY = 4;
/** An eighth of a worker's default: bombs are refused, and what passes takes milliseconds. The HTTP level has the default. */
const MEMORY_MAX = 64_000_000;
const BATCH_MAX = 32;

/** How an input ended: read, refused with a code, or a fault of ours. */
export type Verdict = { end: string; fault?: string };
export type Judge = Awaited<ReturnType<typeof createJudge>>;

/** The worker's own pipeline in this process, and what must hold of whatever goes in. */
export async function createJudge() {
  const model = await loadModel({ directory: 'models/mnist-cnn', threads: 1 });
  const { manifest } = model;
  const [, , height, width] = manifest.input.shape;
  const heavyToInk = createToInk({ memoryMax: MEMORY_MAX });
  const preprocess = createPreprocess({ manifest, memoryMax: MEMORY_MAX, heavyToInk });
  const predict = createPredict({ model, preprocess, batchMax: BATCH_MAX, concurrency: CONCURRENCY });

  /** The same steps as the worker's processor, and the api's check of what it returns. */
  return async function judge({ bytes, expect }: Pick<Input, 'bytes' | 'expect'>): Promise<Verdict> {
    try {
      const { lines, timings } = await predict(bytes, { mayBeHeavy: true, expect });
      const stored: StoredOutcome = {
        result: toStored(toResult(lines)),
        timings: { queue_ms: 0, ...timings },
        preview: toPreview(lines, { width, height }),
      };
      const parsed = outcome.safeParse(JSON.parse(JSON.stringify(stored)));
      if (parsed.success) return { end: 'read' };
      return { end: 'not as agreed', fault: `the reading breaks the contract: ${parsed.error.message}` };
    } catch (error) {
      if (error instanceof ImageError && error.code !== 'internal') return { end: error.code };
      const cause = error instanceof ImageError ? error.cause : error;
      return {
        end: 'exception',
        fault: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
      };
    }
  };
}
