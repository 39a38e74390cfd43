import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createIds } from '../ids.ts';
import { createGathering } from './gathering.ts';
import type { Priority, Submission } from './image.ts';

const ids = createIds(Buffer.alloc(32, 7));
const small = { bytes: Buffer.alloc(400), preview: false, release: () => {} };
const large = { bytes: Buffer.alloc(100_000), preview: false, release: () => {} };

/** Notes each job that is written, and finishes it when the test says so. */
function heldWriter(inQueue = () => 0) {
  const jobs: {
    jobId: string;
    images: readonly Submission[];
    priority: Priority;
    finish: (error?: Error) => void;
  }[] = [];
  const write = (job: { jobId: string; images: readonly Submission[]; priority: Priority }) =>
    new Promise<void>((resolve, reject) => {
      jobs.push({ ...job, finish: (error) => (error ? reject(error) : resolve()) });
    });
  const clients = {
    inQueue,
    takesTurns: (name: string) => name.startsWith('busy'),
    take: () => {},
  };
  return { jobs, gathering: createGathering({ ids, clients, write }) };
}

const sizes = ({ jobs }: { jobs: { images: readonly unknown[] }[] }) =>
  jobs.map(({ images }) => images.length);

describe('gathering', () => {
  it('writes a lone image at the end of its turn', async () => {
    const { jobs, gathering } = heldWriter();
    const { id, added } = gathering.add(small, 'waiting');
    await turn();
    expect(jobs).toHaveLength(1);
    expect(ids.find(id)).toEqual({ jobId: jobs[0]!.jobId, index: 0 });
    jobs[0]!.finish();
    await expect(added).resolves.toBeUndefined();
  });

  it('puts images of one turn into one job, each under its own id', async () => {
    const { jobs, gathering } = heldWriter();
    const added = [1, 2, 3].map(() => gathering.add(small, 'waiting').id);
    await turn();
    expect(jobs).toHaveLength(1);
    expect(added.map((id) => ids.find(id)?.index)).toEqual([0, 1, 2]);
    expect(new Set(added).size).toBe(3);
  });

  it('gives an image that is to be explained a job of its own', async () => {
    const held = heldWriter();
    for (const image of [small, { ...small, explain: true }, small]) held.gathering.add(image, 'waiting');
    await turn();
    expect(sizes(held).sort()).toEqual([1, 2]);
  });

  it('gathers what comes while jobs are being written', async () => {
    const held = heldWriter();
    for (let i = 0; i < 5; i++) {
      held.gathering.add(small, 'waiting');
      await turn();
    }
    expect(sizes(held)).toEqual([1, 1]);
    held.jobs[0]!.finish();
    await turn();
    expect(sizes(held)).toEqual([1, 1, 3]);
  });

  it.each([
    { inQueue: 0, expected: [16, 16, 8] },
    { inQueue: 80, expected: [20, 20] },
    { inQueue: 1_000, expected: [32, 8] },
  ])('gives a job a quarter of what is in the queue, of $inQueue images', async ({ inQueue, expected }) => {
    const held = heldWriter(() => inQueue);
    for (let i = 0; i < 40; i++) held.gathering.add(small, 'waiting');
    for (let i = 0; i < expected.length; i++) {
      // A job of few images waits a moment for more.
      await expect.poll(() => held.jobs.length).toBeGreaterThan(i);
      held.jobs[i]?.finish();
    }
    expect(sizes(held)).toEqual(expected);
  });

  it('holds a job back for a moment while others are in the queue, until it has half as many images', async () => {
    const queued = { count: 1 };
    const held = heldWriter(() => queued.count);
    const add = () => {
      queued.count++;
      held.gathering.add(small, 'waiting');
    };
    queued.count = 8;
    add();
    await turn();
    expect(sizes(held)).toEqual([]);
    for (let i = 0; i < 7; i++) add();
    await turn();
    // 16 are in the queue, and eight of them in the job.
    expect(sizes(held)).toEqual([8]);
    const start = performance.now();
    add();
    await expect.poll(() => sizes(held), { interval: 1 }).toEqual([8, 1]);
    expect(performance.now() - start).toBeGreaterThanOrEqual(1);
  });

  it('never holds back an image that is alone in the queue', async () => {
    const held = heldWriter(() => 1);
    held.gathering.add(small, 'waiting');
    await turn();
    expect(sizes(held)).toEqual([1]);
  });

  it('does not go back to a job that was full when its share was smaller: images stay in their order', async () => {
    const queued = { count: 0 };
    const held = heldWriter(() => queued.count);
    const add = () => held.gathering.add(small, 'waiting').id;
    for (let i = 0; i < 2; i++) {
      add();
      await turn();
    }
    queued.count = 64;
    const ids16 = Array.from({ length: 20 }, add);
    queued.count = 1_000;
    ids16.push(...Array.from({ length: 20 }, add));
    const jobsOf = ids16.map((id) => ids.find(id)?.jobId);
    expect(jobsOf).toEqual([...Array(16).fill(jobsOf[0]), ...Array(24).fill(jobsOf[16])]);
    for (const { finish } of held.jobs) finish();
    await turn();
  });

  it('gives a large image a job of its own, and never mixes priorities', async () => {
    const { jobs, gathering } = heldWriter();
    gathering.add(small, 'waiting');
    gathering.add(large, 'waiting');
    gathering.add(small, 'polling');
    gathering.add(small, 'waiting');
    await turn();
    for (let i = 0; i < 3; i++) {
      jobs[i]?.finish();
      await turn();
    }
    expect(jobs.map(({ images, priority }) => [images.length, priority])).toEqual([
      [2, 'waiting'],
      [1, 'waiting'],
      [1, 'polling'],
    ]);
  });

  it('mixes the images of clients, and never those of one that takes turns with those of another', async () => {
    const held = heldWriter();
    const clients = ['a', 'b', 'busy-c', 'busy-d', 'busy-c', 'a'];
    for (const client of clients) held.gathering.add({ ...small, client }, 'waiting');
    await turn();
    for (const { finish } of held.jobs) finish();
    await turn();
    expect(sizes(held)).toEqual([3, 2, 1]);
  });

  it('lets no small image wait until large ones are written', async () => {
    const held = heldWriter();
    for (let i = 0; i < 4; i++) held.gathering.add(large, 'waiting');
    await turn();
    expect(sizes(held)).toEqual([1, 1]);
    held.gathering.add(small, 'waiting');
    held.gathering.add(small, 'waiting');
    await turn();
    expect(sizes(held)).toEqual([1, 1, 2]);
  });

  it('puts fewer images into a job whose outcomes carry the network’s input', async () => {
    const held = heldWriter();
    const previews = [...Array(7).fill(true), ...Array(8).fill(false)];
    for (const preview of previews) held.gathering.add({ ...small, preview }, 'waiting');
    await turn();
    expect(sizes(held)).toEqual([11, 4]);
  });

  it('fails every prediction of a job that could not be written, and goes on', async () => {
    const { jobs, gathering } = heldWriter();
    const both = [gathering.add(small, 'waiting'), gathering.add(small, 'waiting')];
    await turn();
    const settled = Promise.allSettled(both.map(({ added }) => added));
    jobs[0]!.finish(new Error('full'));
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    gathering.add(small, 'waiting');
    await turn();
    expect(jobs).toHaveLength(2);
  });
});
