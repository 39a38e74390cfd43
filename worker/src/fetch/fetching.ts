import type { StoredJobResult } from '@inkqueue/shared/contracts/job';
import { type PredictionError, toPredictionError } from '@inkqueue/shared/contracts/problems';
import { isHeavy } from '@inkqueue/shared/node/image/cost';
import type { Logger } from '@inkqueue/shared/node/log';
import type { Uploads } from '@inkqueue/shared/node/uploads';
import { DelayedError } from 'bullmq';
import pLimit from 'p-limit';
import { isLate, noteBegun } from '../deadlines.ts';
import type { PredictionJob } from '../processor.ts';
import { FetchError } from './fetch-error.ts';

/** Images fetched at a time. */
const FETCHES_MAX = 8;
/** Images whose turn has not come, beside these; further ones go back to the queue. */
const WAITING_MAX = 64;
/** How long a job waits for the worker that fetches its image, beyond the time that this may take: it may have died. */
const MARGIN_MS = 5_000;

/**
 * Fetches images that clients named by their addresses. A job gives its place in the worker back meanwhile, and comes back to
 * the queue with its image, or with what went wrong: a slow server delays nobody else.
 *
 * @param run runs a job whose images are there
 * @param fetchImage null where the operator lets nothing be fetched
 * @param timeoutMs how long one fetch takes at most
 * @param maxBytes of all images that wait or run: none is stored beyond
 */
export function fetchFirst(options: {
  run: (job: PredictionJob, token?: string) => Promise<StoredJobResult>;
  fetchImage: ((address: string) => Promise<Buffer>) | null;
  timeoutMs: number;
  maxBytes: number;
  uploads: Pick<Uploads, 'read' | 'replace'>;
  log: Pick<Logger, 'warn'>;
}): (job: PredictionJob, token?: string) => Promise<StoredJobResult> {
  const { run, fetchImage, timeoutMs, maxBytes, uploads, log } = options;
  const limit = pLimit(FETCHES_MAX);

  async function fetch(job: PredictionJob, fetchImage: (address: string) => Promise<Buffer>): Promise<void> {
    const [address] = await uploads.read(job.id!, 1);
    const { address: _, ...data } = job.data;
    // Canceled, or gone: the run says which. With its address the job would come back here for ever.
    if (!address?.length) return job.updateData(data);
    try {
      const image = await fetchImage(address.toString());
      if (await uploads.replace(job.id!, 0, image, maxBytes)) {
        await job.updateData({ ...data, ...(isHeavy(image) && { heavy: true as const }) });
      } else {
        await refuse(
          job,
          toPredictionError('queue-full', 'The queue has no room for the picture. Send it again later.'),
        );
      }
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
      await refuse(job, toPredictionError(error.code, error.message));
    }
  }

  /** The job's image becomes one that is refused. */
  async function refuse(job: PredictionJob, error: PredictionError): Promise<void> {
    const { address: _, ...data } = job.data;
    await job.updateData({ ...data, pictures: [{ refused: error }] });
  }

  return async (job, token) => {
    if (!job.data.address) return run(job, token);
    if (!fetchImage) {
      await refuse(
        job,
        toPredictionError('fetch-refused', 'The workers of this service fetch no addresses.'),
      );
      return run(job, token);
    }
    // The processor cancels a late image.
    if (isLate(job)) return run(job, token);
    const isFull = limit.activeCount + limit.pendingCount >= FETCHES_MAX + WAITING_MAX;
    if (!isFull) await noteBegun(job);
    const turns = 1 + Math.ceil(limit.pendingCount / FETCHES_MAX);
    await job.moveToDelayed(Date.now() + (isFull ? timeoutMs : turns * timeoutMs + MARGIN_MS), token);
    if (!isFull) {
      limit(() => fetch(job, fetchImage).then(() => job.promote())).catch((error: unknown) => {
        // The job comes back by itself, unless it has ended.
        log.warn({ err: error, job: job.id }, 'could not bring a fetched image to its job');
      });
    }
    throw new DelayedError();
  };
}
