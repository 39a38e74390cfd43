import type { JobResult } from '@inkqueue/shared/contracts/job';
import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import { beforeEach, expect, test } from 'vitest';
import { createFollowed, type FollowedPredictions } from './followed.ts';
import { createIds } from './ids.ts';
import { accepted, apply, changeAt, type JobChange } from './states.ts';

const ids = createIds(Buffer.alloc(32, 7));
const error = { code: 'no-ink', detail: 'No ink.', retryable: false } as const;
const result = {
  predicted_digit: 1,
  confidence: 1,
  probabilities: [0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
  uncertain: false,
};
const timings = { queue_ms: 1, decode_ms: 1, normalize_ms: 1, inference_ms: 1, batch_size: 2 };
const job: JobResult = {
  model: { name: 'test', version: '1' },
  started_at: 1_000,
  finished_at: 2_000,
  outcomes: [{ result, timings }, { error }],
};

let jobId: string;
/** Two predictions of one job. */
let first: string;
let second: string;
let change: (change: JobChange) => void;
let asked: Map<string, { give: (snapshot: Prediction) => void; refuse: (reason: Error) => void }>;
let updates: [id: string, status: string][];
let followed: FollowedPredictions;

beforeEach(() => {
  jobId = ids.newJob();
  first = ids.at({ jobId, index: 0 });
  second = ids.at({ jobId, index: 1 });
  asked = new Map();
  updates = [];
  followed = createFollowed({
    ids,
    predictions: {
      find: (id) => new Promise((give, refuse) => asked.set(id, { give, refuse })),
    },
    completions: {
      onChange: (listener) => {
        change = listener;
      },
    },
    onUpdate: ({ id, status }) => void updates.push([id, status]),
  });
});

const running = () => change({ jobId, to: 'running', at: 1_000 });
const completed = () => change({ jobId, to: 'completed', job });

async function followFrom(id: string, snapshot: Prediction = accepted(id, { feedback: false })) {
  const entry = followed.follow(id);
  asked.get(id)!.give(snapshot);
  await entry.ready;
  return entry;
}

test('two predictions of one job each end with their own outcome', async () => {
  const entries = await Promise.all([followFrom(first), followFrom(second)]);
  running();
  completed();
  expect(updates).toEqual([
    [first, 'running'],
    [second, 'running'],
    [first, 'succeeded'],
    [second, 'failed'],
  ]);
  expect(entries.map(({ now }) => now)).toMatchObject([{ result }, { error }]);
});

test('changes that overtake the snapshots of two predictions of one job are in both', async () => {
  const [one, two] = [followed.follow(first), followed.follow(second)];
  running();
  asked.get(first)!.give(accepted(first, { feedback: false }));
  await one.ready;
  expect(one.now).toMatchObject({ id: first, status: 'running' });
  completed();
  asked.get(second)!.give(accepted(second, { feedback: false }));
  await two.ready;
  expect(two.now).toMatchObject({ id: second, status: 'failed', error });
  // Only the first had its snapshot when the end came.
  expect(updates).toEqual([[first, 'succeeded']]);
});

test('a change that the snapshot already holds is none', async () => {
  const entry = followed.follow(first);
  running();
  const end = apply(accepted(first, { feedback: false }), changeAt({ jobId, to: 'completed', job }, 0));
  asked.get(first)!.give(end);
  await entry.ready;
  completed();
  expect(entry.now).toEqual(end);
  expect(updates).toEqual([]);
});

test('a change of another job is none', async () => {
  await followFrom(first);
  change({ jobId: ids.newJob(), to: 'running', at: 1 });
  expect(updates).toEqual([]);
});

test('one that is let go leaves its neighbour followed', async () => {
  await Promise.all([followFrom(first), followFrom(second)]);
  followed.forget(first);
  running();
  expect(updates).toEqual([[second, 'running']]);
});

test('who asks for one that is followed gets what is known, without a look', async () => {
  const entry = await followFrom(first);
  asked.clear();
  expect(followed.follow(first)).toBe(entry);
  expect(asked.size).toBe(0);
});

test.each(['a change', 'a snapshot'])('one that has ended by %s is let go', async (by) => {
  if (by === 'a change') {
    await followFrom(first);
    completed();
  } else {
    await followFrom(first, apply(accepted(first, { feedback: false }), { to: 'failed', error, at: 2_000 }));
  }
  asked.clear();
  followed.follow(first);
  expect([...asked.keys()]).toEqual([first]);
});

test('one whose snapshot can’t be read is let go, and its neighbour is not', async () => {
  const entry = followed.follow(first);
  await followFrom(second);
  asked.get(first)!.refuse(new Error('Command timed out'));
  await expect(entry.ready).rejects.toThrow('Command timed out');
  running();
  expect(updates).toEqual([[second, 'running']]);
  expect(followed.follow(first)).not.toBe(entry);
});

test('one that was let go by another is kept by who still follows it', async () => {
  const entry = await followFrom(first);
  followed.forget(first);
  followed.keep(first, entry);
  running();
  expect(updates).toEqual([[first, 'running']]);
});

test('an id that was never issued is not followed', () => {
  const foreign = createIds(Buffer.alloc(32, 8)).at({ jobId, index: 0 });
  expect(() => followed.follow(foreign)).toThrow(expect.objectContaining({ code: 'prediction-not-found' }));
  expect(asked.size).toBe(0);
});
