import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BatchProgress } from '@inkqueue/shared/contracts/batch';
import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import { createLogger } from '@inkqueue/shared/node/log';
import { io as connect } from 'socket.io-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Batches } from '../batches/batches.ts';
import { createIds } from '../queue/ids.ts';
import { accepted, type JobChange } from '../queue/states.ts';
import { createLive } from './live.ts';
import type { LiveServer } from './sockets.ts';

const ids = createIds(Buffer.alloc(32, 7));
const issue = (index = 0) => ids.at({ jobId: ids.newJob(), index });
type BatchJobs = Awaited<ReturnType<Batches['jobs']>>;

const never = () => Promise.reject(new Error('nobody watches'));

let server: HttpServer;
let live: LiveServer;
let url: string;
let listeners: ((change: JobChange) => void)[];
/** Snapshots that were asked for and not given yet. */
let asked: { id: string; give: (snapshot: Prediction) => void }[];
let answerAtOnce: boolean;
/** Batches that were asked for and not given yet. */
let batchesAsked: { id: string; give: (jobs: BatchJobs) => void }[];
let sockets: ReturnType<typeof connect>[];

beforeEach(async () => {
  asked = [];
  batchesAsked = [];
  listeners = [];
  answerAtOnce = false;
  sockets = [];
  server = createServer();
  live = createLive({
    server,
    ids,
    predictions: {
      find: (id) =>
        answerAtOnce
          ? Promise.resolve(accepted(id, { feedback: false }))
          : new Promise((give) => asked.push({ id, give })),
    },
    batches: { jobs: (id) => new Promise((give) => batchesAsked.push({ id, give })) },
    completions: { onChange: (listener) => void listeners.push(listener) },
    activity: { now: never, look: never },
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
  socket.on('prediction', ({ status }: Prediction) => void events.push(status));
  await new Promise<void>((connected) => socket.once('connect', connected));
  const batches: BatchProgress[] = [];
  socket.on('batch', (progress: BatchProgress) => void batches.push(progress));
  const follow = (id: string) => socket.timeout(2_000).emitWithAck('follow', { id });
  const followBatch = (id: string) => socket.timeout(2_000).emitWithAck('follow-batch', { id });
  return { socket, events, batches, follow, followBatch };
}

const snapshotAsked = (count: number) => expect.poll(() => asked.length).toBe(count);
const change = (event: JobChange) => {
  for (const listener of listeners) listener(event);
};
const jobOf = (id: string) => ids.find(id)!.jobId;
const running = (id: string) => change({ jobId: jobOf(id), to: 'running', at: 1 });
const error = { code: 'no-ink', detail: '', retryable: false } as const;
const failed = (id: string) => change({ jobId: jobOf(id), to: 'failed', error, at: 2 });

test('changes that overtake the snapshot are in it, and are not sent again', async () => {
  const id = issue();
  const { follow, events } = await client();
  const reply = follow(id);
  await snapshotAsked(1);
  running(id);
  asked[0]!.give(accepted(id, { feedback: false }));
  expect(await reply).toMatchObject({ ok: true, prediction: { id, status: 'running' } });
  failed(id);
  await expect.poll(() => events).toEqual(['failed']);
});

test('one snapshot is read for all who ask at once', async () => {
  const id = issue();
  const both = await Promise.all([client(), client()]);
  const replies = both.map(({ follow }) => follow(id));
  await snapshotAsked(1);
  asked[0]!.give(accepted(id, { feedback: false }));
  for (const reply of await Promise.all(replies)) expect(reply).toMatchObject({ ok: true });
  running(id);
  for (const { events } of both) await expect.poll(() => events).toEqual(['running']);
  expect(asked).toHaveLength(1);
});

test('one that leaves before its snapshot takes nothing from another who waits for the same', async () => {
  const id = issue();
  const [leaver, stayer] = [await client(), await client()];
  leaver.follow(id).catch(() => {});
  await snapshotAsked(1);
  const reply = stayer.follow(id);
  leaver.socket.close();
  await expect.poll(() => live.sockets.sockets.size).toBe(1);
  asked[0]!.give(accepted(id, { feedback: false }));
  expect(await reply).toMatchObject({ ok: true });
  running(id);
  failed(id);
  await expect.poll(() => stayer.events).toEqual(['running', 'failed']);
});

test('a snapshot that can’t be read is refused, and asked for anew the next time', async () => {
  const id = issue();
  const { follow } = await client();
  const refused = follow(id);
  await snapshotAsked(1);
  asked[0]!.give(Promise.reject(new Error('Command timed out')) as never);
  expect(await refused).toMatchObject({ ok: false, problem: { code: 'redis-unavailable' } });
  const reply = follow(id);
  await snapshotAsked(2);
  asked[1]!.give(accepted(id, { feedback: false }));
  expect(await reply).toMatchObject({ ok: true });
});

test('one connection follows many, but not without end; what has ended counts no longer', async () => {
  answerAtOnce = true;
  const { follow } = await client();
  const wanted = Array.from({ length: 2_000 }, () => issue());
  for (const reply of await Promise.all(wanted.map(follow))) expect(reply.ok).toBe(true);
  expect(await follow(issue())).toMatchObject({ ok: false, problem: { code: 'invalid-request' } });
  failed(wanted[0]!);
  expect(await follow(issue())).toMatchObject({ ok: true });
});

test('an id that was never issued is refused without a look', async () => {
  const { follow } = await client();
  const foreign = createIds(Buffer.alloc(32, 8)).at({ jobId: ids.newJob(), index: 0 });
  expect(await follow(foreign)).toMatchObject({ ok: false, problem: { code: 'prediction-not-found' } });
  expect(asked).toEqual([]);
});

test('a follower of a batch is told how far it is, then of its progress and its end', async () => {
  const [id, jobId] = [issue(255), ids.newJob()];
  const { followBatch, batches } = await client();
  const reply = followBatch(id);
  await expect.poll(() => batchesAsked.length).toBe(1);
  const job = { jobId, filenames: ['a.png', 'b.png'] };
  batchesAsked[0]!.give([{ job, state: { jobId, to: 'queued', at: 1 } }]);
  expect(await reply).toMatchObject({ ok: true, batch: { id, total: 2, counts: { queued: 2 } } });
  change({ jobId, to: 'failed', error, at: 2 });
  await expect.poll(() => batches).toMatchObject([{ id, finished: true, counts: { failed: 2 } }]);
  await expect.poll(() => live.of('/').adapter.rooms.has(`batch:${id}`)).toBe(false);
});

test('one that leaves before a batch is read takes nothing from another, and leaves nothing behind', async () => {
  const [id, jobId] = [issue(255), ids.newJob()];
  const give = (at: number) =>
    batchesAsked[at]!.give([{ job: { jobId, filenames: [null] }, state: { jobId, to: 'queued', at: 1 } }]);
  const [leaver, stayer] = [await client(), await client()];
  leaver.followBatch(id).catch(() => {});
  await expect.poll(() => batchesAsked.length).toBe(1);
  const reply = stayer.followBatch(id);
  leaver.socket.close();
  await expect.poll(() => live.sockets.sockets.size).toBe(1);
  give(0);
  expect(await reply).toMatchObject({ ok: true });
  change({ jobId, to: 'running', at: 2 });
  await expect.poll(() => stayer.batches).toMatchObject([{ counts: { running: 1 } }]);

  stayer.socket.close();
  await expect.poll(() => live.sockets.sockets.size).toBe(0);
  const another = await client();
  another.followBatch(id).catch(() => {});
  await expect.poll(() => batchesAsked.length).toBe(2);
  another.socket.close();
  await expect.poll(() => live.sockets.sockets.size).toBe(0);
  give(1);
  const last = await client();
  void last.followBatch(id).catch(() => {});
  await expect.poll(() => batchesAsked.length).toBe(3);
});

test.each([null, 'id', {}, { id: 7 }, { id: 'x' }])('follow refuses %j', async (request) => {
  const { socket } = await client();
  const reply = await socket.timeout(2_000).emitWithAck('follow', request);
  expect(reply).toMatchObject({ ok: false, problem: { code: 'invalid-request' } });
});

test('a follow without a way to answer is ignored', async () => {
  const { socket, follow } = await client();
  socket.emit('follow', { id: issue() });
  socket.emit('unfollow', null);
  const id = issue();
  const reply = follow(id);
  await snapshotAsked(1);
  asked[0]!.give(accepted(id, { feedback: false }));
  expect(await reply).toMatchObject({ ok: true });
});
