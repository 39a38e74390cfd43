import { type Deadline, JOB_VERSION, type JobData } from '@inkqueue/shared/contracts/job';
import type { Counts } from '@inkqueue/shared/node/counts';
import { isHeavy } from '@inkqueue/shared/node/image/cost';
import { isRedisFull } from '@inkqueue/shared/node/redis/connections';
import { retryWhenReady } from '@inkqueue/shared/node/redis/retry';
import type { UploadLimits, Uploads } from '@inkqueue/shared/node/uploads';
import type { Redis } from 'ioredis';
import { ProblemError } from '../../errors.ts';
import { type JobQueue, jobKeys, lowestPriority } from '../bullmq.ts';
import type { Deliveries } from '../deliveries/deliveries.ts';
import type { JobIndex } from '../jobs/job-index.ts';
import type { Rates } from '../rates.ts';
import type { RedisMemory } from '../redis-memory.ts';
import type { Drain } from './drain.ts';
import type { Priority, Submission } from './image.ts';
import { numberOf, TURNS_MAX } from './priorities.ts';

/** The api tells a client that it refuses to come again after this at the latest; and where no prediction has ended yet. */
const RETRY_MAX_S = 60;

/** Whose predictions are those of clients without a key: there are no keys yet. */
const EVERYONE = 'everyone';

/** Up to so many bytes go to Redis together with their job, in one round trip, where there is much room. */
const TOGETHER_MAX_BYTES = 100_000;

/** An outcome with the network's input is about four times as long as one without. */
const PREVIEW_WEIGHT = 4;

/**
 * How much of a job a submission takes up, of JOB_PICTURES_MAX. BullMQ keeps finished jobs by number, so a job whose
 * outcomes carry the network's input must not be longer than others.
 */
export function weightOf(submission: Submission): number {
  return 'bytes' in submission && submission.preview ? PREVIEW_WEIGHT : 1;
}

/** Whether an image needs a job of its own, which a worker runs apart from the others. */
export function isHeavyImage(submission: Submission): boolean {
  return 'bytes' in submission && isHeavy(submission.bytes);
}

/** A job that could not be added. `takeBack` is of its deliveries. */
interface Abandoned {
  jobId: string;
  takeBack: (() => Promise<void>) | undefined;
}

export type JobWriter = ReturnType<typeof createJobWriter>;

