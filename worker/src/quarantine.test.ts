import type { StoredOutcome } from '@inkqueue/shared/contracts/job';
import { describe, expect, it } from 'vitest';
import { predictCarefully } from './quarantine.ts';

const outcomeOf = (index: number): StoredOutcome => ({
  error: { code: 'no-ink', detail: `image ${index}`, retryable: false },
});

/** What a killed worker leaves of a prediction: it neither ends nor fails. */
const never = new Promise<never>(() => {});

/** A job whose progress outlives the workers that die on it, as it does in Redis. */
function storedJob() {
  const job = {
    progress: 0 as unknown,
    updateProgress: async (progress: unknown) => {
      job.progress = JSON.parse(JSON.stringify(progress));
    },
  };
  return job as { progress: object; updateProgress: (progress: unknown) => Promise<void> };
}

describe('predictCarefully', () => {
  it('predicts every image of a job whose worker died by chance', async () => {
    const outcomes = await predictCarefully(storedJob(), 3, async (index) => outcomeOf(index));
    expect(outcomes).toEqual([outcomeOf(0), outcomeOf(1), outcomeOf(2)]);
  });

  it('fails the image that kills its worker, and no other', async () => {
    const job = storedJob();
    const begun: number[] = [];
    const attempt = () =>
      predictCarefully(job, 3, async (index) => {
        begun.push(index);
        return index === 1 ? never : outcomeOf(index);
      });
    void attempt();
    await expect.poll(() => begun).toEqual([0, 1]);
    void attempt();
    await expect.poll(() => begun).toEqual([0, 1, 2, 1]);
    const outcomes = await attempt();
    expect(outcomes[0]).toEqual(outcomeOf(0));
    expect(outcomes[1]).toMatchObject({ error: { code: 'worker-lost', retryable: true } });
    expect(outcomes[2]).toEqual(outcomeOf(2));
    expect(begun).toEqual([0, 1, 2, 1]);
  });

  it('does not blame an image for an error that its worker survived', async () => {
    const job = storedJob();
    for (let attempt = 0; attempt < 5; attempt++) {
      const failing = predictCarefully(job, 1, () => Promise.reject(new Error('no memory')));
      await expect(failing).rejects.toThrow('no memory');
    }
    expect(await predictCarefully(job, 1, async (index) => outcomeOf(index))).toEqual([outcomeOf(0)]);
  });

  it('does not predict again what an earlier attempt finished', async () => {
    const job = storedJob();
    await job.updateProgress({ outcomes: { 0: outcomeOf(0) }, tries: { 0: 1, 1: 1 } });
    const begun: number[] = [];
    await predictCarefully(job, 2, async (index) => {
      begun.push(index);
      return outcomeOf(index);
    });
    expect(begun).toEqual([1]);
  });
});
