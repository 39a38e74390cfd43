import type { JobData } from '@inkqueue/shared/contracts/job';
import type { PredictionJob } from './processor.ts';

type Picture = JobData['pictures'][number];

const deadlineOf = (picture: Picture) => ('deadline' in picture ? picture.deadline : undefined);

/** Whether a worker has taken the job too late for one of its images. */
export function isLate({ data, processedOn = 0 }: Pick<PredictionJob, 'data' | 'processedOn'>): boolean {
  return data.pictures.some((picture) => (deadlineOf(picture)?.at ?? processedOn) < processedOn);
}

/** What a worker has begun with in time has no deadline any more: should the job be run again, it is read all the same. */
export async function noteBegun(
  job: Pick<PredictionJob, 'data' | 'processedOn' | 'updateData'>,
): Promise<void> {
  const { data, processedOn = 0 } = job;
  const isBegun = (picture: Picture) => (deadlineOf(picture)?.at ?? 0) >= processedOn && processedOn > 0;
  if (!data.pictures.some(isBegun)) return;
  const pictures = data.pictures.map((picture) => {
    if (!('deadline' in picture) || !isBegun(picture)) return picture;
    const { deadline: _, ...rest } = picture;
    return rest;
  });
  await job.updateData({ ...data, pictures });
}
