import {
  deadlinePassed,
  type JobData,
  type StoredJobResult,
  type StoredOutcome,
  toStored,
} from '@inkqueue/shared/contracts/job';
import type { ModelManifest } from '@inkqueue/shared/contracts/model';
import { toPredictionError } from '@inkqueue/shared/contracts/problems';
import type { Logger } from '@inkqueue/shared/node/log';
import type { Uploads } from '@inkqueue/shared/node/uploads';
import type { Job } from 'bullmq';
import { noteBegun } from './deadlines.ts';
import { ImageError } from './pipeline/image-error.ts';
import { toPreview, toResult } from './pipeline/postprocess.ts';
import type { Predict } from './pipeline/predict.ts';
import { predictCarefully } from './quarantine.ts';

/** The outcome of an image whose prediction has ended already. It shows nowhere. */
const CANCELED: StoredOutcome = { canceled: toPredictionError('canceled', 'It was canceled.') };

/** One whose bytes wait in Redis. */
type AcceptedPicture = Exclude<JobData['pictures'][number], { refused: unknown }>;

export type PredictionJob = Job<JobData, StoredJobResult, 'predict'>;

/**
 * Runs one job. Each image has an outcome of its own: an error of an image that cannot be predicted is that image's outcome and
 * not the job's failure. Any other error is the worker's own: the job fails, and the queue runs it again.
 */
export function createProcessor(options: {
  uploads: Pick<Uploads, 'read'>;
  predict: Predict;
  manifest: ModelManifest;
  log: Pick<Logger, 'error'>;
}): (job: PredictionJob) => Promise<StoredJobResult> {
  const { uploads, predict, manifest, log } = options;
  const { name, version } = manifest;
  const [, , height, width] = manifest.input.shape;

  async function outcomeOf(
    bytes: Buffer | null,
    { queue_ms, picture, mayBeHeavy }: { queue_ms: number; picture: AcceptedPicture; mayBeHeavy: boolean },
  ): Promise<StoredOutcome> {
    if (!bytes) {
      const detail = 'The picture waited longer than it is kept. Send it again.';
      return { error: toPredictionError('upload-expired', detail) };
    }
    if (bytes.length === 0) return CANCELED;
    try {
      const { lines, timings } = await predict(bytes, { mayBeHeavy, expect: picture.expect });
      return {
        result: toStored(toResult(lines)),
        timings: { queue_ms, ...timings },
        ...(picture.preview && { preview: toPreview(lines, { width, height }) }),
      };
    } catch (error) {
      if (!(error instanceof ImageError)) throw error;
      if (error.code === 'internal') log.error({ err: error.cause }, 'an image could not be preprocessed');
      return { error: toPredictionError(error.code, error.message) };
    }
  }

  return async (job) => {
    const started_at = job.processedOn ?? Date.now();
    // The clocks of two machines may differ by more than a job waits.
    const queue_ms = Math.max(0, started_at - job.timestamp);
    const { pictures } = job.data;
    const mayBeHeavy = job.data.heavy === true;
    await noteBegun(job);
    const bytes = await uploads.read(job.id!, pictures.length, { isLarge: mayBeHeavy });
    const outcomeAt = async (index: number): Promise<StoredOutcome> => {
      const picture = pictures[index]!;
      if ('refused' in picture) return { error: picture.refused };
      if (picture.settled) return CANCELED;
      const { deadline } = picture;
      if (deadline && deadline.at < started_at) return { canceled: deadlinePassed(deadline) };
      return outcomeOf(bytes[index] ?? null, { queue_ms, picture, mayBeHeavy });
    };
    const outcomes =
      job.stalledCounter > 0
        ? await predictCarefully(job, pictures.length, outcomeAt)
        : await Promise.all(pictures.map((_, index) => outcomeAt(index)));
    return { model: { name, version }, started_at, finished_at: Date.now(), outcomes };
  };
}
