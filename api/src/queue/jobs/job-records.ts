import { type JobData, jobData, jobResult } from '@inkqueue/shared/contracts/job';
import type { Redis } from 'ioredis';
import { type JobQueue, jobError, jobKeys } from '../bullmq.ts';
import { type Settled, settledOf, stateOf } from '../ends/settled.ts';
import { addressOf } from '../ids.ts';
import { type JobState, type PredictionState, stateAt } from '../state.ts';

export type JobRecords = ReturnType<typeof createJobRecords>;

/** A job, and what is settled of its predictions whatever becomes of it. */
interface JobRecord {
  state: JobState;
  pictures: JobData['pictures'];
  settled: ReadonlyMap<number, Settled>;
}

/** The jobs that BullMQ keeps. A result that outlived its time counts as gone: BullMQ removes it when others finish. */
export function createJobRecords(options: {
  connection: Redis;
  prefix: string;
  queue: JobQueue;
  resultTtlMs: number;
}) {
  const { connection, prefix, queue, resultTtlMs } = options;

  /** The record and what is settled in it are of one moment. Null for a job that BullMQ does not keep, or no longer. */
  async function read(jobId: string): Promise<Record<string, string> | null> {
    const record = await connection.hgetall(jobKeys(prefix, jobId).job);
    return record.timestamp === undefined ? null : record;
  }

  async function find(jobId: string): Promise<JobRecord | null> {
    const [first, place] = await Promise.all([read(jobId), queue.getJobState(jobId)]);
    // The job may have ended between the two: then a second look finds the end in its record.
    const ended = first?.finishedOn === undefined && (place === 'completed' || place === 'failed');
    const record = ended ? await read(jobId) : first;
    if (!record) return null;
    const startedAt = numberIn(record.processedOn);
    const finishedAt = numberIn(record.finishedOn);
    if (finishedAt !== null && finishedAt + resultTtlMs < Date.now()) return null;
    const state = stateIn(record, { isActive: place === 'active', startedAt, finishedAt });
    return { state, pictures: picturesIn(record), settled: settledOf(record) };
  }

  return {
    find,
    /** The states of predictions, in the order of their ids; null for one that is no longer kept. */
    async states(ids: readonly string[]): Promise<(PredictionState | null)[]> {
      const addresses = ids.map(addressOf);
      const jobs = new Map<string, Promise<JobRecord | null>>();
      for (const { jobId } of addresses) if (!jobs.has(jobId)) jobs.set(jobId, find(jobId));
      return Promise.all(
        addresses.map(async ({ jobId, index }) => {
          const job = (await jobs.get(jobId)) ?? null;
          return job && at(job, index);
        }),
      );
    },
    /**
     * Changes when a job that has ended begins anew, and when something of it is deleted; null where it has not ended, or is no
     * longer kept. Read without the results.
     */
    async endMark(jobId: string): Promise<string | null> {
      const { job } = jobKeys(prefix, jobId);
      const [finishedOn, deleted] = await connection.hmget(job, 'finishedOn', 'deleted');
      const isKept = finishedOn && Number(finishedOn) + resultTtlMs >= Date.now();
      return isKept ? `${finishedOn} ${deleted ?? 0}` : null;
    },
    /** The states of all predictions of a job; null when it is no longer kept. */
    async job(jobId: string): Promise<(PredictionState | null)[] | null> {
      const job = await find(jobId);
      if (!job) return null;
      return job.pictures.map((_, index) => at(job, index));
    },
    /**
     * How many predictions of a job ended with it, when its last attempt started, and whether it has ended and was not begun
     * anew; null when it is no longer kept.
     */
    async describe(
      jobId: string,
    ): Promise<{ predictions: number; startedAt: number | null; isOver: boolean } | null> {
      const record = await read(jobId);
      if (!record) return null;
      const predictions = picturesIn(record).length - settledOf(record).size;
      return {
        predictions,
        startedAt: numberIn(record.processedOn),
        isOver: record.finishedOn !== undefined,
      };
    },
    /** What the job holds of its predictions' images, without their bytes; null when it is no longer kept. */
    async pictures(jobId: string) {
      const record = await read(jobId);
      return record && picturesIn(record);
    },
  };
}

function at(job: JobRecord, index: number): PredictionState | null {
  const entry = job.settled.get(index);
  return entry ? stateOf(entry) : stateAt(job.state, index);
}

const numberIn = (text: string | undefined) => (text === undefined ? null : Number(text));

const picturesIn = ({ data = '' }: Record<string, string>) => jobData.parse(JSON.parse(data)).pictures;

function stateIn(
  record: Record<string, string>,
  at: { isActive: boolean; startedAt: number | null; finishedAt: number | null },
): JobState {
  const { isActive, startedAt, finishedAt } = at;
  if (finishedAt === null) {
    return isActive
      ? { status: 'running', startedAt: startedAt ?? Number(record.timestamp) }
      : { status: 'queued' };
  }
  // A return value that is not a job's result is a failure here, as it is in the queue's events.
  const result = jobResult.safeParse(record.returnvalue && JSON.parse(record.returnvalue));
  if (result.success) return { status: 'completed', result: result.data };
  // A job that was given up before it ran has no start.
  return { status: 'failed', error: jobError(record.failedReason ?? ''), startedAt, finishedAt };
}
