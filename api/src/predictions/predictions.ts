import { isFinal, type Prediction } from '@inkqueue/shared/contracts/prediction';
import { isServiceFault } from '@inkqueue/shared/contracts/problems';
import { isRedisAway } from '@inkqueue/shared/node/redis/connections';
import { notRetried } from '../errors.ts';
import type { Image } from '../queue/intake/image.ts';
import type { Queue } from '../queue/queue.ts';
import { type PredictionState, QUEUED } from '../queue/state.ts';
import type { States } from '../queue/subscriptions.ts';
import { fingerprintOf } from '../repeats/fingerprint.ts';
import type { Announce, Idempotency } from '../repeats/idempotency.ts';
import type { ResultCache } from '../repeats/result-cache.ts';
import type { Present } from './presenter.ts';

/** How long the api waits for a prediction whose result it caches. */
const CACHE_WAIT_MS = 600_000;

/** How long a request waits for the end of a prediction; `signal` ends the wait early. */
interface Wait {
  timeoutMs: number;
  signal: AbortSignal;
  /** Whether nobody wants the answer any more, once the wait ended early. */
  isGivenUp?: () => boolean;
}

/** How a picture is taken in. */
interface Taking {
  /** The client's Idempotency-Key: of all requests with one key, the first makes the prediction. */
  key?: string | null;
  /** Whether an earlier prediction of the same picture may answer. */
  mayBeCached?: boolean;
}

/** What the client gets for a picture. */
export interface Taken {
  prediction: Prediction;
  /** Whether an earlier request with the same key made the prediction. */
  isReplayed: boolean;
}

export type Predictions = ReturnType<typeof createPredictions>;

