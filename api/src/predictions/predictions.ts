import { isFinal, type Prediction } from '@inkqueue/shared/contracts/prediction';
import { isRedisAway } from '@inkqueue/shared/node/redis';
import { BATCH_INDEX } from '../batches/writer.ts';
import { ProblemError } from '../errors.ts';
import type { Completions } from '../queue/completions.ts';
import type { Ids, PredictionAddress } from '../queue/ids.ts';
import type { JobStates } from '../queue/job-states.ts';
import type { JobPicture } from '../queue/job-writer.ts';
import { accepted, apply, changeAt } from '../queue/states.ts';
import type { Submissions } from '../queue/submissions.ts';

interface WaitOptions {
  timeoutMs: number;
  /** Calls back once if the client goes. */
  whenGone: (callback: () => void) => void;
}

export interface Predictions {
  /** Accepts a picture. The prediction is durable once this resolves. */
  submit(picture: JobPicture): Promise<Prediction>;
  /** Accepts a picture and waits for its end; the prediction as it stands when the wait runs out. */
  predict(picture: JobPicture, wait: WaitOptions): Promise<Prediction>;
  /** @throws ProblemError prediction-not-found, prediction-expired */
  find(id: string): Promise<Prediction>;
  /** Like `find`, but waits for the end first. */
  follow(id: string, wait: WaitOptions): Promise<Prediction>;
}

/** Predictions as a durable resource over the queue: the job that a prediction's id names is its record. */
export function createPredictions(options: {
  states: JobStates;
  submissions: Submissions;
  ids: Ids;
  completions: Completions;
  queuePosition: (jobId: string) => Promise<number | null>;
  /** Whether people are asked what their pictures show. */
  feedback: boolean;
}): Predictions {
  const { states, submissions, ids, completions, queuePosition, feedback } = options;

  function locate(id: string): PredictionAddress {
    const address = ids.find(id);
    if (!address || address.index === BATCH_INDEX)
      throw new ProblemError('prediction-not-found', 'No prediction has this id.');
    return address;
  }

  async function find(id: string): Promise<Prediction> {
    const { jobId, index } = locate(id);
    const state = await states.read(jobId);
    if (!state) throw new ProblemError('prediction-expired', 'The prediction is no longer kept.');
    const now = apply(accepted(id, { feedback }), changeAt(state, index));
    return now.status === 'queued' ? { ...now, queue_position: await queuePosition(jobId) } : now;
  }

  return {
    find,
    async submit(picture) {
      const { id, written } = submissions.submit(picture, 'polling');
      await written;
      return accepted(id, { feedback });
    },
    async predict(picture, { timeoutMs, whenGone }) {
      const { id, address, written } = submissions.submit(picture, 'waiting');
      const { jobId, index } = address;
      const wait = completions.wait(jobId, { timeoutMs });
      whenGone(wait.cancel);
      try {
        await written;
      } catch (err) {
        wait.cancel();
        throw err;
      }
      const change = await wait.end;
      if (change) return apply(accepted(id, { feedback }), changeAt(change, index));
      try {
        return await find(id);
      } catch (err) {
        // It was accepted and is durable: its sender must learn its id even while Redis is away.
        if (isRedisAway(err)) return accepted(id, { feedback });
        throw err;
      }
    },
    async follow(id, { timeoutMs, whenGone }) {
      const { jobId, index } = locate(id);
      const wait = completions.wait(jobId, { timeoutMs });
      whenGone(wait.cancel);
      try {
        const now = await find(id);
        if (isFinal(now.status)) return now;
        const change = await wait.end;
        // A job's failure doesn't tell when its last attempt started; the record does.
        return change?.to === 'completed' ? apply(now, changeAt(change, index)) : await find(id);
      } finally {
        wait.cancel();
      }
    },
  };
}
