import type { Counts } from '@inkqueue/shared/node/counts';
import type { Logger } from '@inkqueue/shared/node/log';
import { whileRedisAnswers } from '@inkqueue/shared/node/redis/closing';
import { retryWhenReady } from '@inkqueue/shared/node/redis/retry';
import type { UploadLimits, Uploads } from '@inkqueue/shared/node/uploads';
import type { Redis } from 'ioredis';
import { ProblemError } from '../errors.ts';
import { createJobQueue, createQueueEvents, EVENTS_KEPT, restoreQueue } from './bullmq.ts';
import { createDeliveries } from './deliveries/deliveries.ts';
import type { CancelReason } from './ends/canceling.ts';
import { createEnds } from './ends/ends.ts';
import { createFinding } from './finding.ts';
import { keepIdSecret, loadIdSecret } from './id-secret.ts';
import { createIds } from './ids.ts';
import { createBulk } from './intake/bulk.ts';
import { createClients } from './intake/clients.ts';
import { createDrain } from './intake/drain.ts';
import { createGathering } from './intake/gathering.ts';
import type { Image, Priority } from './intake/image.ts';
import { createJobWriter } from './intake/writer.ts';
import { createJobEvents } from './jobs/job-events.ts';
import { createJobIndex } from './jobs/job-index.ts';
import { createJobRecords } from './jobs/job-records.ts';
import { createJobStatuses } from './jobs/job-statuses.ts';
import { createListing } from './jobs/listing.ts';
import { lookAtLoad } from './load.ts';
import { createOldestWaiting } from './oldest-waiting.ts';
import { createOperations } from './operations.ts';
import { createRates } from './rates.ts';
import { createRedisMemory } from './redis-memory.ts';
import type { PredictionState } from './state.ts';
import { createSubscriptions, type OnChange } from './subscriptions.ts';
import { createUpkeep } from './upkeep.ts';
import { createWaits } from './waits.ts';

export type Queue = Awaited<ReturnType<typeof openQueue>>;

/**
 * The one door to BullMQ: prediction ids go in, prediction states come out. That predictions share jobs is known on this
 * side of the door alone (docs/decisions/005).
 *
 * @param options.connection for requests; `eventsConnection` for the one reader of the queue's events
 */
