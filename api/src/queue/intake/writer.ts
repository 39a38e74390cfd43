import type { Deadline, JobData } from '@inkqueue/shared/contracts/job';
import { isHeavy } from '@inkqueue/shared/node/image-cost';
import { isRedisFull } from '@inkqueue/shared/node/redis';
import type { UploadLimits, Uploads } from '@inkqueue/shared/node/uploads';
import type { Redis } from 'ioredis';
import { ProblemError } from '../../errors.ts';
import { type JobQueue, lowestPriority } from '../bullmq.ts';
import type { JobIndex } from '../jobs/job-index.ts';
import type { Rates } from '../rates.ts';
import type { RedisMemory } from '../redis-memory.ts';
import type { Priority, Submission } from './image.ts';

/** BullMQ takes jobs without a priority first, then those with the lower number. Turns of batches count on from theirs. */
const PRIORITIES: Record<Priority, number> = {
  waiting: 0,
  'waiting-low': 1,
  polling: 2,
  'polling-low': 3,
  batch: 4,
  'batch-low': 1_000_000,
};

/** The api tells a client that it refuses to come again after this at the latest; and where no prediction has ended yet. */
const RETRY_MAX_S = 60;

/** Whose predictions are those of clients without a key: there are no keys yet. */
const EVERYONE = 'everyone';

/** After so many turns without a pause, batches are taken as they come. */
const TURNS_MAX = 900_000;

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

export type JobWriter = ReturnType<typeof createJobWriter>;

/** The one place that puts images into Redis and jobs into the queue. */
export function createJobWriter(options: {
  connection: Redis;
  prefix: string;
  queue: JobQueue;
  uploads: Pick<Uploads, 'store' | 'abandon' | 'held'>;
  limits: UploadLimits;
  memory: Pick<RedisMemory, 'hasRoomForUploads' | 'note'>;
  rates: Pick<Rates, 'predictionsPerSecond'>;
  /** Where jobs are noted, to be listed; null where they are not. */
  index?: Pick<JobIndex, 'note'> | null;
  /** How long a prediction may wait for a worker to begin, in milliseconds; null without a limit. */
  waitMaxMs?: number | null;
}) {
  const {
    connection,
    prefix,
    queue,
    uploads,
    limits,
    memory,
    rates,
    index = null,
    waitMaxMs = null,
  } = options;

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
    /** The turn that batches have come to: that of the next job of one, 0 where none waits. */
    async turn(priority: 'batch' | 'batch-low'): Promise<number> {
      const next = await lowestPriority({ connection, prefix, from: PRIORITIES[priority] });
      const turn = (next ?? 0) - PRIORITIES[priority];
      return turn < 0 || turn > TURNS_MAX ? 0 : turn;
    },
    /**
     * Writes a job and the bytes of its images; its predictions are durable once this resolves.
     *
     * @param turn of a batch's job: jobs of equal turns are taken as they came, and those of later turns after them
     * @throws ProblemError queue-full; nothing of the job is kept then
     */
    async write(
      jobId: string,
      submissions: readonly Submission[],
      priority: Priority,
      turn = 0,
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
      try {
        if (memory.hasRoomForUploads() && (await uploads.store(jobId, images, limits, book))) {
          memory.note(bytes);
          await Promise.all([
            queue.add('predict', data, { jobId, priority: PRIORITIES[priority] + Math.min(turn, TURNS_MAX) }),
            index?.note(jobId),
          ]);
          return;
        }
      } catch (error) {
        // Without their job no worker would ever take the images.
        uploads.abandon(jobId);
        throw isRedisFull(error) ? await queueFull() : error;
      } finally {
        for (const submission of submissions) if ('bytes' in submission) submission.release();
      }
      throw await queueFull();
    },
  };
}

function describe(submissions: readonly Submission[], waitMaxMs: number | null): JobData {
  // A heavy image and an address have a job of their own.
  const alone = submissions.length === 1 ? submissions[0] : undefined;
  return {
    owner: EVERYONE,
    pictures: submissions.map((submission) => {
      if ('refused' in submission) return submission;
      const { bytes, preview, expect = 'auto', cancelAfterMs = null } = submission;
      const deadline = deadlineOf(cancelAfterMs, waitMaxMs);
      return {
        bytes: bytes.length,
        ...(preview && { preview: true as const }),
        ...(expect !== 'auto' && { expect }),
        ...(deadline && { deadline }),
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
