import type { WatchActivityReply } from '@inkqueue/shared/contracts/events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ActivityEvent } from '../state/activity.ts';
import { activityOf } from '../testing/activity.ts';
import { createActivityWatch } from './activity.ts';
import { createJsonRequest } from './request.ts';

const now = activityOf([{ succeeded: 1 }]);
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

/** A watch before an api that is asked over REST, and sockets that are plugged by hand. */
function setUp(answer: () => Response = () => Response.json(now)) {
  const events: ActivityEvent[] = [];
  const fetch = vi.fn<typeof globalThis.fetch>(() => Promise.resolve(answer()));
  const watch = createActivityWatch({
    request: createJsonRequest(fetch),
    emit: (event) => events.push(event),
  });
  function plug(
    reply: () => Promise<WatchActivityReply> = () => Promise.resolve({ ok: true, activity: now }),
  ) {
    const socket = {
      follow: () => Promise.reject(new Error('not here')),
      unfollow: () => {},
      watchActivity: vi.fn(reply),
      unwatchActivity: vi.fn(),
    };
    watch.setSocket(socket);
    return socket;
  }
  const settled = () => vi.advanceTimersByTimeAsync(0);
  return { watch, events, fetch, plug, settled };
}

it('asks nothing before it is opened', async () => {
  const { watch, fetch, plug, events } = setUp();
  const socket = plug();
  watch.told(now);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(socket.watchActivity).not.toHaveBeenCalled();
  expect(fetch).not.toHaveBeenCalled();
  expect(events).toEqual([]);
});

it('watches by socket: the snapshot first, then what is told', async () => {
  const { watch, fetch, plug, settled, events } = setUp();
  plug();
  watch.setOpen(true);
  await settled();
  watch.told(now);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(events).toEqual([{ type: 'opened' }, { type: 'told', now }, { type: 'told', now }]);
  expect(fetch).not.toHaveBeenCalled();
});

it('asks every two seconds while there is no socket', async () => {
  const { watch, fetch, events } = setUp();
  watch.setOpen(true);
  await vi.advanceTimersByTimeAsync(3999);
  expect(fetch.mock.calls.map(([path]) => path)).toEqual(['/activity', '/activity']);
  expect(events).toHaveLength(3);
});

it('leaves off asking when the socket stands, and asks again when it is lost', async () => {
  const { watch, fetch, plug, settled } = setUp();
  watch.setOpen(true);
  await settled();
  const socket = plug();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(socket.watchActivity).toHaveBeenCalledOnce();
  expect(fetch).toHaveBeenCalledOnce();
  watch.setSocket(null);
  // Every failed try to connect tells the same again.
  watch.setSocket(null);
  await settled();
  expect(fetch).toHaveBeenCalledTimes(2);
});

it.each([
  ['gives no answer', () => Promise.reject(new Error('timeout'))],
  ['refuses', () => Promise.resolve<WatchActivityReply>({ ok: false, problem: away })],
])('asks when the socket %s', async (_, reply) => {
  const { watch, fetch, plug, settled } = setUp();
  plug(reply);
  watch.setOpen(true);
  await settled();
  expect(fetch).toHaveBeenCalledOnce();
});

it.each([
  ['closed', 'setOpen'],
  ['hidden', 'setVisible'],
] as const)('stops while it is %s, and goes on after', async (_, change) => {
  const { watch, fetch, plug, settled, events } = setUp();
  watch.setOpen(true);
  await settled();
  watch[change](false);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(fetch).toHaveBeenCalledOnce();
  const socket = plug();
  watch[change](true);
  await settled();
  expect(socket.watchActivity).toHaveBeenCalledOnce();
  watch[change](false);
  expect(socket.unwatchActivity).toHaveBeenCalledOnce();
  const heard = events.length;
  watch.told(now);
  expect(events).toHaveLength(heard);
});

it('tells why there is no news, and keeps asking', async () => {
  const { watch, fetch, events } = setUp(() => Response.json(away, { status: 503 }));
  watch.setOpen(true);
  await vi.advanceTimersByTimeAsync(2001);
  expect(events).toContainEqual({ type: 'failed', code: 'redis-unavailable' });
  expect(fetch).toHaveBeenCalledTimes(2);
});
