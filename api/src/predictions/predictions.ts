import { isFinal, type Prediction } from '@inkqueue/shared/contracts/prediction';
import { isRedisAway } from '@inkqueue/shared/node/redis';
import type { Image } from '../queue/image.ts';
import type { Queue } from '../queue/queue.ts';
import { type PredictionState, QUEUED } from '../queue/state.ts';
import type { States } from '../queue/subscriptions.ts';
import type { Present } from './presenter.ts';

/** How long a request waits for the end of a prediction; `signal` ends the wait early. */
interface Wait {
  timeoutMs: number;
  signal: AbortSignal;
}

export type Predictions = ReturnType<typeof createPredictions>;

/** Predictions as a durable resource over the queue, in their JSON shape. */
export function createPredictions(options: {
  queue: Pick<Queue, 'add' | 'get' | 'wait' | 'subscribe'>;
  present: Present;
}) {
  const { queue, present } = options;

  return {
    /** Accepts an image. The prediction is durable once this resolves. */
    async submit(image: Image): Promise<Prediction> {
      const { id, added } = queue.add(image, 'polling');
      await added;
      return present(id, QUEUED);
    },
    /** Accepts an image and waits for the end of its prediction; the prediction as it is when the wait ends. */
    async predict(image: Image, wait: Wait): Promise<Prediction> {
      const { id, added } = queue.add(image, 'waiting');
      const end = queue.wait(id, wait);
      await added;
      return present(id, (await end) ?? (await lastKnown(id)));
    },
    /** @throws ProblemError prediction-not-found, prediction-expired */
    find: async (id: string): Promise<Prediction> => present(id, await queue.get(id)),
    /** Like `find`, but waits for the end first. */
    async findAtEnd(id: string, { timeoutMs, signal }: Wait): Promise<Prediction> {
      const enough = new AbortController();
      const end = queue.wait(id, { timeoutMs, signal: AbortSignal.any([signal, enough.signal]) });
      try {
        const now = await queue.get(id);
        return present(id, isFinal(now.status) ? now : ((await end) ?? (await queue.get(id))));
      } finally {
        enough.abort();
      }
    },
    /** Keeps a prediction current and calls `onChange` at each change. @throws as `find` */
    async subscribe(id: string, onChange: (now: Prediction) => void) {
      const toPrediction = (states: States) => present(id, states()[0] ?? QUEUED);
      const { states, unsubscribe } = await queue.subscribe(id, (changed) => onChange(toPrediction(changed)));
      return { now: () => toPrediction(states), unsubscribe };
    },
  };

  async function lastKnown(id: string): Promise<PredictionState> {
    try {
      return await queue.get(id);
    } catch (error) {
      // The prediction was accepted and is durable: its client must learn its id even while Redis is away.
      if (isRedisAway(error)) return QUEUED;
      throw error;
    }
  }
}
