import { setTimeout as delay } from 'node:timers/promises';
import { JOB_PICTURES_MAX } from '@inkqueue/shared/contracts/job';
import { toPredictionError } from '@inkqueue/shared/contracts/problems';
import pLimit from 'p-limit';
import { ProblemError } from '../errors.ts';
import type { Ids } from './ids.ts';
import type { Submission } from './image.ts';
import { type JobWriter, weightOf } from './writer.ts';

/** A job is closed at this many bytes, so that none is large in Redis or in a worker. */
const JOB_BYTES = 1_000_000;
/** Jobs of one upload being written at once; the api takes no more from the client until one is done. */
const WRITES_MAX = 3;
/** How long a full queue may hold the upload back before its images are refused. */
const FULL_WAIT_MS = 5_000;
const FULL_RETRY_MS = 50;

/** Writes the images of one upload into the queue while they arrive: a few jobs' bytes at most are in memory. */
export function createBulk(options: { ids: Ids; write: JobWriter['write'] }) {
  const { ids, write } = options;
  const limit = pLimit(WRITES_MAX);
  const writes: Promise<void>[] = [];
  let job = openJob();
  let failure: unknown = null;

  function openJob() {
    return { jobId: ids.newJob(), submissions: [] as Submission[], bytes: 0, weight: 0 };
  }

  /** Resolves once the writing of the job has begun. */
  async function close(): Promise<void> {
    const { jobId, submissions } = job;
    if (submissions.length === 0) return;
    job = openJob();
    await new Promise<void>((begun) => {
      const written = limit(() => {
        begun();
        return writeOrRefuse(write, jobId, submissions);
      });
      writes.push(
        written.catch((error: unknown) => {
          failure ??= error;
        }),
      );
    });
  }

  return {
    /** Takes the next image and names its prediction; resolves when the next image may come. */
    async add(submission: Submission): Promise<string> {
      if (failure) throw failure;
      const id = ids.at({ jobId: job.jobId, index: job.submissions.length });
      job.submissions.push(submission);
      job.bytes += 'bytes' in submission ? submission.bytes.length : 0;
      job.weight += weightOf(submission);
      if (job.weight >= JOB_PICTURES_MAX || job.bytes >= JOB_BYTES) await close();
      return id;
    },
    /** Resolves once every prediction of the upload is durable. */
    async end(): Promise<void> {
      await close();
      await Promise.all(writes);
      if (failure) throw failure;
    },
  };
}

/** While the queue is full the client is held back; if that lasts, the job's images are refused. */
async function writeOrRefuse(
  write: JobWriter['write'],
  jobId: string,
  submissions: readonly Submission[],
): Promise<void> {
  const deadline = Date.now() + FULL_WAIT_MS;
  for (;;) {
    try {
      return await write(jobId, submissions, 'batch');
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'queue-full') throw error;
      if (Date.now() < deadline) {
        await delay(FULL_RETRY_MS);
      } else {
        const refused = toPredictionError(error.code, error.message);
        submissions = submissions.map((submission) => ('bytes' in submission ? { refused } : submission));
      }
    }
  }
}
