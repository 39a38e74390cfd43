import type { JobData } from '@inkqueue/shared/contracts/job';
import type { PredictionError } from '@inkqueue/shared/contracts/problems';
import type { PredictionQueue } from '@inkqueue/shared/node/queue';
import type { UploadLimits, Uploads } from '@inkqueue/shared/node/uploads';
import { ProblemError, toRefusal } from '../errors.ts';

/** BullMQ's priorities: jobs without one go first, then the lower number. Whoever waits goes before whoever polls. */
const priorities = { waiting: 0, polling: 1, batch: 2 } as const;
export type Urgency = keyof typeof priorities;

/** A picture that goes into a job. */
export interface JobPicture {
  bytes: Buffer;
  /** Whether its sender wants to see what the network saw. */
  preview?: boolean;
}

/** A picture, or why it was refused. */
export type JobEntry = JobPicture | { refused: PredictionError };

/** An outcome with what the network saw is about four times as long as one without. */
const PREVIEW_WEIGHT = 4;

/**
 * How much of a job an entry takes up, of JOB_PICTURES_MAX. Finished jobs are kept by number, so one whose pictures are
 * previewed must not be longer than others.
 */
export function weightOf(entry: JobEntry): number {
  return 'bytes' in entry && entry.preview ? PREVIEW_WEIGHT : 1;
}

export interface JobWriter {
  /**
   * Writes a job and its pictures' bytes; the predictions of those it took are durable once this resolves. Where the queue
   * is nearly full it takes the first so many (or, where the `whole` job is wanted, all or none), and the others of the job
   * end as `queue-full`. Resolves to the number of entries taken, from the first on.
   *
   * @throws ProblemError queue-full where none was taken; then nothing is kept
   */
  write(
    jobId: string,
    entries: readonly JobEntry[],
    options: { urgency: Urgency; whole: boolean },
  ): Promise<number>;
}

/** The one place that puts pictures into Redis and jobs into the queue. */
export function createJobWriter(options: {
  queue: PredictionQueue;
  uploads: Pick<Uploads, 'store' | 'abandon'>;
  limits: UploadLimits;
}): JobWriter {
  const { queue, uploads, limits } = options;
  return {
    async write(jobId, entries, { urgency, whole }) {
      const pictures = new Map<number, Buffer>();
      for (const [index, entry] of entries.entries()) if ('bytes' in entry) pictures.set(index, entry.bytes);
      try {
        const stored = await uploads.store(jobId, pictures, { ...limits, whole });
        if (stored > 0 || pictures.size === 0) {
          const firstRefused = [...pictures.keys()][stored] ?? entries.length;
          await queue.add('predict', describe(entries, firstRefused), {
            jobId,
            priority: priorities[urgency],
          });
          return firstRefused;
        }
      } catch (err) {
        // Without their job nobody would ever read the pictures.
        uploads.abandon(jobId);
        throw err;
      }
      throw queueFull();
    },
  };
}

/** The answer to a picture for which there is no room. */
export function queueFull(): ProblemError {
  return new ProblemError('queue-full', 'Too many pictures are waiting. Try again soon.');
}

function describe(entries: readonly JobEntry[], firstRefused: number): JobData {
  return {
    pictures: entries.map((entry, index) => {
      if (!('bytes' in entry)) return entry;
      if (index >= firstRefused) return { refused: toRefusal(queueFull()) };
      return { bytes: entry.bytes.length, ...(entry.preview && { preview: true as const }) };
    }),
  };
}
