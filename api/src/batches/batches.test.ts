import { batchAccepted, batch as contract } from '@inkqueue/shared/contracts/batch';
import { toPredictionError } from '@inkqueue/shared/contracts/problems';
import { beforeEach, expect, test } from 'vitest';
import type { ImagePart } from '../http/bodies/image-parts.ts';
import { createPresenter } from '../predictions/presenter.ts';
import { createIds } from '../queue/ids.ts';
import type { Submission } from '../queue/intake/image.ts';
import { type PredictionState, QUEUED } from '../queue/state.ts';
import { NO_INK } from '../testing/job-results.ts';
import { type Batches, createBatches } from './batches.ts';
import type { BatchRecord } from './records.ts';

const ids = createIds(Buffer.alloc(32, 7));
const failed: PredictionState = { status: 'failed', error: NO_INK, startedAt: 1, finishedAt: 2 };
let submissions: Submission[];
let records: Map<string, BatchRecord>;
let states: Map<string, PredictionState>;
const CANCELED: PredictionState = {
  status: 'canceled',
  startedAt: null,
  finishedAt: 1_000,
  error: toPredictionError('canceled', 'It was canceled.'),
};
let batches: Batches;
let failure: Error | null;
/** What a save fails with that was carried out. */
let unconfirmed: Error | null;
let discarded: number;
let kept: string[];
let changed: (() => void) | null;

beforeEach(() => {
  submissions = [];
  records = new Map();
  states = new Map();
  changed = null;
  failure = null;
  unconfirmed = null;
  discarded = 0;
  kept = [];
  const getAll = async (wanted: readonly string[]) => wanted.map((id) => states.get(id) ?? null);
  batches = createBatches({
    records: {
      async save(id, record) {
        records.set(id, record);
        if (unconfirmed) throw unconfirmed;
      },
      async unlessSaved(id, undo) {
        if (!records.has(id)) await undo();
      },
      find: async (id) => records.get(id) ?? null,
      keepFinished: async (id) => void kept.push(id),
      remove: async (id) => void records.delete(id),
    },
    queue: {
      newBatchId: ids.newBatch,
      isBatchId: ids.isBatch,
      openBulk: () => ({
        async add(submission) {
          submissions.push(submission);
          const id = ids.at({ jobId: ids.newJob(), index: 0 });
          states.set(id, QUEUED);
          return id;
        },
        end: async () => {
          if (failure) throw failure;
        },
        queued: () => 0,
        isTooLarge: () => false,
        discard: async () => void discarded++,
      }),
      getAll,
      statuses: async (wanted) => (await getAll(wanted)).map((state) => state?.status ?? null),
      async deleteAll(wanted) {
        for (const id of wanted) states.delete(id);
      },
      retryAll: async () => 'not-failed' as const,
      async cancelAll(wanted) {
        for (const id of wanted) {
          if (states.get(id) === QUEUED) states.set(id, CANCELED);
        }
        return wanted.length;
      },
      async subscribeAll(wanted, onChange) {
        const now = () => wanted.map((id) => states.get(id) ?? null);
        changed = () => onChange(now, () => true);
        return { states: now, unsubscribe: () => {} };
      },
    },
    present: createPresenter({ feedback: false }),
    idempotency: {
      once: async (_key, { work }) => ({ id: await work(async () => {}), isReplayed: false }),
    },
    imageMaxBytes: 1_000,
  });
});

const submit = (...parts: ImagePart[]) => submitAs(null, ...parts);
const submitAs = async (key: string | null, ...parts: ImagePart[]) => {
  const { accepted } = await batches.submit(
    {
      async forEach(handle) {
        for (const part of parts) await handle(part);
      },
    },
    { preview: true, expect: 'many', cancelAfterMs: null, isLow: false, key },
  );
  return accepted;
};
const release = () => {};
const part = (filename: string | null, image: ImagePart['image'] = { bytes: Buffer.of(1), release }) => ({
  filename,
  image,
});

