import { jobResult, parseFailure } from '@inkqueue/shared/contracts/job';
import { isFinal, type Prediction } from '@inkqueue/shared/contracts/prediction';
import type { PredictionQueue } from '@inkqueue/shared/node/queue';
import type { UploadLimits, Uploads } from '@inkqueue/shared/node/uploads';
import type { Completions } from './completions.ts';
import { ProblemError } from './errors.ts';
import type { Ids } from './ids.ts';
import { accepted, apply, type FinalChange } from './states.ts';
import type { Upload } from './uploads.ts';

interface Wait {
  timeoutMs: number;
  signal: AbortSignal;
}

export interface Predictions {
  /** Accepts a picture. The prediction is durable once this resolves. */
  submit(upload: Upload): Promise<Prediction>;
  /** Accepts a picture and waits for its end; the prediction as it stands when the wait runs out. */
  predict(upload: Upload, wait: Wait): Promise<Prediction>;
  /** @throws ProblemError prediction-not-found, prediction-expired */
  find(id: string): Promise<Prediction>;
  /** Like `find`, but waits for the end first. */
  follow(id: string, wait: Wait): Promise<Prediction>;
}

/** Predictions as a durable resource over the queue: the queue's job under the prediction's id is its record. */
export function createPredictions(options: {
  queue: PredictionQueue;
  uploads: Uploads;
  ids: Ids;
  completions: Completions;
  limits: UploadLimits;
  resultTtlMs: number;
  queuePosition: (id: string) => Promise<number | null>;
}): Predictions {
  const { queue, uploads, ids, completions, limits, resultTtlMs, queuePosition } = options;

  async function enqueue(id: string, { bytes, format }: Upload): Promise<void> {
    if (!(await uploads.store(id, bytes, limits))) {
      throw new ProblemError('queue-full', 'Too many pictures are waiting. Try again soon.');
    }
    try {
      await queue.add('predict', { bytes: bytes.length, format }, { jobId: id });
    } catch (err) {
      // Without its job nobody would ever read the picture. Where Redis is away it expires by itself.
      await uploads.release(id).catch(() => {});
      throw err;
    }
  }

  async function find(id: string): Promise<Prediction> {
    if (!ids.issued(id)) throw new ProblemError('prediction-not-found', 'No prediction has this id.');
    const [job, state] = await Promise.all([queue.getJob(id), queue.getJobState(id)]);
    const expired = job?.finishedOn !== undefined && job.finishedOn + resultTtlMs < Date.now();
    if (!job || expired) throw new ProblemError('prediction-expired', 'The prediction is no longer kept.');
    const queued = accepted(id);
    if (job.finishedOn !== undefined) {
      if (job.returnvalue) {
        return apply(queued, { id, to: 'succeeded', job: jobResult.parse(job.returnvalue) });
      }
      return apply(queued, { id, to: 'failed', error: parseFailure(job.failedReason), at: job.finishedOn });
    }
    if (state === 'active') return apply(queued, { id, to: 'running', at: job.processedOn ?? job.timestamp });
    return { ...queued, queue_position: await queuePosition(id) };
  }

  async function predictionAfter(id: string, end: Promise<FinalChange | null>): Promise<Prediction> {
    const change = await end;
    return change ? apply(accepted(id), change) : find(id);
  }

  return {
    find,
    async submit(upload) {
      const id = ids.issue();
      await enqueue(id, upload);
      return accepted(id);
    },
    async predict(upload, { timeoutMs, signal }) {
      const id = ids.issue();
      const failed = new AbortController();
      const end = completions.wait(id, { timeoutMs, signal: AbortSignal.any([signal, failed.signal]) });
      try {
        await enqueue(id, upload);
      } catch (err) {
        failed.abort();
        throw err;
      }
      return predictionAfter(id, end);
    },
    async follow(id, { timeoutMs, signal }) {
      const settled = new AbortController();
      const end = completions.wait(id, { timeoutMs, signal: AbortSignal.any([signal, settled.signal]) });
      try {
        const now = await find(id);
        if (isFinal(now.status)) return now;
        return await predictionAfter(id, end);
      } finally {
        settled.abort();
      }
    },
  };
}
