import { JOB_PICTURES_MAX } from '@inkqueue/shared/contracts/job';
import type { UploadLimits } from '@inkqueue/shared/node/uploads';
import pLimit from 'p-limit';
import type { Ids } from '../ids.ts';
import type { Submission } from './image.ts';
import { withoutTexts } from './png-texts.ts';
import { isHeavyImage, type JobWriter, weightOf } from './writer.ts';

/** A job is closed at this many bytes, so that none is large in Redis or in a worker. */
const JOB_BYTES = 1_000_000;
/** A job is closed this long after its first image: an upload that stalls holds no images in memory. */
const JOB_OPEN_MS = 250;
/** Jobs of one upload being written at once; the api takes no more from the client until one is done. */
const WRITES_MAX = 3;

/**
 * Writes the images of one upload into the queue while they arrive: a few jobs' bytes at most are in memory.
 *
 * @param options.remove takes a job out of the queue again, now or once Redis is back, unless a worker runs it already
 */
export function createBulk(options: {
  ids: Ids;
  write: JobWriter['write'];
  limits: UploadLimits;
  /** The turn that batches have come to. */
  turn: JobWriter['turn'];
  /** Whether other batches go first. */
  isLow?: boolean;
  remove: (jobId: string) => Promise<void>;
}) {
  const { ids, write, limits, turn, isLow = false, remove } = options;
  const priority = isLow ? 'batch-low' : 'batch';
  const limit = pLimit(WRITES_MAX);
  /** Its jobs take turns with those of other batches: a large upload does not hold up a small one that comes later. */
  let firstTurn: Promise<number> | null = null;
  let jobs = 0;
  const queued = { count: 0, bytes: 0 };
  const writes = new Map<string, Promise<void>>();
  let job = openJob();
  let failure: unknown = null;

  function openJob() {
    return {
      // Made of the time of the first image.
      jobId: null as string | null,
      submissions: [] as Submission[],
      bytes: 0,
      weight: 0,
      timer: null as NodeJS.Timeout | null,
    };
  }

  /** Resolves once the writing of the job has begun. */
  async function close(): Promise<void> {
    const { jobId, submissions, timer } = job;
    if (jobId === null) return;
    if (timer) clearTimeout(timer);
    job = openJob();
    await new Promise<void>((begun) => {
      const written = limit(async () => {
        begun();
        if (failure) return release(submissions);
        firstTurn ??= turn(priority);
        const at = jobs++;
        const first = await firstTurn.catch((error: unknown) => {
          release(submissions);
          throw error;
        });
        await write(jobId, submissions, priority, { turn: first + at });
        for (const submission of submissions) {
          queued.count++;
          if ('bytes' in submission) queued.bytes += submission.bytes.length;
        }
      });
      writes.set(
        jobId,
        written.catch((error: unknown) => {
          failure ??= error;
        }),
      );
    });
  }

  return {
    /**
     * Takes the next image and names its prediction; resolves when the next image may come.
     *
     * @throws ProblemError queue-full, or what Redis fails with, for this image or one before; call `discard` then
     */
    async add(submitted: Submission): Promise<string> {
      const submission =
        'bytes' in submitted ? { ...submitted, bytes: withoutTexts(submitted.bytes) } : submitted;
      if (failure) {
        release([submission]);
        throw failure;
      }
      // The images that came before must not wait for it.
      const isAlone = isHeavyImage(submission) || ('bytes' in submission && submission.isAddress === true);
      if (isAlone) await close();
      job.jobId ??= ids.newJob();
      const id = ids.at({ jobId: job.jobId, index: job.submissions.length });
      job.submissions.push(submission);
      job.bytes += 'bytes' in submission ? submission.bytes.length : 0;
      job.weight += weightOf(submission);
      job.timer ??= setTimeout(close, JOB_OPEN_MS);
      if (isAlone || job.weight >= JOB_PICTURES_MAX || job.bytes >= JOB_BYTES) await close();
      return id;
    },
    /** Resolves once every prediction of the upload is durable. @throws as `add` */
    async end(): Promise<void> {
      await close();
      await Promise.all(writes.values());
      if (failure) throw failure;
    },
    /** How many images went into the queue. */
    queued: () => queued.count,
    /** Whether the upload alone is more than the queue takes. */
    isTooLarge: () => queued.count >= limits.maxCount || queued.bytes >= limits.maxBytes,
    /** Takes back what was queued: the upload failed, and nobody knows the ids. */
    async discard(): Promise<void> {
      failure ??= new Error('the upload was discarded');
      await close();
      await Promise.all(writes.values());
      await Promise.all([...writes.keys()].map(remove));
    },
  };
}

function release(submissions: readonly Submission[]): void {
  for (const submission of submissions) if ('bytes' in submission) submission.release();
}
