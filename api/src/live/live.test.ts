import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Activity } from '@inkqueue/shared/contracts/activity';
import type { BatchProgress } from '@inkqueue/shared/contracts/batch';
import { type SubscribeReply, type Subscription, subscribeReply } from '@inkqueue/shared/contracts/live';
import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import { createLogger } from '@inkqueue/shared/node/log';
import { io as connect } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ProblemError } from '../errors.ts';
import { createPresenter } from '../predictions/presenter.ts';
import { createIds } from '../queue/ids.ts';
import { type PredictionState, QUEUED } from '../queue/state.ts';
import { NO_INK } from '../testing/job-results.ts';
import { createLive } from './live.ts';
import type { LiveServer } from './sockets.ts';

const ids = createIds(Buffer.alloc(32, 7));
const issue = () => ids.at({ jobId: ids.newJob(), index: 0 });
const present = createPresenter({ feedback: false });
const RUNNING: PredictionState = { status: 'running', startedAt: 1 };
const FAILED: PredictionState = { status: 'failed', error: NO_INK, startedAt: 1, finishedAt: 2 };
const activityNow: Activity = {
  at: '2026-01-01T00:00:00.000Z',
  queue: null,
  workers: [],
  point_seconds: 5,
  points: [],
};
const progressOf = (id: string, succeeded: number): BatchProgress => ({
  id,
  total: 2,
  finished: succeeded === 2,
  counts: { queued: 2 - succeeded, running: 0, succeeded, failed: 0, canceled: 0, expired: 0 },
});

/** Something that the service keeps current: its state, and who is called at a change. */
interface Tracked<S> {
  now: S;
  onChange: () => void;
}

let server: HttpServer;
let live: LiveServer;
let url: string;
/** Snapshots that were asked for and not given yet. */
let pending: { id: string; give: () => void; refuse: (reason: Error) => void }[];
let giveAtOnce: boolean;
let predictions: Map<string, Tracked<PredictionState>>;
let batches: Map<string, Tracked<number>>;
let refreshes: number;
let sockets: ReturnType<typeof connect>[];

const snapshotOf = (id: string) =>
  giveAtOnce
    ? Promise.resolve()
    : new Promise<void>((give, refuse) => void pending.push({ id, give, refuse }));

