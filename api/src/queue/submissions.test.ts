import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createIds } from './ids.ts';
import type { JobEntry, Urgency } from './job-writer.ts';
import { createSubmissions } from './submissions.ts';

const ids = createIds(Buffer.alloc(32, 7));
const small = { bytes: Buffer.alloc(400), format: 'png' as const };
const large = { bytes: Buffer.alloc(100_000), format: 'jpeg' as const };

/** A writer that notes what it is given and finishes each job only when told to. */
function heldWriter() {
  const jobs: {
    jobId: string;
    entries: readonly JobEntry[];
    urgency: Urgency;
    done: (end?: Error | number) => void;
  }[] = [];
  return {
    jobs,
    write: (jobId: string, entries: readonly JobEntry[], { urgency }: { urgency: Urgency }) =>
      new Promise<number>((resolve, reject) => {
        const done = (end?: Error | number) =>
          end instanceof Error ? reject(end) : resolve(end ?? entries.length);
        jobs.push({ jobId, entries, urgency, done });
      }),
  };
}

describe('submissions', () => {
  it('writes a lone picture at the end of its turn', async () => {
    const writer = heldWriter();
    const { id, written } = createSubmissions({ ids, writer }).submit(small, 'waiting');
    await turn();
    expect(writer.jobs).toHaveLength(1);
    expect(ids.find(id)).toEqual({ jobId: writer.jobs[0]!.jobId, index: 0 });
    writer.jobs[0]!.done();
    await expect(written).resolves.toBeUndefined();
  });

  it('puts pictures of one turn into one job, each under its own id', async () => {
    const writer = heldWriter();
    const submissions = createSubmissions({ ids, writer });
    const submitted = [1, 2, 3].map(() => submissions.submit(small, 'waiting').id);
    await turn();
    expect(writer.jobs).toHaveLength(1);
    expect(submitted.map((id) => ids.find(id)?.index)).toEqual([0, 1, 2]);
    expect(new Set(submitted).size).toBe(3);
  });

  it('gathers what comes while jobs are being written', async () => {
    const writer = heldWriter();
    const submissions = createSubmissions({ ids, writer });
    for (let i = 0; i < 5; i++) {
      submissions.submit(small, 'waiting');
      await turn();
    }
    expect(writer.jobs.map(({ entries }) => entries.length)).toEqual([1, 1]);
    writer.jobs[0]!.done();
    await turn();
    expect(writer.jobs.map(({ entries }) => entries.length)).toEqual([1, 1, 3]);
  });

  it('gives a large picture a job of its own, and never mixes urgencies', async () => {
    const writer = heldWriter();
    const submissions = createSubmissions({ ids, writer });
    submissions.submit(small, 'waiting');
    submissions.submit(large, 'waiting');
    submissions.submit(small, 'polling');
    submissions.submit(small, 'waiting');
    await turn();
    for (let i = 0; i < 3; i++) {
      writer.jobs[i]?.done();
      await turn();
    }
    expect(writer.jobs.map(({ entries, urgency }) => [entries.length, urgency])).toEqual([
      [2, 'waiting'],
      [1, 'waiting'],
      [1, 'polling'],
    ]);
  });

  it('puts fewer pictures into a job whose outcomes are to show what the network saw', async () => {
    const writer = heldWriter();
    const submissions = createSubmissions({ ids, writer });
    const previews = [...Array(7).fill(true), ...Array(8).fill(false)];
    for (const preview of previews) submissions.submit({ ...small, preview }, 'waiting');
    await turn();
    expect(writer.jobs.map(({ entries }) => entries.length)).toEqual([11, 4]);
  });

  it('refuses those of a job for which there was no room, and only those', async () => {
    const writer = heldWriter();
    const submissions = createSubmissions({ ids, writer });
    const three = [1, 2, 3].map(() => submissions.submit(small, 'waiting').written);
    await turn();
    writer.jobs[0]!.done(2);
    const ends = await Promise.allSettled(three);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    await expect(three[2]).rejects.toMatchObject({ code: 'queue-full' });
  });

  it('tells every picture of a job that it could not be written, and goes on', async () => {
    const writer = heldWriter();
    const submissions = createSubmissions({ ids, writer });
    const both = [submissions.submit(small, 'waiting'), submissions.submit(small, 'waiting')];
    await turn();
    const refused = Promise.allSettled(both.map(({ written }) => written));
    writer.jobs[0]!.done(new Error('full'));
    expect((await refused).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    submissions.submit(small, 'waiting');
    await turn();
    expect(writer.jobs).toHaveLength(2);
  });
});
