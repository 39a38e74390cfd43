import { type Outcome, outcome } from '@inkqueue/shared/contracts/job';
import { problemKinds } from '@inkqueue/shared/contracts/problems';
import type { Job } from 'bullmq';
import { z } from 'zod';

/** Careful tries at one picture, after the ordinary one during which a worker died. */
const TRIES_MAX = 2;

/** How far earlier careful attempts came: outcomes by index, and how often each picture was begun. */
const careful = z.object({
  outcomes: z.record(z.string(), outcome),
  tries: z.record(z.string(), z.int()),
});

/**
 * Reads the pictures of a job whose worker died, one at a time, and notes in the job's progress which one is begun. If one
 * of them kills this worker too, the next attempt knows it, goes on after the rest are safe, and in the end fails that one
 * alone: its neighbours are not harmed.
 */
export async function readCarefully(
  job: Pick<Job, 'progress' | 'updateProgress'>,
  count: number,
  readAt: (index: number) => Promise<Outcome>,
): Promise<Outcome[]> {
  const noted = careful.safeParse(job.progress);
  const { outcomes, tries } = noted.success ? noted.data : { outcomes: {}, tries: {} };
  const suspicion = (index: number) => tries[index] ?? 0;
  const indices = Array.from({ length: count }, (_, index) => index);
  const order = indices.toSorted((a, b) => suspicion(a) - suspicion(b));
  for (const index of order) {
    if (outcomes[index]) continue;
    if (suspicion(index) >= TRIES_MAX) {
      outcomes[index] = lost();
      continue;
    }
    tries[index] = suspicion(index) + 1;
    await job.updateProgress({ outcomes, tries });
    try {
      outcomes[index] = await readAt(index);
    } catch (error) {
      // The worker lives to tell: the trouble is not the picture's, and the queue tries again.
      tries[index]--;
      await job.updateProgress({ outcomes, tries });
      throw error;
    }
  }
  return indices.map((index) => outcomes[index] ?? lost());
}

const lost = (): Outcome => ({
  error: {
    code: 'worker-lost',
    detail: 'The workers that took this picture died while reading it.',
    retryable: problemKinds['worker-lost'].retryable,
  },
});
