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
import type { ReadImage } from './tracing.ts';

/** The outcome of an image whose prediction has ended already. Clients never see it. */
export const CANCELED: StoredOutcome = { canceled: toPredictionError('canceled', 'It was canceled.') };

/** One whose bytes wait in Redis. */
type AcceptedPicture = Exclude<JobData['pictures'][number], { refused: unknown }>;

interface HowRead {
  queue_ms: number;
  picture: AcceptedPicture;
  mayBeHeavy: boolean;
  /** To be told how the reading ended, where it is traced. */
  read: ((stages: ReadImage['stages'], error: string | null) => void) | undefined;
}

export type PredictionJob = Job<JobData, StoredJobResult, 'predict'>;

/**
 * Runs one job. Each image has an outcome of its own: an error of an image that cannot be predicted is that image's outcome and
 * not the job's failure. Any other error is the worker's own: the job fails, and the queue runs it again.
 */
export function createProcessor(options: {
  uploads: Pick<Uploads, 'read'>;
  predict: Predict;
  manifest: ModelManifest;
  /** The worker's id, which goes into its results. */
  worker?: string;
  log: Pick<Logger, 'error'>;
  /** Told of each image of a traced request, once it has ended. */
  trace?: ((image: ReadImage) => void) | null;
  /** Told which images of a job had been canceled before this run of it. */
  noteCanceled?: (job: PredictionJob, indices: readonly number[]) => void;
}): (job: PredictionJob) => Promise<StoredJobResult> {
  const { uploads, predict, manifest, worker, log, trace = null, noteCanceled } = options;
  const { name, version } = manifest;
  const [, , height, width] = manifest.input.shape;

  async function outcomeOf(
    bytes: Buffer | null,
    { queue_ms, picture, mayBeHeavy, read }: HowRead,
  ): Promise<StoredOutcome> {
    if (!bytes) {
      const detail = 'The picture waited longer than it is kept. Send it again.';
      return { error: toPredictionError('upload-expired', detail) };
    }
    try {
      const { lines, timings, stages, explanation } = await predict(
        bytes,
        { mayBeHeavy, expect: picture.expect, isExplained: picture.explain === true },
        picture.trace,
      );
      read?.(stages, null);
      return {
        result: toStored(toResult(lines)),
        timings: { queue_ms, ...timings },
        ...(picture.preview && { preview: toPreview(lines, { width, height }) }),
        ...(explanation && { explanation }),
      };
    } catch (error) {
      if (!(error instanceof ImageError)) throw error;
      read?.(null, error.code);
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
    const canceled = [...bytes.keys()].filter((index) => bytes[index]?.length === 0);
    if (canceled.length > 0) noteCanceled?.(job, canceled);
    const outcomeAt = async (index: number): Promise<StoredOutcome> => {
      const picture = pictures[index]!;
      if ('refused' in picture) return { error: picture.refused };
      // Its deadline may have passed since.
      if (picture.settled || bytes[index]?.length === 0) return CANCELED;
      const { deadline } = picture;
      if (deadline && deadline.at < started_at) return { canceled: deadlinePassed(deadline) };
      const { trace: traceparent } = picture;
      const read =
        trace && traceparent
          ? (stages: ReadImage['stages'], error: string | null) =>
              trace({
                traceparent,
                job: job.id ?? '',
                index,
                acceptedAt: job.timestamp,
                startedAt: started_at,
                endedAt: Date.now(),
                stages,
                error,
              })
          : undefined;
      return outcomeOf(bytes[index] ?? null, { queue_ms, picture, mayBeHeavy, read });
    };
    const outcomes =
      job.stalledCounter > 0
        ? await predictCarefully(job, pictures.length, outcomeAt)
        : await Promise.all(pictures.map((_, index) => outcomeAt(index)));
    const by = { model: { name, version }, ...(worker !== undefined && { worker }) };
    return { ...by, started_at, finished_at: Date.now(), outcomes };
  };
}