/** The one place that puts images into Redis and jobs into the queue. */
export function createJobWriter(options: {
  connection: Redis;
  prefix: string;
  queue: JobQueue;
  uploads: Pick<Uploads, 'store' | 'hasMuchRoom' | 'release' | 'held'>;
  counts: Pick<Counts, 'add'>;
  limits: UploadLimits;
  memory: Pick<RedisMemory, 'hasRoomForUploads' | 'note'>;
  drain: Pick<Drain, 'isDrained'>;
  rates: Pick<Rates, 'predictionsPerSecond'>;
  /** Where jobs are noted, to be listed; null where they are not. */
  index?: Pick<JobIndex, 'note'> | null;
  /** Where the deliveries of images with a webhook are recorded. */
  deliveries?: Pick<Deliveries, 'of'> | null;
  /** How long a prediction may wait for a worker to begin, in milliseconds; null without a limit. */
  waitMaxMs?: number | null;
}) {
  const {
    connection,
    prefix,
    queue,
    uploads,
    counts,
    limits,
    memory,
    drain,
    rates,
    index = null,
    deliveries = null,
    waitMaxMs = null,
  } = options;

  let accepted = 0;

  /**
   * Deletes the images and the deliveries of a job that could not be added, now or once Redis is back, unless Redis added the job all the
   * same and could not say so: then a worker takes it, and a client with an Idempotency-Key finds it.
   */
  const abandon = retryWhenReady(connection, async ({ jobId, takeBack }: Abandoned) => {
    if ((await connection.exists(jobKeys(prefix, jobId).job)) === 0)
      await Promise.all([uploads.release(jobId), takeBack?.()]);
  });

  const remove = retryWhenReady(connection, (jobId: string) => queue.remove(jobId));

  /**
   * Resolves once Redis has carried out both, in their order. A job whose images could not be stored is taken out again; where a worker
   * has it already, it ends as one without images, and nobody knows its id.
   */
  async function both(jobId: string, storing: Promise<unknown>, adding: Promise<unknown>): Promise<void> {
    const [stored, added] = await Promise.allSettled([storing, adding]);
    if (stored.status === 'rejected') {
      if (added.status === 'fulfilled') await remove(jobId);
      throw stored.reason;
    }
    if (added.status === 'rejected') throw added.reason;
  }

  /** A client that comes again once what waits now is read finds room. */
  async function queueFull(): Promise<ProblemError> {
    const { count } = await uploads.held();
    const rate = rates.predictionsPerSecond();
    const seconds = rate === null ? RETRY_MAX_S : Math.ceil(count / rate);
    const isShort = !memory.hasRoomForUploads();
    const why = isShort ? 'The queue is short of memory' : `${count.toLocaleString('en')} pictures wait`;
    return new ProblemError('queue-full', `${why}. Try again later.`, {
      waiting: count,
      retryAfterS: Math.min(Math.max(seconds, 1), RETRY_MAX_S),
    });
  }

  return {
    /** Predictions that were written since this process's start. */
    accepted: () => accepted,
    /** The turn that the jobs of a priority have come to: that of the next one, 0 where none waits. */
    async turn(priority: Priority): Promise<number> {
      const first = numberOf(priority, 0);
      const next = await lowestPriority({ connection, prefix, from: first });
      const turn = (next ?? 0) - first;
      return turn < 0 || turn > TURNS_MAX ? 0 : turn;
    },
    /**
     * Writes a job and the bytes of its images; its predictions are durable once this resolves.
     *
     * @param options.turn jobs of equal turns are taken as they came, and those of later turns after them; null for single images that
     *   take none
     * @param options.together whether job and images may go in one round trip. Not where others may learn of the job before this resolves,
     *   for a job whose images could not be stored is taken out again
     * @throws ProblemError queue-full, drained; nothing of the job is kept then
     */
    async write(
      jobId: string,
      submissions: readonly Submission[],
      priority: Priority,
      { turn = null, together = false }: { turn?: number | null; together?: boolean } = {},
    ): Promise<void> {
      const images = new Map<number, Buffer>();
      let bytes = 0;
      for (const [index, submission] of submissions.entries()) {
        if (!('bytes' in submission)) continue;
        images.set(index, submission.bytes);
        bytes += submission.bytes.length;
      }
      const data = describe(submissions, waitMaxMs);
      const book = { count: submissions.length, deadline: firstDeadline(data) };
      let delivering: ReturnType<Deliveries['of']> = null;
      try {
        if (drain.isDrained()) throw drained();
        if (memory.hasRoomForUploads()) {
          delivering = deliveries?.of(jobId, submissions) ?? null;
          const isSure = together && bytes <= TOGETHER_MAX_BYTES && uploads.hasMuchRoom();
          // Before the job, and where its images may find no room, after them: most that are refused have cost no delivery then.
          if (isSure) await delivering?.record();
          const storing = uploads.store(jobId, images, limits, { ...book, isSure });
          if (isSure || (await storing)) {
            memory.note(bytes);
            if (!isSure) await delivering?.record();
            const adding = queue.add('predict', data, { jobId, priority: numberOf(priority, turn) });
            await Promise.all([both(jobId, storing, adding), index?.note(jobId)]);
            accepted += submissions.length;
            counts.add('accepted', submissions.length);
            return;
          }
        }
      } catch (error) {
        if (error instanceof ProblemError) throw error;
        void abandon({ jobId, takeBack: delivering?.takeBack });
        throw isRedisFull(error) ? await queueFull() : error;
      } finally {
        for (const submission of submissions) if ('bytes' in submission) submission.release();
      }
      throw await queueFull();
    },
  };
}

const drained = () =>
  new ProblemError('drained', 'The operator lets the queue run empty. Try again later.', {
    retryAfterS: RETRY_MAX_S,
  });

function describe(submissions: readonly Submission[], waitMaxMs: number | null): JobData {
  // A heavy image and an address have a job of their own.
  const alone = submissions.length === 1 ? submissions[0] : undefined;
  return {
    version: JOB_VERSION,
    owner: EVERYONE,
    pictures: submissions.map((submission) => {
      if ('refused' in submission) return submission;
      const { bytes, preview, explain, expect = 'auto', cancelAfterMs = null, trace } = submission;
      const deadline = deadlineOf(cancelAfterMs, waitMaxMs);
      return {
        bytes: bytes.length,
        ...(preview && { preview: true as const }),
        ...(explain && { explain: true as const }),
        ...(expect !== 'auto' && { expect }),
        ...(deadline && { deadline }),
        ...(trace && { trace }),
      };
    }),
    ...(alone && isHeavyImage(alone) && { heavy: true as const }),
    ...(alone && 'bytes' in alone && alone.isAddress && { address: true as const }),
  };
}

/** The shorter of the two limits holds. */
function deadlineOf(clientMs: number | null, serviceMs: number | null): Deadline | null {
  if (clientMs === null && serviceMs === null) return null;
  const limitMs = Math.min(clientMs ?? Number.POSITIVE_INFINITY, serviceMs ?? Number.POSITIVE_INFINITY);
  return { at: Date.now() + limitMs, limitMs, by: limitMs === clientMs ? 'client' : 'service' };
}

function firstDeadline({ pictures }: JobData): number | null {
  let first: number | null = null;
  for (const picture of pictures) {
    if ('deadline' in picture && picture.deadline)
      first = Math.min(first ?? Number.POSITIVE_INFINITY, picture.deadline.at);
  }
  return first;
}