export async function openQueue(options: {
  connection: Redis;
  eventsConnection: Redis;
  prefix: string;
  uploads: Uploads;
  counts: Pick<Counts, 'add'>;
  limits: UploadLimits;
  /** How long a prediction may wait for a worker to begin, in milliseconds; null without a limit. */
  waitMaxMs: number | null;
  /** Whether predictions can be listed. */
  isListed: boolean;
  /** Most deliveries to webhooks that have not ended. */
  deliveriesMax: number;
  /** How long finished predictions stay, and about how many. */
  retention: { ageSeconds: number; count: number };
  log: Logger;
}) {
  const { connection, eventsConnection, prefix, uploads, counts, limits, log } = options;
  const { waitMaxMs, isListed, retention, deliveriesMax } = options;
  const idSecret = await loadIdSecret({ connection, prefix });
  const ids = createIds(idSecret.secret);
  const memory = createRedisMemory({ connection, log });
  const drain = createDrain({ connection, prefix, log });
  await Promise.all([memory.look(), drain.look()]);
  const jobs = createJobQueue({ connection, prefix, retention });
  jobs.on('error', (error) => log.debug({ err: error }, 'queue connection'));
  const events = await createQueueEvents({ connection: eventsConnection, prefix });
  events.on('error', (error) => log.debug({ err: error }, 'events connection'));
  // Its own connection reconnects for ever once it was there; lost before that, it would end the reader and this process.
  await events.waitUntilReady();

  const records = createJobRecords({
    connection,
    prefix,
    queue: jobs,
    resultTtlMs: retention.ageSeconds * 1_000,
  });
  const statuses = createJobStatuses({ records });
  const rates = createRates();
  const index = createJobIndex({ connection, prefix, max: retention.count + limits.maxCount });
  const deliveries = createDeliveries({ connection, prefix, ids, log, max: deliveriesMax });
  const writer = createJobWriter({
    connection,
    prefix,
    queue: jobs,
    uploads,
    counts,
    limits,
    memory,
    drain,
    rates,
    index: isListed ? index : null,
    deliveries,
    waitMaxMs,
  });
  const ends = createEnds({
    connection,
    prefix,
    queue: jobs,
    uploads,
    counts,
    records,
    eventsKept: EVENTS_KEPT,
    log,
  });
  const upkeep = createUpkeep({
    connection,
    prefix,
    queue: jobs,
    uploads,
    memory,
    resultsMax: retention.count,
    resultTtlMs: retention.ageSeconds * 1_000,
    ends,
    log,
  });
  const get = createFinding({ connection, prefix, ids, records, rates });
  const oldestWaitingAt = createOldestWaiting({ connection, prefix });
  const operations = createOperations({
    connection,
    prefix,
    queue: jobs,
    uploads,
    records,
    ends,
    ids,
    drain,
    deliveries,
    oldestWaitingAt,
  });
  const waits = createWaits();
  const clients = createClients({ turn: writer.turn });
  const gathering = createGathering({
    ids,
    clients,
    async write({ jobId, images, priority, client }, before) {
      try {
        await before?.();
        const turn = client === null ? null : await clients.nextTurn(client, priority, images);
        await writer.write(jobId, images, priority, { turn, together: before === undefined });
      } catch (error) {
        for (const image of images) image.release();
        clients.end(jobId);
        waits.settle(jobId, null);
        throw error;
      }
    },
  });
  const subscriptions = createSubscriptions();
  const jobEvents = createJobEvents({ events, records, log });
  jobEvents.onState((jobId, state, predictions) => {
    if (state.status === 'running') rates.jobStarted();
    if (state.status === 'completed' || state.status === 'failed') {
      rates.predictionsFinished(predictions);
      clients.end(jobId);
      ends.jobEnded(jobId)?.catch((error: unknown) => {
        log.warn({ err: error, job: jobId }, 'could not delete the result of a deleted prediction');
      });
    }
    subscriptions.publish(jobId, state);
  });
  jobEvents.onCanceled((jobId, index, state) => {
    clients.endOne(jobId, index);
    subscriptions.publishOne(jobId, index, state);
  });
  jobEvents.onRetried(subscriptions.beginAnew);
  waits.follow(jobEvents);

  const dataLost: (() => void)[] = [];
  const stopKeepingSecret = keepIdSecret({
    connection,
    prefix,
    ids,
    idSecret,
    log,
    async onDataLost() {
      waits.settleAll();
      clients.forgetAll();
      for (const listener of dataLost) listener();
      await restoreQueue({ connection, prefix, queue: jobs, lastEventId: jobEvents.lastEventId() });
    },
  });

  /** Takes a job out of the queue with its bytes. One that a worker runs is canceled. */
  const remove = retryWhenReady(connection, async (jobId: string) => {
    if ((await jobs.remove(jobId)) === 1) return uploads.release(jobId);
    const pictures = (await records.pictures(jobId)) ?? [];
    await ends.cancel(
      pictures.map((_, index) => ids.at({ jobId, index })),
      'client-gone',
    );
  });

  return {
    /**
     * Takes an image in. A wait for its id may be registered at once; the prediction is durable once `added` resolves.
     * `added` rejects with a ProblemError queue-full, or because Redis is away; waits end then.
     *
     * @param before what must have happened before the prediction exists
     */
    add: (
      image: Image,
      priority: Exclude<Priority, `batch${string}`>,
      before?: (id: string) => Promise<void>,
    ): { id: string; added: Promise<void> } => gathering.add(image, priority, before),
    /** Takes the images of one upload in, in their order. */
    openBulk: ({ isLow = false } = {}) =>
      createBulk({ ids, write: writer.write, limits, turn: writer.turn, isLow, remove }),
    /** @throws ProblemError prediction-not-found, prediction-expired */
    get,
    /**
     * Cancels a prediction that has not ended. One that waits is never read; of one that runs the result is discarded.
     *
     * @throws ProblemError already-finished, prediction-not-found, prediction-expired
     */
    async cancel(id: string, reason: CancelReason = 'asked'): Promise<PredictionState> {
      if (ids.find(id)) await ends.cancel([id], reason);
      const state = await get(id);
      if (state.status === 'canceled') return state;
      throw new ProblemError('already-finished', `The prediction has ${state.status} already.`, {
        predictionId: id,
        predictionStatus: state.status,
      });
    },
    /** Cancels a prediction that nobody waits for any more, now or once Redis is back. */
    giveUp: retryWhenReady(connection, (id: string) => ends.cancel([id], 'client-gone')),
    /** Cancels those of the predictions that have not ended. @returns how many */
    cancelAll: (predictionIds: readonly string[]): Promise<number> => ends.cancel(predictionIds, 'asked'),
    /** Lists predictions, newest first; nothing unless they are listed. */
    list: createListing({ ids, index, records }),
    /** Deletes predictions with all that they have; those that have not ended are canceled first. */
    deleteAll: ends.delete,
    /** Reads predictions again that failed by the service's fault and whose bytes are kept. @returns how many; or why none */
    retryAll: ends.retry,
    /** The states of predictions that this service accepted; null for one that is no longer kept. Positions are null. */
    getAll: records.states,
    /** Their statuses alone. */
    statuses: statuses.of,
    /** Waits for a prediction's end, from this call on; null where `timeoutMs` passed or `signal` was aborted before. */
    wait: waits.wait,
    /**
     * Keeps the states of predictions current and calls `onChange` at each change. None is missed, and none is reported
     * twice.
     */
    subscribeAll: (predictionIds: readonly string[], onChange: OnChange) =>
      subscriptions.subscribe(predictionIds, () => records.states(predictionIds), onChange),
    /** The same for one. @throws ProblemError prediction-not-found, prediction-expired */
    subscribe: (id: string, onChange: OnChange) =>
      subscriptions.subscribe([id], async () => [await get(id)], onChange),
    /** Calls back when Redis lost its data: what was followed is gone, and nothing else would say so. */
    onDataLost: (listener: () => void) => void dataLost.push(listener),
    /** The id of a batch, under which no prediction is found. */
    newBatchId: ids.newBatch,
    /** Whether this service issued an id, of a prediction or of a batch. */
    isPredictionId: (id: string): boolean => ids.find(id) !== null,
    isBatchId: ids.isBatch,
    /** Why no image is taken, in words, and what the operator should change; null where all is well. */
    problem: (): string | null =>
      drain.isDrained() ? 'The operator lets the queue run empty.' : memory.problem(),
    warning: memory.warning,
    /** What the operator does to the whole queue. */
    operations,
    /** What is sent to the webhooks of clients. */
    deliveries: {
      forget: deliveries.forget,
      requireRoom: deliveries.requireRoom,
      backlog: deliveries.backlog,
    },
    /** Predictions that this process has taken in since its start. */
    accepted: writer.accepted,
    /** Bytes of memory that Redis uses and may use: `max` is 0 without a limit. */
    memory: memory.usage,
    /** What waits and runs. */
    load: () => lookAtLoad({ connection, prefix, uploads, queue: jobs, oldestWaitingAt }),
    /** Reads the queue's events until `close`. Rejects when the reader ends before. */
    async run(): Promise<void> {
      try {
        await events.run();
      } catch (error) {
        if (!events.closing) throw error;
      }
    },
    async close(): Promise<void> {
      stopKeepingSecret();
      memory.close();
      drain.close();
      ends.close();
      upkeep.close();
      await whileRedisAnswers(eventsConnection, events.close());
      await Promise.all([jobs.close(), deliveries.close()]);
    },
  };
}
