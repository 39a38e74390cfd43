import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import { createLogger } from '@inkqueue/shared/node/log';
import { io as connect } from 'socket.io-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createIds } from './ids.ts';
import { createLive, type LiveServer } from './live.ts';
import { accepted, type StateChange } from './states.ts';

const ids = createIds(Buffer.alloc(32, 7));
let server: HttpServer;
let live: LiveServer;
let url: string;
let change: (change: StateChange) => void;
/** Snapshots that were asked for and not given yet. */
let asked: { id: string; give: (snapshot: Prediction) => void }[];
let answerAtOnce: boolean;
let sockets: ReturnType<typeof connect>[];

beforeEach(async () => {
  asked = [];
  answerAtOnce = false;
  sockets = [];
  server = createServer();
  live = createLive({
    server,
    predictions: {
      find: (id) =>
        answerAtOnce ? Promise.resolve(accepted(id)) : new Promise((give) => asked.push({ id, give })),
    },
    completions: {
      onChange: (listener) => {
        change = listener;
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
  socket.on('prediction', ({ status }: Prediction) => void events.push(status));
  await new Promise<void>((connected) => socket.once('connect', connected));
  const follow = (id: string) => socket.timeout(2_000).emitWithAck('follow', { id });
  return { socket, events, follow };
}

const snapshotAsked = (count: number) => expect.poll(() => asked.length).toBe(count);
const running = (id: string) => change({ id, to: 'running', at: 1 });
const failed = (id: string) =>
  change({ id, to: 'failed', error: { code: 'no-ink', detail: '', retryable: false }, at: 2 });

test('changes that overtake the snapshot are in it, and are not sent again', async () => {
  const id = ids.issue();
  const { follow, events } = await client();
  const reply = follow(id);
  await snapshotAsked(1);
  running(id);
  asked[0]!.give(accepted(id));
  expect(await reply).toMatchObject({ ok: true, prediction: { id, status: 'running' } });
  failed(id);
  await expect.poll(() => events).toEqual(['failed']);
});

test('one snapshot is read for all who ask at once', async () => {
  const id = ids.issue();
  const both = await Promise.all([client(), client()]);
  const replies = both.map(({ follow }) => follow(id));
  await snapshotAsked(1);
  asked[0]!.give(accepted(id));
  for (const reply of await Promise.all(replies)) expect(reply).toMatchObject({ ok: true });
  running(id);
  for (const { events } of both) await expect.poll(() => events).toEqual(['running']);
  expect(asked).toHaveLength(1);
});

test('one that leaves before its snapshot takes nothing from another who waits for the same', async () => {
  const id = ids.issue();
  const [leaver, stayer] = [await client(), await client()];
  leaver.follow(id).catch(() => {});
  await snapshotAsked(1);
  const reply = stayer.follow(id);
  leaver.socket.close();
  await expect.poll(() => live.sockets.sockets.size).toBe(1);
  asked[0]!.give(accepted(id));
  expect(await reply).toMatchObject({ ok: true });
  running(id);
  failed(id);
  await expect.poll(() => stayer.events).toEqual(['running', 'failed']);
});

test('a snapshot that can’t be read is refused, and asked for anew the next time', async () => {
  const id = ids.issue();
  const { follow } = await client();
  const refused = follow(id);
  await snapshotAsked(1);
  asked[0]!.give(Promise.reject(new Error('Command timed out')) as never);
  expect(await refused).toMatchObject({ ok: false, problem: { code: 'redis-unavailable' } });
  const reply = follow(id);
  await snapshotAsked(2);
  asked[1]!.give(accepted(id));
  expect(await reply).toMatchObject({ ok: true });
});

test('one connection follows many, but not without end; what has ended counts no longer', async () => {
  answerAtOnce = true;
  const { follow } = await client();
  const wanted = Array.from({ length: 2_000 }, () => ids.issue());
  for (const reply of await Promise.all(wanted.map(follow))) expect(reply.ok).toBe(true);
  expect(await follow(ids.issue())).toMatchObject({ ok: false, problem: { code: 'invalid-request' } });
  failed(wanted[0]!);
  expect(await follow(ids.issue())).toMatchObject({ ok: true });
});

test.each([null, 'id', {}, { id: 7 }, { id: 'x' }])('follow refuses %j', async (request) => {
  const { socket } = await client();
  const reply = await socket.timeout(2_000).emitWithAck('follow', request);
  expect(reply).toMatchObject({ ok: false, problem: { code: 'invalid-request' } });
});

test('a follow without a way to answer is ignored', async () => {
  const { socket, follow } = await client();
  socket.emit('follow', { id: ids.issue() });
  socket.emit('unfollow', null);
  const id = ids.issue();
  const reply = follow(id);
  await snapshotAsked(1);
  asked[0]!.give(accepted(id));
  expect(await reply).toMatchObject({ ok: true });
});
