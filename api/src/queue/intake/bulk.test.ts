import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../../errors.ts';
import { createIds } from '../ids.ts';
import { createBulk } from './bulk.ts';
import type { Priority, Submission } from './image.ts';

const ids = createIds(Buffer.alloc(32, 7));
let released: number;
const release = () => {
  released++;
};
const image = (size = 100) => ({ bytes: Buffer.alloc(size), preview: false, release });

function setUp(write: (submissions: readonly Submission[]) => Promise<void>) {
  const written: {
    jobId: string;
    submissions: readonly Submission[];
    priority: Priority;
    turn: number | null | undefined;
  }[] = [];
  const removed: string[] = [];
  released = 0;
  const bulk = createBulk({
    ids,
    limits: { maxCount: 1_000, maxBytes: 100_000_000 },
    turn: async () => 7,
    remove: async (jobId) => void removed.push(jobId),
    async write(jobId, submissions, priority, { turn } = {}) {
      written.push({ jobId, submissions, priority, turn });
      await write(submissions);
    },
  });
  return { bulk, written, removed };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('bulk', () => {
  it('gives each image an id in the order sent', async () => {
    const { bulk, written } = setUp(async () => {});
    const added: string[] = [];
    for (let i = 0; i < 70; i++) added.push(await bulk.add(image()));
    await bulk.end();
    expect(written.map(({ submissions, priority, turn }) => [submissions.length, priority, turn])).toEqual([
      [32, 'batch', 7],
      [32, 'batch', 8],
      [6, 'batch', 9],
    ]);
    expect(added.map((id) => ids.find(id))).toEqual(
      written.flatMap(({ jobId, submissions }) => submissions.map((_, index) => ({ jobId, index }))),
    );
  });

  it('puts fewer images into a job whose outcomes carry the network’s input', async () => {
    const { bulk, written } = setUp(async () => {});
    await bulk.add({ refused: { code: 'too-large', detail: '', retryable: false } });
    for (let i = 0; i < 12; i++) await bulk.add({ ...image(), preview: true });
    await bulk.end();
    expect(written.map(({ submissions }) => submissions.length)).toEqual([9, 4]);
  });

  it('closes a job at a megabyte, and holds the upload back while three jobs are being written', async () => {
    const finish: (() => void)[] = [];
    const { bulk, written } = setUp(() => new Promise((resolve) => finish.push(resolve)));
    let added = 0;
    const upload = (async () => {
      for (let i = 0; i < 6; i++) {
        await bulk.add(image(1_000_000));
        added++;
      }
    })();
    for (let i = 0; i < 10; i++) await turn();
    expect([written.length, added]).toEqual([3, 3]);
    finish[0]!();
    for (let i = 0; i < 10; i++) await turn();
    expect([written.length, added]).toEqual([4, 4]);
    for (let i = 1; i < 6; i++) {
      finish[i]?.();
      for (let j = 0; j < 10; j++) await turn();
    }
    await upload;
    await expect(bulk.end()).resolves.toBeUndefined();
  });

  it('fails at once where the queue is full, and takes back what it queued', async () => {
    const full = new ProblemError('queue-full', 'Full.');
    let jobs = 0;
    const { bulk, written, removed } = setUp(async () => {
      if (++jobs > 1) throw full;
    });
    for (let i = 0; i < 33; i++) await bulk.add(image());
    await expect(bulk.end()).rejects.toBe(full);
    await bulk.discard();
    expect(removed).toEqual(written.map(({ jobId }) => jobId));
  });

  it('writes a job that stays open for a while, so that a stalled upload holds no image', async () => {
    vi.useFakeTimers();
    const { bulk, written } = setUp(async () => {});
    await bulk.add(image());
    await vi.advanceTimersByTimeAsync(300);
    expect(written.map(({ submissions }) => submissions.length)).toEqual([1]);
    await bulk.add(image());
    await bulk.end();
    expect(written).toHaveLength(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('writes nothing more once it is discarded, and lets every image go', async () => {
    const { bulk, written, removed } = setUp(async () => {});
    await bulk.add(image());
    await bulk.discard();
    expect([written, removed.length, released]).toEqual([[], 1, 1]);
    await expect(bulk.add(image())).rejects.toThrow('discarded');
    expect(released).toBe(2);
  });

  it('fails as a whole when Redis is away', async () => {
    const { bulk } = setUp(async () => {
      throw new Error('Connection is closed.');
    });
    await bulk.add(image());
    await expect(bulk.end()).rejects.toThrow('Connection is closed.');
    await expect(bulk.add(image())).rejects.toThrow('Connection is closed.');
  });
});
