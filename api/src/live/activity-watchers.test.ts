import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Activity } from '@inkqueue/shared/contracts/activity';
import { type WatchActivityReply, watchActivityReply } from '@inkqueue/shared/contracts/events';
import { Server } from 'socket.io';
import { io as connect } from 'socket.io-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toProblem, toProblemError } from '../errors.ts';
import { createActivityWatchers } from './activity-watchers.ts';
import type { LiveServer } from './sockets.ts';

const something: Activity = {
  at: '2026-01-01T00:00:00.000Z',
  queue: null,
  workers: [],
  point_seconds: 5,
  points: [],
};

let io: LiveServer;
let url: string;
let sockets: ReturnType<typeof connect>[];
let looks: number;
let look: () => Promise<Activity>;
/** Answers that were asked for and not given yet. */
let asked: (() => void)[];
let answerAtOnce: boolean;
let received: string[];

beforeEach(async () => {
  sockets = [];
  asked = [];
  received = [];
  looks = 0;
  look = async () => something;
  answerAtOnce = true;
  const server = createServer();
  io = new Server(server, { serveClient: false });
  const takeWatcher = createActivityWatchers({
    io,
    activity: {
      now: () =>
        answerAtOnce ? Promise.resolve(something) : new Promise((give) => asked.push(() => give(something))),
      look: () => {
        looks++;
        return look();
      },
    },
    told: (err) => toProblem(toProblemError(err)),
  });
  io.on('connection', (socket) => {
    takeWatcher(socket);
    socket.onAny((event: string) => void received.push(event));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const socket of sockets) socket.close();
  await io.close();
});

async function client() {
  const socket = connect(url, { forceNew: true, transports: ['websocket'] });
  sockets.push(socket);
  const told: Activity[] = [];
  socket.on('activity', (now: Activity) => void told.push(now));
  await new Promise<void>((connected) => socket.once('connect', connected));
  const watch = async (): Promise<WatchActivityReply> =>
    watchActivityReply.parse(await socket.timeout(2_000).emitWithAck('watch-activity'));
  return { socket, told, watch };
}
const watchers = () => io.of('/').adapter.rooms.get('activity')?.size ?? 0;

test('all who watch are told once a second, by one look', async () => {
  const [one, two] = [await client(), await client()];
  expect(await one.watch()).toEqual({ ok: true, activity: something });
  expect(await two.watch()).toEqual({ ok: true, activity: something });
  await expect.poll(() => [one.told.length, two.told.length], { timeout: 5_000 }).toEqual([2, 2]);
  expect(looks).toBe(2);
});

test('nobody looks before anybody watches, nor after the last has gone', async () => {
  const [one, two] = [await client(), await client()];
  await one.watch();
  await two.watch();
  one.socket.emit('unwatch-activity');
  two.socket.close();
  await expect.poll(watchers).toBe(0);
  const before = looks;
  const third = await client();
  await third.watch();
  // One timer runs: what of the others was left would have looked as well.
  await expect.poll(() => third.told.length, { timeout: 5_000 }).toBe(2);
  expect(looks - before).toBe(2);
  expect(one.told.length).toBeLessThanOrEqual(1);
});

test('one that changes its mind before it is answered is told nothing more', async () => {
  answerAtOnce = false;
  const { socket, watch } = await client();
  const reply = watch();
  await expect.poll(() => asked.length).toBe(1);
  socket.emit('unwatch-activity');
  await expect.poll(() => received).toEqual(['watch-activity', 'unwatch-activity']);
  asked[0]!();
  expect((await reply).ok).toBe(true);
  expect(watchers()).toBe(0);
});

test('one that goes before it is answered leaves nothing behind', async () => {
  answerAtOnce = false;
  const { socket } = await client();
  socket.emit('watch-activity', () => {});
  await expect.poll(() => asked.length).toBe(1);
  socket.close();
  await expect.poll(() => io.of('/').sockets.size).toBe(0);
  asked[0]!();
  const other = await client();
  answerAtOnce = true;
  await other.watch();
  expect(watchers()).toBe(1);
});

test('a look that fails is no end of the watching', async () => {
  const { watch, told } = await client();
  await watch();
  look = () => Promise.reject(new Error('a fault of ours'));
  await expect.poll(() => looks, { timeout: 5_000 }).toBe(1);
  look = async () => something;
  await expect.poll(() => told.length, { timeout: 5_000 }).toBe(1);
});

test('who sends no callback is not answered', async () => {
  const { socket, watch } = await client();
  socket.emit('watch-activity');
  socket.emit('watch-activity', 'x');
  expect((await watch()).ok).toBe(true);
  expect(watchers()).toBe(1);
});
