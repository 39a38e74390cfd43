import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { find, form, postPredict, problemOf, submit } from './client.ts';
import { digitPng } from './pictures.ts';
import type { Running } from './processes.ts';
import { createStack } from './stack.ts';
import { connectSubscriber, cut, type Subscriber } from './subscriber.ts';
import { until } from './until.ts';

const stack = createStack();
let apis: Running[];
let worker: Running;
let subscriber: Subscriber;

beforeAll(async () => {
  [worker, ...apis] = await Promise.all([stack.worker(), stack.api(), stack.api()]);
  worker.signal('SIGSTOP');
});
beforeEach(async () => {
  subscriber = await connectSubscriber(apis[0]!);
});
afterEach(() => subscriber.close());
afterAll(() => {
  worker.signal('SIGCONT');
  return stack.close();
});

const subscribe = (id: string, to = subscriber) => to.subscribe({ topic: 'prediction', id });

/** Every status of one prediction that a subscriber received, the snapshot first. */
const received = (snapshot: Prediction, { predictions }: Subscriber) =>
  [snapshot, ...predictions.filter(({ id }) => id === snapshot.id)].map(({ status }) => status);

const ended = (id: string, { predictions }: Subscriber) =>
  until(
    `the end of ${id}`,
    () => predictions.find((event) => event.id === id && event.finished_at !== null),
    20_000,
  );

/** Lets the worker go on for as long as `act` takes: what is submitted before waits. */
async function withWorker(act: () => Promise<void>): Promise<void> {
  worker.signal('SIGCONT');
  try {
    await act();
  } finally {
    worker.signal('SIGSTOP');
  }
}

test('a subscriber gets the snapshot, then every state in order, then the result', async () => {
  const { id } = await submit(apis[0]!, await digitPng(6));
  const snapshot = await subscribe(id);
  expect(snapshot).toMatchObject({ id, status: 'queued', queue_position: 0 });
  await withWorker(async () => {
    const last = await ended(id, subscriber);
    expect(received(snapshot, subscriber)).toEqual(['queued', 'running', 'succeeded']);
    expect(last).toEqual(await find(apis[0]!, id));
  });
});

test('a subscriber of a prediction that fails gets the reason', async () => {
  const { id } = await submit(apis[0]!, await digitPng(6, { ink: '#fff' }));
  const snapshot = await subscribe(id);
  await withWorker(async () => {
    const last = await ended(id, subscriber);
    expect(received(snapshot, subscriber)).toEqual(['queued', 'running', 'failed']);
    expect(last.error).toMatchObject({ code: 'no-ink', retryable: false });
    expect(last).toEqual(await find(apis[0]!, id));
  });
});

test('a late subscriber gets the end as its snapshot, and nothing after it', async () => {
  await withWorker(async () => {
    const { id } = await submit(apis[0]!, await digitPng(2));
    const done = await find(apis[0]!, id, 20);
    expect(await subscribe(id)).toEqual(done);
    // The connection keeps its order: an event of the first prediction would arrive before this reply.
    await subscribe((await submit(apis[0]!, await digitPng(2))).id);
    expect(subscriber.predictions.filter((event) => event.id === id)).toEqual([]);
  });
});

test('a client that lost its connection subscribes again, and misses nothing', async () => {
  const { id } = await submit(apis[0]!, await digitPng(3));
  await subscribe(id);
  const again = new Promise<Prediction>((resolve, reject) => {
    subscriber.socket.once('connect', () => subscribe(id).then(resolve, reject));
  });
  await cut(subscriber);
  const snapshot = await again;
  await withWorker(async () => {
    await ended(id, subscriber);
    expect(received(snapshot, subscriber)).toEqual(['queued', 'running', 'succeeded']);
  });
});

test('a client whose prediction ended while it was away gets the end as its snapshot', async () => {
  const { id } = await submit(apis[0]!, await digitPng(3));
  await subscribe(id);
  subscriber.socket.disconnect();
  await withWorker(async () => {
    await find(apis[0]!, id, 20);
    subscriber.socket.connect();
    expect(await subscribe(id)).toMatchObject({ status: 'succeeded' });
    expect(subscriber.predictions).toEqual([]);
  });
});

test('subscribers on every replica get each state once, and only what they subscribed to', async () => {
  const other = await connectSubscriber(apis[1]!);
  const [mine, theirs] = await Promise.all(
    [1, 4].map(async (value) => submit(apis[0]!, await digitPng(value as 1))),
  );
  const snapshots = [await subscribe(mine!.id), await subscribe(mine!.id, other)];
  await subscribe(theirs!.id, other);
  await withWorker(async () => {
    await Promise.all([ended(mine!.id, subscriber), ended(mine!.id, other), ended(theirs!.id, other)]);
    expect(received(snapshots[0]!, subscriber)).toEqual(['queued', 'running', 'succeeded']);
    expect(received(snapshots[1]!, other)).toEqual(['queued', 'running', 'succeeded']);
    expect(subscriber.predictions.some(({ id }) => id === theirs!.id)).toBe(false);
  });
  other.close();
});

test('after unsubscribe nothing more comes', async () => {
  const ids = [
    (await submit(apis[0]!, await digitPng(5))).id,
    (await submit(apis[0]!, await digitPng(5))).id,
  ];
  for (const id of ids) await subscribe(id);
  subscriber.socket.emit('unsubscribe', { topic: 'prediction', id: ids[0]! });
  // The connection keeps its order: the api replies after it carried out the unsubscribe.
  await subscribe(ids[1]!);
  await withWorker(async () => {
    await ended(ids[1]!, subscriber);
    await find(apis[0]!, ids[0]!, 20);
    expect(subscriber.predictions.map(({ id }) => id)).not.toContain(ids[0]);
  });
});

test('a subscription that is not possible is refused with the problem that REST gives', async () => {
  for (const id of ['0193a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b', '5b6cf3c1-6a07-4a3c-9f0e-0d4b6f1c2a3b', '']) {
    expect((await subscriber.request({ topic: 'prediction', id })).ok).toBe(false);
    expect((await subscriber.request({ topic: 'batch', id })).ok).toBe(false);
  }
  const forged = '0193a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b';
  for (const [topic, path] of [
    ['prediction', 'predictions'],
    ['batch', 'batches'],
  ] as const) {
    const problem = await problemOf(await fetch(`${apis[0]!.url}/${path}/${forged}`));
    expect(await subscriber.request({ topic, id: forged })).toEqual({ ok: false, problem });
  }
});

test('a hundred subscriptions at once each get every state, among requests that wait', async () => {
  const image = await digitPng(8);
  const ids = await Promise.all(Array.from({ length: 100 }, async () => (await submit(apis[0]!, image)).id));
  const snapshots = await Promise.all(ids.map((id) => subscribe(id)));
  await withWorker(async () => {
    expect((await postPredict(apis[1]!, form(image))).status).toBe(200);
    await Promise.all(ids.map((id) => ended(id, subscriber)));
    for (const snapshot of snapshots) {
      expect(received(snapshot, subscriber)).toEqual(['queued', 'running', 'succeeded']);
    }
  });
});
