// A live server for each test, over predictions and batches that the test changes.

import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Activity } from '@inkqueue/shared/contracts/activity';
import type { BatchProgress } from '@inkqueue/shared/contracts/batch';
import { type SubscribeReply, type Subscription, subscribeReply } from '@inkqueue/shared/contracts/live';
import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import { createLogger } from '@inkqueue/shared/node/log';
import { io as connect } from 'socket.io-client';
import { afterEach, beforeEach, expect } from 'vitest';
import { ProblemError } from '../errors.ts';
import { createPresenter } from '../predictions/presenter.ts';
import { createIds } from '../queue/ids.ts';
import { type PredictionState, QUEUED } from '../queue/state.ts';
import { NO_INK } from '../testing/job-results.ts';
import { createLive } from './live.ts';
import type { LiveServer } from './sockets.ts';
import { createTopicSources } from './topics.ts';

export const ids = createIds(Buffer.alloc(32, 7));
export const issue = () => ids.at({ jobId: ids.newJob(), index: 0 });
const present = createPresenter({ feedback: false });
export const RUNNING: PredictionState = { status: 'running', startedAt: 1 };
export const FAILED: PredictionState = { status: 'failed', error: NO_INK, startedAt: 1, finishedAt: 2 };
export const activityNow: Activity = {
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
export let pending: { id: string; give: () => void; refuse: (reason: Error) => void }[];
let givesAtOnce: boolean;
export let predictions: Map<string, Tracked<PredictionState>>;
export let batches: Map<string, Tracked<number>>;
export let refreshes: number;
let sockets: ReturnType<typeof connect>[];

/** From here on, snapshots are given as soon as they are asked for. */
export function giveAtOnce(): void {
  givesAtOnce = true;
}

const snapshotOf = (id: string) =>
  givesAtOnce
    ? Promise.resolve()
    : new Promise<void>((give, refuse) => void pending.push({ id, give, refuse }));

beforeEach(async () => {
  pending = [];
  givesAtOnce = false;
  predictions = new Map();
  batches = new Map();
  refreshes = 0;
  sockets = [];
  server = createServer();
  const sources = createTopicSources({
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
          onChange: () =>
            onChange(
              () => progressOf(id, tracked.now),
              () => progressOf(id, tracked.now).finished,
            ),
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
    report: () => {},
  });
  live = createLive({ server, sources, log: createLogger({ name: 'test', level: 'silent' }) });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  for (const socket of sockets) socket.close();
  await live.close();
});

export async function client() {
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

export const prediction = (id: string) => ({ topic: 'prediction', id }) as const;
export const batch = (id: string) => ({ topic: 'batch', id }) as const;
export const ACTIVITY = { topic: 'activity' } as const;

export const untilPending = (count: number) => expect.poll(() => pending.length).toBe(count);
export const untilSockets = (count: number) => expect.poll(() => live.sockets.sockets.size).toBe(count);
export function become<S>(tracked: Tracked<S> | undefined, now: S): void {
  if (!tracked) return;
  tracked.now = now;
  tracked.onChange();
}
export const predictionBecomes = (id: string, now: PredictionState) => become(predictions.get(id), now);
export const isOpen = (room: string) => live.of('/').adapter.rooms.has(room);
