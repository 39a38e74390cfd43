import { beforeEach, expect, test } from 'vitest';
import { jobOf, NO_INK, RESULT, SUCCEEDED } from '../testing/job-results.ts';
import { createIds } from './ids.ts';
import type { PredictionState } from './state.ts';
import { QUEUED, stateAt } from './state.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions.ts';

const ids = createIds(Buffer.alloc(32, 7));
const result = jobOf(SUCCEEDED, { error: NO_INK });

let jobId: string;
/** Two predictions of one job. */
let first: string;
let second: string;
let subscriptions: Subscriptions;
let changes: [id: string, status: string | undefined][];

beforeEach(() => {
  jobId = ids.newJob();
  first = ids.at({ jobId, index: 0 });
  second = ids.at({ jobId, index: 1 });
  subscriptions = createSubscriptions();
  changes = [];
});

const run = () => subscriptions.publish(jobId, { status: 'running', startedAt: 1_000 });
const complete = () => subscriptions.publish(jobId, { status: 'completed', result });

const subscribe = (id: string, snapshot: () => Promise<PredictionState | null> = async () => QUEUED) =>
  subscriptions.subscribe(
    [id],
    async () => [await snapshot()],
    (states) => void changes.push([id, states()[0]?.status]),
  );

/** A snapshot that arrives when the test gives it. */
function held() {
  let give!: (state: PredictionState | null) => void;
  let refuse!: (reason: Error) => void;
  const snapshot = new Promise<PredictionState | null>((resolve, reject) => {
    give = resolve;
    refuse = reject;
  });
  return { give, refuse, snapshot: () => snapshot };
}

test('two predictions of one job each end with their own outcome', async () => {
  const both = await Promise.all([subscribe(first), subscribe(second)]);
  run();
  complete();
  expect(changes).toEqual([
    [first, 'running'],
    [second, 'running'],
    [first, 'succeeded'],
    [second, 'failed'],
  ]);
  expect(both.map(({ states }) => states()[0])).toMatchObject([{ result: RESULT }, { error: NO_INK }]);
});

test('states that overtake the snapshots of two predictions of one job are in both', async () => {
  const [one, two] = [held(), held()];
  const [first_, second_] = [subscribe(first, one.snapshot), subscribe(second, two.snapshot)];
  run();
  one.give(QUEUED);
  expect((await first_).states()).toMatchObject([{ status: 'running' }]);
  complete();
  two.give(QUEUED);
  expect((await second_).states()).toMatchObject([{ status: 'failed', error: NO_INK }]);
  // Only the first had its snapshot when the end came.
  expect(changes).toEqual([[first, 'succeeded']]);
});

test('a state that the snapshot already holds is no change', async () => {
  const { give, snapshot } = held();
  const subscribed = subscribe(first, snapshot);
  run();
  const end = stateAt({ status: 'completed', result }, 0);
  give(end);
  const { states } = await subscribed;
  complete();
  expect(states()).toEqual([end]);
  expect(changes).toEqual([]);
});

test('a state of another job changes nothing', async () => {
  await subscribe(first);
  subscriptions.publish(ids.newJob(), { status: 'running', startedAt: 1 });
  expect(changes).toEqual([]);
});

test('unsubscribing leaves the neighbour, and another subscriber of the same, subscribed', async () => {
  const [leaver] = await Promise.all([subscribe(first), subscribe(second), subscribe(first)]);
  leaver!.unsubscribe();
  run();
  expect(changes).toEqual([
    [second, 'running'],
    [first, 'running'],
  ]);
});

test('after the end no state is tracked any more', async () => {
  await subscribe(first);
  complete();
  complete();
  run();
  expect(changes).toEqual([[first, 'succeeded']]);
  const { states } = await subscribe(first, async () => null);
  run();
  expect(states()).toEqual([null]);
  expect(changes).toHaveLength(1);
});

test('a subscription whose snapshot fails is dropped, and its neighbour is not', async () => {
  const { refuse, snapshot } = held();
  const refused = subscribe(first, snapshot);
  await subscribe(second);
  refuse(new Error('Command timed out'));
  await expect(refused).rejects.toThrow('Command timed out');
  run();
  expect(changes).toEqual([[second, 'running']]);
});

test('a subscription to many has each at its place', async () => {
  const other = ids.at({ jobId: ids.newJob(), index: 0 });
  let count = 0;
  const { states } = await subscriptions.subscribe(
    [second, other, first],
    async () => [QUEUED, null, QUEUED],
    () => count++,
  );
  complete();
  expect(states().map((state) => state?.status)).toEqual(['failed', undefined, 'succeeded']);
  expect(count).toBe(2);
});

test('a subscription to many tells that it has ended once none of it waits or runs', async () => {
  const otherJob = ids.newJob();
  const other = ids.at({ jobId: otherJob, index: 0 });
  const told: boolean[] = [];
  await subscriptions.subscribe(
    [first, ids.at({ jobId: ids.newJob(), index: 0 }), other, second],
    async () => [QUEUED, null, QUEUED, QUEUED],
    (_, hasEnded) => void told.push(hasEnded()),
  );
  run();
  complete();
  subscriptions.publish(otherJob, { status: 'completed', result });
  expect(told).toEqual([false, false, false, false, true]);
});
