import type { FollowReply } from '@inkqueue/shared/contracts/events';
import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import { expect, it, vi } from 'vitest';
import { queued, running, succeeded } from '../testing/predictions.ts';
import { createFollower, type FollowedSocketListener } from './follower.ts';
import { RequestFailure } from './request-failure.ts';

const { id } = queued();
const gone = new RequestFailure({ code: 'prediction-not-found', retryable: false });

/** A follower between an api whose long poll is answered by hand and a socket that is plugged by hand. */
function setUp(options: { reply?: () => Promise<FollowReply>; connect?: () => Promise<never> } = {}) {
  const polls: {
    signal: AbortSignal;
    answer: (state: Prediction) => void;
    refuse: (why: RequestFailure) => void;
  }[] = [];
  const channels: string[] = [];
  const states: string[] = [];
  const failed = vi.fn();
  const follow = vi.fn(
    options.reply ?? (() => Promise.resolve<FollowReply>({ ok: true, prediction: queued() })),
  );
  const unfollow = vi.fn();
  let live: FollowedSocketListener | undefined;
  const follower = createFollower({
    client: {
      wait: (_, signal) =>
        new Promise((resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
          polls.push({ signal, answer: resolve, refuse: reject });
        }),
    },
    connect:
      options.connect ??
      ((listener) => {
        live = listener;
        return Promise.resolve({ follow, unfollow });
      }),
    onChannel: (channel) => channels.push(channel),
  });
  const stop = () => stopFollowing();
  let stopFollowing = () => {};
  const start = () => {
    stopFollowing = follower.follow(id, { state: ({ status }) => states.push(status), failed });
  };
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  return { polls, channels, states, failed, follow, unfollow, start, stop, settled, socket: () => live! };
}

it('follows by socket: the snapshot first, then every state up to the final one', async () => {
  const { socket, start, states, settled, follow, polls } = setUp();
  await settled();
  socket().connected();
  start();
  await settled();
  socket().prediction(running());
  socket().prediction(succeeded(3));
  socket().prediction(running());
  expect(states).toEqual(['queued', 'running', 'succeeded']);
  expect(follow).toHaveBeenCalledExactlyOnceWith(id);
  expect(polls).toHaveLength(0);
});

it('polls until the socket stands, then leaves off', async () => {
  const { socket, start, settled, follow, polls } = setUp();
  start();
  expect(polls).toHaveLength(1);
  await settled();
  socket().connected();
  expect(polls[0]!.signal.aborted).toBe(true);
  expect(follow).toHaveBeenCalledExactlyOnceWith(id);
});

it('polls while the socket is away, and follows again when it is back', async () => {
  const { socket, start, settled, follow, polls, channels } = setUp();
  await settled();
  socket().connected();
  start();
  await settled();
  socket().disconnected();
  expect(polls).toHaveLength(1);
  socket().connected();
  await settled();
  expect(follow).toHaveBeenCalledTimes(2);
  expect(polls[0]!.signal.aborted).toBe(true);
  expect(channels).toEqual(['socket', 'polling', 'socket']);
});

it('works by polling alone when the socket never comes', async () => {
  const { start, settled, states, polls, channels } = setUp({
    connect: () => Promise.reject(new TypeError('blocked')),
  });
  await settled();
  expect(channels).toEqual(['polling']);
  start();
  polls[0]!.answer(running());
  await expect.poll(() => polls.length).toBe(2);
  polls[1]!.answer(succeeded(3));
  await settled();
  expect(states).toEqual(['running', 'succeeded']);
  await settled();
  expect(polls).toHaveLength(2);
});

it('polls again after a refusal that passes', async () => {
  const { start, settled, states, polls, failed } = setUp();
  start();
  polls[0]!.refuse(new RequestFailure({ code: 'redis-unavailable', retryable: true, retryAfterMs: 5 }));
  await expect.poll(() => polls.length).toBe(2);
  polls[1]!.answer(succeeded(3));
  await settled();
  expect(states).toEqual(['succeeded']);
  expect(failed).not.toHaveBeenCalled();
});

it('tells of a refusal that stays, and asks no more', async () => {
  const { start, settled, polls, failed } = setUp();
  start();
  polls[0]!.refuse(gone);
  await settled();
  expect(failed).toHaveBeenCalledExactlyOnceWith(gone);
  expect(polls).toHaveLength(1);
});

it('tells why the socket can’t follow', async () => {
  const problem = {
    type: 'urn:x',
    title: '',
    status: 404,
    detail: '',
    code: 'prediction-not-found' as const,
    retryable: false,
  };
  const { socket, start, settled, failed } = setUp({ reply: () => Promise.resolve({ ok: false, problem }) });
  await settled();
  socket().connected();
  start();
  await settled();
  expect(failed.mock.calls[0]![0]).toMatchObject({ code: 'prediction-not-found', retryable: false });
});

it('polls when the socket gives no answer', async () => {
  const { socket, start, settled, polls } = setUp({ reply: () => Promise.reject(new Error('timeout')) });
  await settled();
  socket().connected();
  start();
  await settled();
  expect(polls).toHaveLength(1);
});

it('hears nothing more once stopped', async () => {
  const { socket, start, stop, settled, states, unfollow } = setUp();
  await settled();
  socket().connected();
  start();
  await settled();
  stop();
  socket().prediction(succeeded(3));
  expect(states).toEqual(['queued']);
  expect(unfollow).toHaveBeenCalledExactlyOnceWith(id);
});
