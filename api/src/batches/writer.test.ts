import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createIds } from '../queue/ids.ts';
import type { JobEntry, Urgency } from '../queue/job-writer.ts';
import type { BatchJob } from './records.ts';
import { BATCH_INDEX, createBatchWriter } from './writer.ts';

const ids = createIds(Buffer.alloc(32, 7));
const picture = (size = 100) => ({ bytes: Buffer.alloc(size) });

function setUp(write: (entries: readonly JobEntry[], whole: boolean) => Promise<void>) {
  const recorded: BatchJob[] = [];
  const written: { jobId: string; entries: readonly JobEntry[]; urgency: Urgency }[] = [];
  const batch = createBatchWriter({
    ids,
    writer: {
      write: async (jobId, entries, { urgency, whole }) => {
        written.push({ jobId, entries, urgency });
        await write(entries, whole);
        return entries.length;
      },
    },
    records: { append: async (_, job) => void recorded.push(job), read: async () => recorded },
  });
  return { batch, recorded, written };
}

describe('batch writer', () => {
  it('gives each picture an id in the order sent, under a batch that names no picture', async () => {
    const { batch, recorded, written } = setUp(async () => {});
    for (let i = 0; i < 70; i++) await batch.add(picture(), `${i}.png`);
    const accepted = await batch.finish();
    expect(accepted.total).toBe(70);
    expect(ids.find(accepted.id)?.index).toBe(BATCH_INDEX);
    expect(written.map(({ entries, urgency }) => [entries.length, urgency])).toEqual([
      [32, 'batch'],
      [32, 'batch'],
      [6, 'batch'],
    ]);
    expect(recorded.flatMap(({ filenames }) => filenames)).toEqual(
      accepted.predictions.map((p) => p.filename),
    );
    expect(accepted.predictions.map(({ id }) => ids.find(id)?.jobId)).toEqual(
      recorded.flatMap(({ jobId, filenames }) => filenames.map(() => jobId)),
    );
  });

  it('puts fewer pictures into a job whose outcomes are to show what the network saw', async () => {
    const { batch, written } = setUp(async () => {});
    const refused = { code: 'too-large', detail: '', retryable: false } as const;
    await batch.add({ refused }, null);
    for (let i = 0; i < 12; i++) await batch.add({ ...picture(), preview: true }, null);
    await batch.finish();
    expect(written.map(({ entries }) => entries.length)).toEqual([9, 4]);
  });

  it('closes a job at a megabyte, and holds the upload back while jobs are being written', async () => {
    const finish: (() => void)[] = [];
    const { batch, written } = setUp(() => new Promise((resolve) => finish.push(resolve)));
    let added = 0;
    const upload = (async () => {
      for (let i = 0; i < 6; i++) {
        await batch.add(picture(1_000_000), null);
        added++;
      }
    })();
    for (let i = 0; i < 10; i++) await turn();
    expect(written).toHaveLength(3);
    expect(added).toBe(2);
    finish[0]!();
    for (let i = 0; i < 10; i++) await turn();
    expect(added).toBe(3);
    for (let i = 1; i < 6; i++) {
      finish[i]?.();
      for (let j = 0; j < 10; j++) await turn();
    }
    await upload;
    await expect(batch.finish()).resolves.toMatchObject({ total: 6 });
  });

  it('fails as a whole when the queue is away', async () => {
    const { batch } = setUp(async () => {
      throw new Error('Connection is closed.');
    });
    await batch.add(picture(), null);
    await expect(batch.finish()).rejects.toThrow('Connection is closed.');
  });

  it('takes a thousand pictures and no more', async () => {
    const { batch } = setUp(async () => {});
    for (let i = 0; i < 1_000; i++) await batch.add(picture(1), null);
    await expect(batch.add(picture(1), null)).rejects.toMatchObject({ code: 'too-many-files' });
  });
});