test('each image is a prediction in the order sent, under the id of a batch', async () => {
  const accepted = await submit(part('a.png'), part(null), part('c.png', null));
  expect(batchAccepted.parse(accepted)).toEqual(accepted);
  expect(accepted).toMatchObject({ total: 3, links: { self: `/batches/${accepted.id}` } });
  expect(ids.isBatch(accepted.id)).toBe(true);
  expect(accepted.predictions.map(({ filename }) => filename)).toEqual(['a.png', null, 'c.png']);
  const image = { bytes: Buffer.of(1), release, preview: true, expect: 'many', cancelAfterMs: null };
  const refused = expect.objectContaining({ code: 'too-large', detail: expect.stringContaining('1,000') });
  expect(submissions).toEqual([image, image, { refused }]);
});

test('a batch has its counts, and pages of its predictions', async () => {
  const { id, predictions } = await submit(...['a', 'b', 'c'].map((name) => part(name)));
  states.set(predictions[1]!.id, failed);
  states.delete(predictions[2]!.id);
  const first = await batches.find(id, { offset: 0, limit: 2 });
  expect(contract.parse(first)).toEqual(first);
  expect(first).toMatchObject({
    id,
    total: 3,
    finished: false,
    counts: { queued: 1, failed: 1, expired: 1, succeeded: 0 },
    links: { next: `/batches/${id}?offset=2&limit=2` },
  });
  expect(first.predictions.map(({ filename, prediction }) => [filename, prediction?.status])).toEqual([
    ['a', 'queued'],
    ['b', 'failed'],
  ]);
  const last = await batches.find(id, { offset: 2, limit: 2 });
  expect(last).toMatchObject({ links: { next: null }, predictions: [{ filename: 'c', prediction: null }] });
});

test('a batch is finished once no prediction is queued or running', async () => {
  const { id, predictions } = await submit(part('a'), part('b'));
  states.set(predictions[0]!.id, failed);
  states.set(predictions[1]!.id, { status: 'running', startedAt: 1 });
  const page = { offset: 0, limit: 1 };
  expect(await batches.find(id, page)).toMatchObject({ finished: false, counts: { running: 1 } });
  states.delete(predictions[1]!.id);
  expect(kept).toEqual([]);
  expect(await batches.find(id, page)).toMatchObject({ finished: true, counts: { failed: 1, expired: 1 } });
  expect(kept).toEqual([id]);
});

test('a subscription has the progress at each change', async () => {
  const { id, predictions } = await submit(part('a'), part('b'));
  const progress: unknown[] = [];
  const { now } = await batches.subscribe(id, (changedNow) => void progress.push(changedNow()));
  expect(now()).toMatchObject({ id, total: 2, counts: { queued: 2 } });
  states.set(predictions[0]!.id, failed);
  changed?.();
  expect(progress).toMatchObject([{ counts: { queued: 1, failed: 1 } }]);
});

test('an upload that fails is taken back, and leaves no batch', async () => {
  failure = new Error('queue-full');
  await expect(submit(part('a'))).rejects.toThrow('queue-full');
  expect([discarded, records.size]).toEqual([1, 0]);
});

test('Redis saves a batch and its reply is lost: the client with the key still gets the batch', async () => {
  unconfirmed = new Error('Connection is closed.');
  await expect(submitAs('key', part('a'))).rejects.toThrow('Connection is closed.');
  expect([discarded, records.size]).toEqual([0, 1]);
  unconfirmed = null;
  failure = new Error('queue-full');
  await expect(submitAs('key', part('a'))).rejects.toThrow('queue-full');
  expect([discarded, records.size]).toEqual([1, 1]);
});

test('the api takes a batch without a key back, though Redis may have saved it: nobody knows its id', async () => {
  unconfirmed = new Error('Connection is closed.');
  await expect(submit(part('a'))).rejects.toThrow('Connection is closed.');
  expect(discarded).toBe(1);
});

test('an id that is not a batch’s, or whose batch is no longer kept, has no batch', async () => {
  const page = { offset: 0, limit: 1 };
  for (const id of [ids.at({ jobId: ids.newJob(), index: 0 }), 'none', '']) {
    await expect(batches.find(id, page)).rejects.toMatchObject({ code: 'batch-not-found' });
    await expect(batches.subscribe(id, () => {})).rejects.toMatchObject({ code: 'batch-not-found' });
  }
  await expect(batches.find(ids.newBatch(), page)).rejects.toMatchObject({ code: 'batch-expired' });
});