beforeEach(async () => {
  pending = [];
  giveAtOnce = false;
  predictions = new Map();
  batches = new Map();
  refreshes = 0;
  sockets = [];
  server = createServer();
  live = createLive({
    server,
    predictions: {
      async subscribe(id, onChange) {
        if (!ids.find(id)) throw new ProblemError('prediction-not-found', 'No prediction has this id.');
        const tracked: Tracked<PredictionState> = {
          now: QUEUED,
          onChange: () => onChange(present(id, tracked.now)),
        };
        predictions.set(id, tracked);
        try {
          await snapshotOf(id);
        } catch (error) {
          predictions.delete(id);
          throw error;
        }
        return {
          now: () => present(id, tracked.now),
          unsubscribe: () => void predictions.delete(id),
        };
      },
    },
    batches: {
      async subscribe(id, onChange) {
        const tracked: Tracked<number> = {
          now: 0,
          onChange: () => onChange(() => progressOf(id, tracked.now)),
        };
        batches.set(id, tracked);
        await snapshotOf(id);
        return { now: () => progressOf(id, tracked.now), unsubscribe: () => void batches.delete(id) };
      },
    },
    activity: {
      now: async () => {
        await snapshotOf('activity');
        return activityNow;
      },
      refresh: async () => {
        refreshes++;
        return activityNow;
      },
    },
    log: createLogger({ name: 'test', level: 'silent' }),
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  for (const socket of sockets) socket.close();
  await live.close();
});

async function client() {
  const socket = connect(url, { forceNew: true, transports: ['websocket'] });
  sockets.push(socket);
  const events: string[] = [];
  const progress: BatchProgress[] = [];
  const activity: Activity[] = [];
  socket.on('prediction', ({ status }: Prediction) => void events.push(status));
  socket.on('batch', (snapshot: BatchProgress) => void progress.push(snapshot));
  socket.on('activity', (snapshot: Activity) => void activity.push(snapshot));
  await new Promise<void>((connected) => socket.once('connect', connected));
  const request = (subscription: unknown) => socket.timeout(2_000).emitWithAck('subscribe', subscription);
  const subscribe = async (subscription: Subscription): Promise<SubscribeReply> =>
    subscribeReply(subscription.topic).parse(await request(subscription));
  return { socket, events, progress, activity, request, subscribe };
}

const prediction = (id: string) => ({ topic: 'prediction', id }) as const;
const batch = (id: string) => ({ topic: 'batch', id }) as const;
const ACTIVITY = { topic: 'activity' } as const;

const untilPending = (count: number) => expect.poll(() => pending.length).toBe(count);
const untilSockets = (count: number) => expect.poll(() => live.sockets.sockets.size).toBe(count);
function become<S>(tracked: Tracked<S> | undefined, now: S): void {
  if (!tracked) return;
  tracked.now = now;
  tracked.onChange();
}
const predictionBecomes = (id: string, now: PredictionState) => become(predictions.get(id), now);
const isOpen = (room: string) => live.of('/').adapter.rooms.has(room);

test('states that overtake the snapshot are in it, and are not sent again', async () => {
  const id = issue();
  const { subscribe, events } = await client();
  const reply = subscribe(prediction(id));
  await untilPending(1);
  predictionBecomes(id, RUNNING);
  pending[0]!.give();
  expect(await reply).toMatchObject({ ok: true, snapshot: { id, status: 'running' } });
  predictionBecomes(id, FAILED);
  await expect.poll(() => events).toEqual(['failed']);
  expect(predictions.size).toBe(0);
});

test('subscribers at the same time share one snapshot', async () => {
  const id = issue();
  const both = await Promise.all([client(), client()]);
  const replies = both.map(({ subscribe }) => subscribe(prediction(id)));
  await untilPending(1);
  pending[0]!.give();
  for (const reply of await Promise.all(replies)) expect(reply).toMatchObject({ ok: true });
  predictionBecomes(id, RUNNING);
  for (const { events } of both) await expect.poll(() => events).toEqual(['running']);
  expect(pending).toHaveLength(1);
});

test('a client that leaves before the snapshot takes nothing from another that waits for it', async () => {
  const id = issue();
  const [leaver, stayer] = [await client(), await client()];
  leaver.subscribe(prediction(id)).catch(() => {});
  await untilPending(1);
  const reply = stayer.subscribe(prediction(id));
  leaver.socket.close();
  await untilSockets(1);
  pending[0]!.give();
  expect(await reply).toMatchObject({ ok: true });
  predictionBecomes(id, RUNNING);
  predictionBecomes(id, FAILED);
  await expect.poll(() => stayer.events).toEqual(['running', 'failed']);
});

test('a snapshot that fails is refused, and asked for again the next time', async () => {
  const id = issue();
  const { subscribe } = await client();
  const refused = subscribe(prediction(id));
  await untilPending(1);
  pending[0]!.refuse(new Error('Command timed out'));
  expect(await refused).toMatchObject({ ok: false, problem: { code: 'redis-unavailable' } });
  const reply = subscribe(prediction(id));
  await untilPending(2);
  pending[1]!.give();
  expect(await reply).toMatchObject({ ok: true });
});

test('one connection holds 2,000 subscriptions and no more; one that has ended does not count', async () => {
  giveAtOnce = true;
  const { subscribe } = await client();
  const wanted = Array.from({ length: 2_100 }, issue);
  const replies = await Promise.all(wanted.map((id) => subscribe(prediction(id))));
  expect(replies.filter(({ ok }) => ok)).toHaveLength(2_000);
  expect(await subscribe(prediction(issue()))).toMatchObject({
    ok: false,
    problem: { code: 'invalid-request' },
  });
  predictionBecomes(wanted[0]!, FAILED);
  expect(await subscribe(prediction(issue()))).toMatchObject({ ok: true });
});

test('an id that was never issued is refused', async () => {
  const { subscribe } = await client();
  const foreign = createIds(Buffer.alloc(32, 8)).at({ jobId: ids.newJob(), index: 0 });
  expect(await subscribe(prediction(foreign))).toMatchObject({
    ok: false,
    problem: { code: 'prediction-not-found' },
  });
  expect(pending).toEqual([]);
});

test('after unsubscribe nothing comes, and another subscriber of the same goes on', async () => {
  giveAtOnce = true;
  const id = issue();
  const [leaver, stayer] = [await client(), await client()];
  await leaver.subscribe(prediction(id));
  await stayer.subscribe(prediction(id));
  leaver.socket.emit('unsubscribe', prediction(id));
  // The connection keeps its order: the api replies after it carried out the unsubscribe.
  await leaver.subscribe(prediction(issue()));
  predictionBecomes(id, RUNNING);
  await expect.poll(() => stayer.events).toEqual(['running']);
  expect(leaver.events).toEqual([]);
});

test('a client that unsubscribes before the snapshot gets it, and nothing after it', async () => {
  const id = issue();
  const { socket, subscribe, events } = await client();
  const reply = subscribe(prediction(id));
  await untilPending(1);
  socket.emit('unsubscribe', prediction(id));
  giveAtOnce = true;
  await subscribe(prediction(issue()));
  pending[0]!.give();
  expect((await reply).ok).toBe(true);
  await expect.poll(() => predictions.has(id)).toBe(false);
  expect(events).toEqual([]);
});

describe('a batch', () => {
  test('has its progress sent, then its end', async () => {
    giveAtOnce = true;
    const id = ids.newBatch();
    const { subscribe, progress } = await client();
    expect(await subscribe(batch(id))).toMatchObject({ ok: true, snapshot: { id, counts: { queued: 2 } } });
    become(batches.get(id), 2);
    await expect.poll(() => progress).toMatchObject([{ id, finished: true, counts: { succeeded: 2 } }]);
    await expect.poll(() => isOpen(`batch:${id}`)).toBe(false);
    expect(batches.size).toBe(0);
  });

  test('that is finished is not subscribed to', async () => {
    const id = ids.newBatch();
    const { subscribe } = await client();
    const reply = subscribe(batch(id));
    await untilPending(1);
    batches.get(id)!.now = 2;
    pending[0]!.give();
    expect(await reply).toMatchObject({ ok: true, snapshot: { finished: true } });
    expect([isOpen(`batch:${id}`), batches.size]).toEqual([false, 0]);
  });

  test('whose end is not sent yet is sent to earlier subscribers, though another gets it as snapshot', async () => {
    giveAtOnce = true;
    const id = ids.newBatch();
    const [first, second] = [await client(), await client()];
    await first.subscribe(batch(id));
    become(batches.get(id), 2);
    expect(await second.subscribe(batch(id))).toMatchObject({ snapshot: { finished: true } });
    await expect.poll(() => first.progress).toMatchObject([{ finished: true }]);
    expect(second.progress).toEqual([]);
  });

  test('whose subscribers leave before its snapshot leaves nothing behind', async () => {
    const id = ids.newBatch();
    const leaver = await client();
    leaver.subscribe(batch(id)).catch(() => {});
    await untilPending(1);
    leaver.socket.close();
    await untilSockets(0);
    pending[0]!.give();
    await expect.poll(() => batches.size).toBe(0);
    const last = await client();
    void last.subscribe(batch(id)).catch(() => {});
    await untilPending(2);
  });
});

describe('activity', () => {
  test('goes to all subscribers once a second, refreshed once for all', async () => {
    giveAtOnce = true;
    const [one, two] = [await client(), await client()];
    expect(await one.subscribe(ACTIVITY)).toEqual({ ok: true, snapshot: activityNow });
    expect(await two.subscribe(ACTIVITY)).toEqual({ ok: true, snapshot: activityNow });
    await expect.poll(() => [one.activity.length, two.activity.length], { timeout: 5_000 }).toEqual([2, 2]);
    expect(refreshes).toBe(2);
  });

  test('is not refreshed before the first subscriber, nor after the last', async () => {
    giveAtOnce = true;
    const [one, two] = [await client(), await client()];
    await one.subscribe(ACTIVITY);
    await two.subscribe(ACTIVITY);
    one.socket.emit('unsubscribe', ACTIVITY);
    two.socket.close();
    await expect.poll(() => isOpen('activity:')).toBe(false);
    const before = refreshes;
    const third = await client();
    await third.subscribe(ACTIVITY);
    // One timer runs: a timer of the others would have refreshed as well.
    await expect.poll(() => third.activity.length, { timeout: 5_000 }).toBe(2);
    expect(refreshes - before).toBe(2);
    expect(one.activity.length).toBeLessThanOrEqual(1);
  });
});

test.each([
  null,
  'id',
  {},
  { topic: 'prediction' },
  { topic: 'prediction', id: 7 },
  { topic: 'prediction', id: 'x' },
  { topic: 'batch', id: 'x' },
  { topic: 'other', id: '0193a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b' },
])('subscribe refuses %j', async (subscription) => {
  const { request } = await client();
  expect(await request(subscription)).toMatchObject({ ok: false, problem: { code: 'invalid-request' } });
});

test('a subscribe without a callback is ignored', async () => {
  giveAtOnce = true;
  const { socket, subscribe } = await client();
  socket.emit('subscribe', prediction(issue()));
  socket.emit('subscribe', prediction(issue()), 'x');
  socket.emit('unsubscribe', null);
  expect(await subscribe(prediction(issue()))).toMatchObject({ ok: true });
  expect(predictions.size).toBe(1);
});
