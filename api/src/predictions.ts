import { jobResult, parseFailure } from '@inkqueue/shared/contracts/job';
import { isFinal, type Prediction } from '@inkqueue/shared/contracts/prediction';
import type { PredictionQueue } from '@inkqueue/shared/node/queue';
import { isRedisAway } from '@inkqueue/shared/node/redis';
import type { UploadLimits, Uploads } from '@inkqueue/shared/node/uploads';
import type { Completions } from './completions.ts';
import { ProblemError } from './errors.ts';
import type { Ids } from './ids.ts';
import { accepted, apply } from './states.ts';
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
    try {
      if (await uploads.store(id, bytes, limits)) {
        await queue.add('predict', { bytes: bytes.length, format }, { jobId: id });
        return;
      }
    } catch (err) {
      // Without its job nobody would ever read the picture.
      uploads.abandon(id);
      throw err;
    }
    throw new ProblemError('queue-full', 'Too many pictures are waiting. Try again soon.');
  }

  async function find(id: string): Promise<Prediction> {
    if (!ids.issued(id)) throw new ProblemError('prediction-not-found', 'No prediction has this id.');
    const [seen, state] = await Promise.all([queue.getJob(id), queue.getJobState(id)]);
    // It may have ended between the two: then its record has the end by now.
    const ended = seen?.finishedOn === undefined && (state === 'completed' || state === 'failed');
    const job = ended ? await queue.getJob(id) : seen;
    const expired = job?.finishedOn !== undefined && job.finishedOn + resultTtlMs < Date.now();
    if (!job || expired) throw new ProblemError('prediction-expired', 'The prediction is no longer kept.');
    const queued = accepted(id);
    const running = apply(queued, { id, to: 'running', at: job.processedOn ?? job.timestamp });
    if (job.finishedOn !== undefined) {
      if (job.returnvalue) {
        return apply(running, { id, to: 'succeeded', job: jobResult.parse(job.returnvalue) });
      }
      const last = job.processedOn === undefined ? queued : running;
      return apply(last, { id, to: 'failed', error: parseFailure(job.failedReason), at: job.finishedOn });
    }
    if (state === 'active') return running;
    return { ...queued, queue_position: await queuePosition(id) };
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
      const change = await end;
      if (change) return apply(accepted(id), change);
      try {
        return await find(id);
      } catch (err) {
        // It was accepted and is durable: its sender must learn its id even while Redis is away.
        if (isRedisAway(err)) return accepted(id);
        throw err;
      }
    },
    async follow(id, { timeoutMs, signal }) {
      const settled = new AbortController();
      const end = completions.wait(id, { timeoutMs, signal: AbortSignal.any([signal, settled.signal]) });
      try {
        const now = await find(id);
        if (isFinal(now.status)) return now;
        const change = await end;
        // A failure's event doesn't tell when its last attempt started; the record does.
        return change?.to === 'succeeded' ? apply(now, change) : await find(id);
      } finally {
        settled.abort();
      }
    },
  };
}
