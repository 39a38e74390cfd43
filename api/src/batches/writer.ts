import { setTimeout as sleep } from 'node:timers/promises';
import { BATCH_PICTURES_MAX, type BatchAccepted } from '@inkqueue/shared/contracts/batch';
import { JOB_PICTURES_MAX } from '@inkqueue/shared/contracts/job';
import { ProblemError, toRefusal } from '../errors.ts';
import type { Ids } from '../queue/ids.ts';
import { type JobEntry, type JobWriter, weightOf } from '../queue/job-writer.ts';
import type { BatchRecords } from './records.ts';

/** Index that no picture of a job has: under it the first job's number names the batch. */
export const BATCH_INDEX = 255;
/** A job of a batch is closed at this many bytes, so that none is large in Redis or in a worker. */
const JOB_BYTES = 1_000_000;
/** Jobs of one batch being written at once; more bytes are not read from the client until one is done. */
const WRITES_MAX = 3;
/** How long a full queue may hold the upload back before its pictures are refused. */
const FULL_WAIT_MS = 5_000;
const FULL_RETRY_MS = 50;

export interface BatchWriter {
  /** Takes the next file; resolves when the next but one may be read. */
  add(entry: JobEntry, filename: string | null): Promise<void>;
  /** Resolves once every prediction of the batch is durable. */
  finish(): Promise<BatchAccepted>;
}

/** Writes one batch into the queue while it arrives: never more than a few jobs' bytes are in memory. */
export function createBatchWriter(options: {
  ids: Ids;
  writer: JobWriter;
  records: BatchRecords;
}): BatchWriter {
  const { ids, writer, records } = options;
  const id = ids.at({ jobId: ids.newJob(), index: BATCH_INDEX });
  const predictions: BatchAccepted['predictions'] = [];
  const writes = new Set<Promise<void>>();
  let jobId = ids.newJob();
  let entries: JobEntry[] = [];
  let filenames: (string | null)[] = [];
  let bytes = 0;
  let weight = 0;
  let failure: unknown = null;

  async function close(): Promise<void> {
    if (entries.length === 0) return;
    const job = { jobId, filenames };
    // Records are appended in the order of the files, whatever the order in which the writes end.
    await records.append(id, job);
    const write: Promise<void> = writeOrRefuse(writer, jobId, entries)
      .catch((err: unknown) => {
        failure ??= err;
      })
      .finally(() => writes.delete(write));
    writes.add(write);
    [jobId, entries, filenames, bytes, weight] = [ids.newJob(), [], [], 0, 0];
    if (writes.size >= WRITES_MAX) await Promise.race(writes);
  }

  return {
    async add(entry, filename) {
      if (failure) throw failure;
      if (predictions.length >= BATCH_PICTURES_MAX) {
        throw new ProblemError('too-many-files', `A batch holds at most ${BATCH_PICTURES_MAX} pictures.`);
      }
      predictions.push({ id: ids.at({ jobId, index: entries.length }), filename });
      entries.push(entry);
      filenames.push(filename);
      bytes += 'bytes' in entry ? entry.bytes.length : 0;
      weight += weightOf(entry);
      if (weight >= JOB_PICTURES_MAX || bytes >= JOB_BYTES) await close();
    },
    async finish() {
      await close();
      await Promise.all(writes);
      if (failure) throw failure;
      return { id, total: predictions.length, predictions, links: { self: `/batches/${id}` } };
    },
  };
}

/** While the queue is full the client is held back; if that lasts, the job's pictures are taken or refused one by one. */
async function writeOrRefuse(writer: JobWriter, jobId: string, entries: JobEntry[]): Promise<void> {
  const deadline = Date.now() + FULL_WAIT_MS;
  for (;;) {
    const whole = Date.now() < deadline;
    try {
      await writer.write(jobId, entries, { urgency: 'batch', whole });
      return;
    } catch (err) {
      if (!(err instanceof ProblemError) || err.code !== 'queue-full') throw err;
      if (!whole) entries = entries.map((entry) => ('bytes' in entry ? { refused: toRefusal(err) } : entry));
      else await sleep(FULL_RETRY_MS);
    }
  }
}