/** Predictions as a durable resource over the queue, in their JSON shape. */
export function createPredictions(options: {
  queue: Pick<
    Queue,
    | 'add'
    | 'get'
    | 'getAll'
    | 'wait'
    | 'subscribe'
    | 'cancel'
    | 'giveUp'
    | 'deleteAll'
    | 'retryAll'
    | 'deliveries'
    | 'isPredictionId'
  >;
  present: Present;
  idempotency: Idempotency;
  /** Null where the operator keeps none. */
  cache: ResultCache | null;
}) {
  const { queue, present, idempotency, cache } = options;

  /** Takes an image in, or finds the prediction that an equal request made. */
  async function take(image: Image, priority: 'waiting' | 'polling', taking: Taking) {
    try {
      return await takeOnce(image, priority, taking);
    } catch (error) {
      image.release();
      throw error;
    }
  }

  async function takeOnce(image: Image, priority: 'waiting' | 'polling', { key, mayBeCached }: Taking) {
    let isCached = false;
    // What lies at an address may change, and a delivery is of one prediction alone.
    const keeps = image.isAddress || image.webhook !== undefined ? null : cache;

    async function add(announce?: Announce): Promise<string> {
      // Here, where it is one client's: in the queue, images of several clients share a job.
      if (image.webhook !== undefined) await queue.deliveries.requireRoom();
      // Hashing a large image takes long: it is for those that may have an equal one.
      const fingerprint = keeps || announce ? fingerprintOf(image) : '';
      const earlier = keeps && mayBeCached ? await keeps.get(fingerprint) : null;
      if (earlier !== null) {
        image.release();
        isCached = true;
        await announce?.(earlier, fingerprint);
        return earlier;
      }
      const { id, added } = queue.add(
        image,
        image.isLow ? `${priority}-low` : priority,
        announce && ((made) => announce(made, fingerprint)),
      );
      if (keeps) void keepResult(keeps, fingerprint, id);
      await added;
      return id;
    }

    if (!key) return { id: await add(), isReplayed: false, isCached };
    const once = await idempotency.once(key, {
      work: add,
      compare: async () => fingerprintOf(image),
      exists: async (id) => (await queue.getAll([id]))[0] !== null,
    });
    if (once.isReplayed) image.release();
    return { ...once, isCached };
  }

  async function keepResult(to: ResultCache, fingerprint: string, id: string): Promise<void> {
    const end = await queue.wait(id, { timeoutMs: CACHE_WAIT_MS, signal: new AbortController().signal });
    // Redis may be away just now: then it is read again the next time.
    if (end?.status === 'succeeded') await to.put(fingerprint, id).catch(() => {});
  }

  /** Whether an image can only be a new prediction, without a delivery: most are, and cost nothing of what `take` does for others. */
  const isPlain = ({ webhook }: Image, { key, mayBeCached }: Taking) =>
    webhook === undefined && !key && !(cache && mayBeCached);

  async function findAtEnd(id: string, { timeoutMs, signal }: Wait): Promise<PredictionState> {
    const enough = new AbortController();
    const end = queue.wait(id, { timeoutMs, signal: AbortSignal.any([signal, enough.signal]) });
    try {
      const now = await queue.get(id);
      if (isFinal(now.status)) return now;
      const ended = await end;
      // The event of a failure may come late, when a client has had the image read again.
      const isCertain = ended && !(ended.status === 'failed' && isServiceFault(ended.error.code));
      return isCertain ? ended : await queue.get(id);
    } finally {
      enough.abort();
    }
  }

  return {
    /** Accepts an image. The prediction is durable once this resolves. */
    async submit(image: Image, taking: Taking = {}): Promise<Taken> {
      const { id, isReplayed, isCached } = await take(image, 'polling', taking);
      const state = isReplayed || isCached ? await queue.get(id).catch(queuedWhileAway) : QUEUED;
      return { prediction: present(id, state, { isCached }), isReplayed };
    },
    /**
     * Accepts an image and waits for the end of its prediction; the prediction as it is when the wait ends. One that is
     * given up is canceled, unless its client has a key under which it comes back.
     */
    async predict(image: Image, wait: Wait, taking: Taking = {}): Promise<Taken> {
      if (!isPlain(image, taking)) {
        const { id, isReplayed, isCached } = await take(image, 'waiting', taking);
        const state = await findAtEnd(id, wait).catch(queuedWhileAway);
        // A client that sends its request again with the same key wants the answer.
        const isGivenUp = !taking.key && !isFinal(state.status) && wait.isGivenUp?.();
        if (isGivenUp) await giveUp(id);
        return { prediction: present(id, state, { isCached }), isReplayed };
      }
      const { id, added } = queue.add(image, image.isLow ? 'waiting-low' : 'waiting');
      const end = queue.wait(id, wait);
      await added;
      const ended = await end;
      if (!ended && wait.isGivenUp?.()) {
        return { prediction: present(id, await giveUp(id)), isReplayed: false };
      }
      return {
        prediction: present(id, ended ?? (await queue.get(id).catch(queuedWhileAway))),
        isReplayed: false,
      };
    },
    /** @throws ProblemError already-finished, prediction-not-found, prediction-expired */
    cancel: async (id: string): Promise<Prediction> => present(id, await queue.cancel(id)),
    /** @throws ProblemError prediction-not-found, prediction-expired */
    find: async (id: string): Promise<Prediction> => present(id, await queue.get(id)),
    /** Like `find`, but waits for the end first. */
    findAtEnd: async (id: string, wait: Wait): Promise<Prediction> => present(id, await findAtEnd(id, wait)),
    /**
     * Deletes a prediction with its picture, its result and its delivery; one that has not ended is canceled first.
     *
     * @throws ProblemError prediction-not-found, prediction-expired
     */
    async delete(id: string): Promise<void> {
      // Its delivery may outlive it, and must not send that it was canceled.
      if (queue.isPredictionId(id)) await queue.deliveries.forget([id]);
      await queue.get(id);
      await queue.deleteAll([id]);
      await cache?.forget(id);
    },
    /**
     * Has a prediction that failed by the service's fault read again, under the same id.
     *
     * @throws ProblemError not-retryable, picture-gone, prediction-not-found, prediction-expired
     */
    async retry(id: string): Promise<Prediction> {
      const { status } = await queue.get(id);
      const retried = await queue.retryAll([id]);
      if (typeof retried === 'number') return present(id, await queue.get(id));
      throw notRetried(retried, { predictionId: id, predictionStatus: status });
    },
    /** Keeps a prediction current and calls `onChange` at each change. @throws as `find` */
    async subscribe(id: string, onChange: (now: Prediction) => void) {
      const toPrediction = (states: States) => present(id, states()[0] ?? QUEUED);
      const { states, unsubscribe } = await queue.subscribe(id, (changed) => onChange(toPrediction(changed)));
      return { now: () => toPrediction(states), unsubscribe };
    },
  };

  /** Nobody waits for the answer any more. */
  async function giveUp(id: string): Promise<PredictionState> {
    await queue.giveUp(id);
    return QUEUED;
  }
}

/** The prediction was accepted and is durable: its client must learn its id even while Redis is away. */
function queuedWhileAway(error: unknown): PredictionState {
  if (isRedisAway(error)) return QUEUED;
  throw error;
}
