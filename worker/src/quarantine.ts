import { outcome, type StoredOutcome } from '@inkqueue/shared/contracts/job';
import { toPredictionError } from '@inkqueue/shared/contracts/problems';
import type { Job } from 'bullmq';
import { z } from 'zod';

/** Careful tries at one image, after the ordinary one during which a worker died. */
const TRIES_MAX = 2;

/** How far earlier careful attempts came: outcomes by index, and how often each image was begun. */
const carefulProgress = z.object({
  outcomes: z.record(z.string(), outcome),
  tries: z.record(z.string(), z.int()),
});
type CarefulProgress = z.input<typeof carefulProgress>;

/**
 * Predicts the images of a job whose worker died, one at a time, and notes in the job's progress which one is begun. If an
 * image kills this worker too, the next attempt finds the note, predicts that image after the rest are safe, and in the end
 * fails it alone: its neighbours are not harmed.
 */
export async function predictCarefully(
  job: Pick<Job, 'progress' | 'updateProgress'>,
  count: number,
  outcomeAt: (index: number) => Promise<StoredOutcome>,
): Promise<StoredOutcome[]> {
  const noted = carefulProgress.safeParse(job.progress);
  const { outcomes, tries }: CarefulProgress = noted.success ? noted.data : { outcomes: {}, tries: {} };
  const triesOf = (index: number) => tries[index] ?? 0;
  const indices = Array.from({ length: count }, (_, index) => index);
  const order = indices.toSorted((a, b) => triesOf(a) - triesOf(b));
  for (const index of order) {
    if (outcomes[index]) continue;
    if (triesOf(index) >= TRIES_MAX) {
      outcomes[index] = workerLost();
      continue;
    }
    tries[index] = triesOf(index) + 1;
    await job.updateProgress({ outcomes, tries });
    try {
      outcomes[index] = await outcomeAt(index);
    } catch (error) {
      // The worker survived: the error is not the image's fault, and the queue runs the job again.
      tries[index]--;
      await job.updateProgress({ outcomes, tries });
      throw error;
    }
  }
  return indices.map((index) => outcomes[index] ?? workerLost());
}

const workerLost = (): StoredOutcome => ({
  error: toPredictionError('worker-lost', 'The workers that took this picture died while reading it.'),
});
