import type { SubscribeReply } from '@inkqueue/shared/contracts/live';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPolls } from '../api/polls.ts';
import { createJsonRequest } from '../api/request.ts';
import { createSubscriptions, type SocketListener } from '../api/subscriptions.ts';
import type { ActivityEvent } from '../state/activity.ts';
import { activityOf } from '../testing/activity.ts';
import { createActivityWatch } from './activity-watch.ts';

const snapshot = activityOf([{ succeeded: 1 }]);
const away = {
  type: 'urn:x',
  title: '',
  status: 503,
  detail: '',
  code: 'redis-unavailable' as const,
  retryable: true,
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A watch before an api that responds over REST, and sockets that are connected by hand. */
function setUp(respond: () => Response = () => Response.json(snapshot)) {
  const events: ActivityEvent[] = [];
  const fetch = vi.fn<typeof globalThis.fetch>(() => Promise.resolve(respond()));
  let listener: SocketListener | undefined;
  const { subscribe } = createSubscriptions({
    polls: createPolls(createJsonRequest(fetch), { wait: () => Promise.reject(new Error('not here')) }),
    connect: async (given) => {
      listener = given;
    },
    onChannel: () => {},
  });
  const watch = createActivityWatch({ subscribe, emit: (event) => events.push(event) });
  function connect(reply: () => Promise<SubscribeReply> = () => Promise.resolve({ ok: true, snapshot })) {
    const socket = { subscribe: vi.fn(reply), unsubscribe: vi.fn() };
    listener!.connected(socket);
    return socket;
  }
  const disconnect = () => listener!.disconnected();
  const send = () => listener!.snapshot('activity', snapshot);
  const settled = () => vi.advanceTimersByTimeAsync(0);
  return { watch, events, fetch, connect, disconnect, send, settled };
}

it('requests nothing before the panel is open', async () => {
  const { fetch, connect, send, events } = setUp();
  const socket = connect();
  send();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(socket.subscribe).not.toHaveBeenCalled();
  expect(fetch).not.toHaveBeenCalled();
  expect(events).toEqual([]);
});

it('follows by socket: the first snapshot, then every later one', async () => {
  const { watch, fetch, connect, send, settled, events } = setUp();
  connect();
  watch.setOpen(true);
  await settled();
  send();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(events).toEqual([
    { type: 'opened' },
    { type: 'snapshot', snapshot },
    { type: 'snapshot', snapshot },
  ]);
  expect(fetch).not.toHaveBeenCalled();
});

it('polls every two seconds while there is no socket', async () => {
  const { watch, fetch, events } = setUp();
  watch.setOpen(true);
  await vi.advanceTimersByTimeAsync(3999);
  expect(fetch.mock.calls.map(([path]) => path)).toEqual(['../activity', '../activity']);
  expect(events).toHaveLength(3);
});

it('stops polling when the socket connects, and polls again when the socket is lost', async () => {
  const { watch, fetch, connect, disconnect, settled } = setUp();
  watch.setOpen(true);
  await settled();
  const socket = connect();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(socket.subscribe).toHaveBeenCalledOnce();
  expect(fetch).toHaveBeenCalledOnce();
  disconnect();
  // Every failed attempt to connect reports the same again.
  disconnect();
  await settled();
  expect(fetch).toHaveBeenCalledTimes(2);
});

it.each([
  ['does not reply', () => Promise.reject(new Error('timeout'))],
  ['refuses', () => Promise.resolve<SubscribeReply>({ ok: false, problem: away })],
  [
    'refuses for good',
    () => Promise.resolve<SubscribeReply>({ ok: false, problem: { ...away, retryable: false } }),
  ],
])('polls when the service %s over the socket', async (_, reply) => {
  const { watch, fetch, connect, settled } = setUp();
  connect(reply);
  watch.setOpen(true);
  await settled();
  expect(fetch).toHaveBeenCalledOnce();
});

it.each([
  ['the panel is closed', 'setOpen'],
  ['the page is hidden', 'setVisible'],
] as const)('stops while %s, and goes on afterwards', async (_, change) => {
  const { watch, fetch, connect, send, settled, events } = setUp();
  watch.setOpen(true);
  await settled();
  watch[change](false);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(fetch).toHaveBeenCalledOnce();
  const socket = connect();
  watch[change](true);
  await settled();
  expect(socket.subscribe).toHaveBeenCalledOnce();
  watch[change](false);
  expect(socket.unsubscribe).toHaveBeenCalledOnce();
  const count = events.length;
  send();
  expect(events).toHaveLength(count);
});

it('reports why no snapshot comes, and keeps polling', async () => {
  const { watch, fetch, events } = setUp(() => Response.json(away, { status: 503 }));
  watch.setOpen(true);
  await vi.advanceTimersByTimeAsync(2001);
  expect(events).toContainEqual({ type: 'failed', code: 'redis-unavailable' });
  expect(fetch).toHaveBeenCalledTimes(2);
});
