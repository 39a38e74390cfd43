import type { Outcome } from '@inkqueue/shared/contracts/job';
import { describe, expect, it } from 'vitest';
import { readCarefully } from './quarantine.ts';

const read = (index: number): Outcome => ({
  error: { code: 'no-ink', detail: `picture ${index}`, retryable: false },
});

/** What a worker that is killed leaves of its reading: it neither ends nor fails. */
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

describe('readCarefully', () => {
  it('reads every picture of a job whose worker died by chance', async () => {
    const outcomes = await readCarefully(storedJob(), 3, async (index) => read(index));
    expect(outcomes).toEqual([read(0), read(1), read(2)]);
  });

  it('fails the picture that kills its worker, and it alone', async () => {
    const job = storedJob();
    const begun: number[] = [];
    const attempt = () =>
      readCarefully(job, 3, async (index) => {
        begun.push(index);
        return index === 1 ? never : read(index);
      });
    void attempt();
    await expect.poll(() => begun).toEqual([0, 1]);
    void attempt();
    await expect.poll(() => begun).toEqual([0, 1, 2, 1]);
    const outcomes = await attempt();
    expect(outcomes[0]).toEqual(read(0));
    expect(outcomes[1]).toMatchObject({ error: { code: 'worker-lost', retryable: true } });
    expect(outcomes[2]).toEqual(read(2));
    expect(begun).toEqual([0, 1, 2, 1]);
  });

  it('does not blame a picture for an error that its worker survived', async () => {
    const job = storedJob();
    for (let attempt = 0; attempt < 5; attempt++) {
      const failing = readCarefully(job, 1, () => Promise.reject(new Error('no memory')));
      await expect(failing).rejects.toThrow('no memory');
    }
    expect(await readCarefully(job, 1, async (index) => read(index))).toEqual([read(0)]);
  });

  it('does not read again what an earlier attempt finished', async () => {
    const job = storedJob();
    await job.updateProgress({ outcomes: { 0: read(0) }, tries: { 0: 1, 1: 1 } });
    const begun: number[] = [];
    await readCarefully(job, 2, async (index) => {
      begun.push(index);
      return read(index);
    });
    expect(begun).toEqual([1]);
  });
});
