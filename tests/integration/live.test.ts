import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { find, form, postPredict, problemOf, submit } from './client.ts';
import { createFollower, cut, type Follower, snapshotOf } from './follower.ts';
import { digitPng } from './pictures.ts';
import type { Running } from './processes.ts';
import { createStack } from './stack.ts';
import { until } from './until.ts';

const stack = createStack();
let apis: Running[];
let worker: Running;
let follower: Follower;

beforeAll(async () => {
  [worker, ...apis] = await Promise.all([stack.worker(), stack.api(), stack.api()]);
  worker.signal('SIGSTOP');
});
beforeEach(async () => {
  follower = await createFollower(apis[0]!);
});
afterEach(() => follower.close());
afterAll(() => {
  worker.signal('SIGCONT');
  return stack.close();
});

/** Every state that a follower has seen of one prediction, the snapshot first. */
const seen = (snapshot: Prediction, { events }: Follower) =>
  [snapshot, ...events.filter(({ id }) => id === snapshot.id)].map(({ status }) => status);

const ended = (id: string, { events }: Follower) =>
  until(
    `the end of ${id}`,
    () => events.find((event) => event.id === id && event.finished_at !== null),
    20_000,
  );

/** Lets the worker go on for as long as `act` takes: what is submitted before it waits. */
async function withWorker(act: () => Promise<void>): Promise<void> {
  worker.signal('SIGCONT');
  try {
    await act();
  } finally {
    worker.signal('SIGSTOP');
  }
}

test('a follower gets the snapshot, then every state in order, then the result', async () => {
  const { id } = await submit(apis[0]!, await digitPng(6));
  const snapshot = snapshotOf(await follower.follow(id));
  expect(snapshot).toMatchObject({ id, status: 'queued', queue_position: 0 });
  await withWorker(async () => {
    const last = await ended(id, follower);
    expect(seen(snapshot, follower)).toEqual(['queued', 'running', 'succeeded']);
    expect(last).toEqual(await find(apis[0]!, id));
  });
});

test('a follower of one that fails is told why', async () => {
  const { id } = await submit(apis[0]!, await digitPng(6, { ink: '#fff' }));
  const snapshot = snapshotOf(await follower.follow(id));
  await withWorker(async () => {
    const last = await ended(id, follower);
    expect(seen(snapshot, follower)).toEqual(['queued', 'running', 'failed']);
    expect(last.error).toMatchObject({ code: 'no-ink', retryable: false });
    // An event's times are of Redis's clock, the record's of the worker's.
    const { started_at, finished_at, ...record } = await find(apis[0]!, id);
    expect(last).toMatchObject(record);
    expect([last.started_at, last.finished_at, started_at, finished_at]).not.toContain(null);
  });
});

test('a late follower gets the end as its snapshot, and nothing after it', async () => {
  await withWorker(async () => {
    const { id } = await submit(apis[0]!, await digitPng(2));
    const done = await find(apis[0]!, id, 20);
    expect(snapshotOf(await follower.follow(id))).toEqual(done);
    // The connection keeps its order: what came for the first id would be here before the answer about the second.
    snapshotOf(await follower.follow((await submit(apis[0]!, await digitPng(2))).id));
    expect(follower.events.filter((event) => event.id === id)).toEqual([]);
  });
});

test('one that lost its connection follows again, and misses nothing', async () => {
  const { id } = await submit(apis[0]!, await digitPng(3));
  snapshotOf(await follower.follow(id));
  const again = new Promise<Prediction>((resolve, reject) => {
    follower.socket.once('connect', () => follower.follow(id).then(snapshotOf).then(resolve, reject));
  });
  await cut(follower);
  const snapshot = await again;
  await withWorker(async () => {
    await ended(id, follower);
    expect(seen(snapshot, follower)).toEqual(['queued', 'running', 'succeeded']);
  });
});

test('one whose prediction ended while it was away gets the end as its snapshot', async () => {
  const { id } = await submit(apis[0]!, await digitPng(3));
  snapshotOf(await follower.follow(id));
  follower.socket.disconnect();
  await withWorker(async () => {
    await find(apis[0]!, id, 20);
    follower.socket.connect();
    expect(snapshotOf(await follower.follow(id))).toMatchObject({ status: 'succeeded' });
    expect(follower.events).toEqual([]);
  });
});

test('followers on every replica are told once, and only of what they follow', async () => {
  const other = await createFollower(apis[1]!);
  const [mine, theirs] = await Promise.all(
    [1, 4].map(async (value) => submit(apis[0]!, await digitPng(value as 1))),
  );
  const snapshots = [await follower.follow(mine!.id), await other.follow(mine!.id)].map(snapshotOf);
  await other.follow(theirs!.id);
  await withWorker(async () => {
    await Promise.all([ended(mine!.id, follower), ended(mine!.id, other), ended(theirs!.id, other)]);
    expect(seen(snapshots[0]!, follower)).toEqual(['queued', 'running', 'succeeded']);
    expect(seen(snapshots[1]!, other)).toEqual(['queued', 'running', 'succeeded']);
    expect(follower.events.some(({ id }) => id === theirs!.id)).toBe(false);
  });
  other.close();
});

test('after unfollow nothing more comes', async () => {
  const ids = [
    (await submit(apis[0]!, await digitPng(5))).id,
    (await submit(apis[0]!, await digitPng(5))).id,
  ];
  for (const id of ids) snapshotOf(await follower.follow(id));
  follower.socket.emit('unfollow', { id: ids[0]! });
  // Answered after the unfollow was carried out, for a connection keeps its order.
  snapshotOf(await follower.follow(ids[1]!));
  await withWorker(async () => {
    await ended(ids[1]!, follower);
    await find(apis[0]!, ids[0]!, 20);
    expect(follower.events.map(({ id }) => id)).not.toContain(ids[0]);
  });
});

test('what can’t be followed is refused with the problem that REST gives', async () => {
  for (const id of ['0193a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b', '5b6cf3c1-6a07-4a3c-9f0e-0d4b6f1c2a3b', '']) {
    const reply = await follower.follow(id);
    expect(reply.ok).toBe(false);
  }
  const forged = '0193a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b';
  const problem = await problemOf(await fetch(`${apis[0]!.url}/predictions/${forged}`));
  expect(await follower.follow(forged)).toEqual({ ok: false, problem });
});

test('a hundred followed at once each arrive whole, among requests that wait', async () => {
  const picture = await digitPng(8);
  const ids = await Promise.all(
    Array.from({ length: 100 }, async () => (await submit(apis[0]!, picture)).id),
  );
  const snapshots = await Promise.all(ids.map(async (id) => snapshotOf(await follower.follow(id))));
  await withWorker(async () => {
    expect((await postPredict(apis[1]!, form(picture))).status).toBe(200);
    await Promise.all(ids.map((id) => ended(id, follower)));
    for (const snapshot of snapshots) {
      expect(seen(snapshot, follower)).toEqual(['queued', 'running', 'succeeded']);
    }
  });
});
