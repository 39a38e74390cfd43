import { JOB_PICTURES_MAX } from '@inkqueue/shared/contracts/job';
import type { Ids, PredictionAddress } from './ids.ts';
import {
  type JobEntry,
  type JobPicture,
  type JobWriter,
  queueFull,
  type Urgency,
  weightOf,
} from './job-writer.ts';

/** A picture of this size or more has a job of its own: it takes longer to read, and nobody should wait for it. */
const ALONE_BYTES = 32_768;
/** Jobs being written to Redis at once; what comes meanwhile fills the next ones. */
const WRITES_MAX = 2;

interface PendingJob {
  jobId: string;
  entries: JobEntry[];
  weight: number;
  urgency: Urgency;
  /** How many of the entries were taken. */
  written: Promise<number>;
  resolve: (taken: number) => void;
  reject: (reason: unknown) => void;
}

export interface Submissions {
  /**
   * Takes a picture in. The id is known at once, so that a waiter can be registered before there is a job; the prediction
   * exists and is durable once `written` resolves.
   */
  submit(
    picture: JobPicture,
    urgency: Urgency,
  ): { id: string; address: PredictionAddress; written: Promise<void> };
}

/**
 * Gathers pictures into jobs. Those that come in the same turn of the event loop, or while earlier ones are being written,
 * share one job, and so its round trips: under load the queue costs a fraction for each; a lone picture is written at the
 * end of its turn.
 */
export function createSubmissions(options: { ids: Ids; writer: JobWriter }): Submissions {
  const { ids, writer } = options;
  /** Jobs to be written, in order; the last of an urgency may still take pictures. */
  const pending: PendingJob[] = [];
  let writing = 0;
  let scheduled = false;

  function openJob(urgency: Urgency): PendingJob {
    let resolve!: (taken: number) => void;
    let reject!: (reason: unknown) => void;
    const written = new Promise<number>((yes, no) => {
      resolve = yes;
      reject = no;
    });
    const job = { jobId: ids.newJob(), entries: [], weight: 0, urgency, written, resolve, reject };
    pending.push(job);
    return job;
  }

  function jobFor({ bytes }: JobPicture, urgency: Urgency): PendingJob {
    if (bytes.length >= ALONE_BYTES) return openJob(urgency);
    const takes = (job: PendingJob) =>
      job.urgency === urgency && job.weight < JOB_PICTURES_MAX && isSmall(job.entries[0]);
    return pending.findLast(takes) ?? openJob(urgency);
  }

  async function write(job: PendingJob): Promise<void> {
    writing++;
    try {
      job.resolve(await writer.write(job.jobId, job.entries, { urgency: job.urgency, whole: false }));
    } catch (err) {
      job.reject(err);
    } finally {
      writing--;
      flush();
    }
  }

  function flush(): void {
    scheduled = false;
    while (writing < WRITES_MAX) {
      const next = pending.shift();
      if (!next) return;
      void write(next);
    }
  }

  return {
    submit(picture, urgency) {
      const job = jobFor(picture, urgency);
      const index = job.entries.push(picture) - 1;
      job.weight += weightOf(picture);
      if (!scheduled) {
        scheduled = true;
        setImmediate(flush);
      }
      const address = { jobId: job.jobId, index };
      const written = job.written.then((taken) => {
        if (index >= taken) throw queueFull();
      });
      return { id: ids.at(address), address, written };
    },
  };
}

const isSmall = (entry: JobEntry | undefined) =>
  entry !== undefined && 'bytes' in entry && entry.bytes.length < ALONE_BYTES;
