import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../errors.ts';
import { createBulk } from './bulk.ts';
import { createIds } from './ids.ts';
import type { Priority, Submission } from './image.ts';

const ids = createIds(Buffer.alloc(32, 7));
const image = (size = 100) => ({ bytes: Buffer.alloc(size), preview: false });

function setUp(write: (submissions: readonly Submission[]) => Promise<void>) {
  const written: { jobId: string; submissions: readonly Submission[]; priority: Priority }[] = [];
  const bulk = createBulk({
    ids,
    async write(jobId, submissions, priority) {
      written.push({ jobId, submissions, priority });
      await write(submissions);
    },
  });
  return { bulk, written };
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
    expect(written.map(({ submissions, priority }) => [submissions.length, priority])).toEqual([
      [32, 'batch'],
      [32, 'batch'],
      [6, 'batch'],
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

  it('waits while the queue is full', async () => {
    const full = new ProblemError('queue-full', 'Full.');
    let attempts = 0;
    const { bulk, written } = setUp(async () => {
      if (++attempts < 3) throw full;
    });
    await bulk.add(image());
    await bulk.end();
    expect(written).toHaveLength(3);
    expect(written.at(-1)?.submissions).toEqual([image()]);
  });

  it('refuses the images of a job for which the queue has no room for five seconds', async () => {
    vi.useFakeTimers();
    const full = new ProblemError('queue-full', 'Full.');
    const { bulk, written } = setUp(async (submissions) => {
      if (submissions.some((submission) => 'bytes' in submission)) throw full;
    });
    await bulk.add(image());
    const ended = bulk.end();
    await vi.advanceTimersByTimeAsync(4_900);
    expect(written.at(-1)?.submissions).toEqual([image()]);
    await vi.advanceTimersByTimeAsync(200);
    await ended;
    expect(written.at(-1)?.submissions).toEqual([
      { refused: { code: 'queue-full', detail: 'Full.', retryable: true } },
    ]);
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
