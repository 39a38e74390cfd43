import type { SubscribeReply } from '@inkqueue/shared/contracts/live';
import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import { expect, it, vi } from 'vitest';
import { queued, running, succeeded } from '../testing/predictions.ts';
import { createPolls } from './polls.ts';
import { createJsonRequest } from './request.ts';
import { RequestFailure } from './request-failure.ts';
import { createSubscriptions, type SocketListener } from './subscriptions.ts';

const { id } = queued();
const subscription = { topic: 'prediction', id } as const;
const notFound = new RequestFailure({ code: 'prediction-not-found', retryable: false });
const problem = {
  type: 'urn:x',
  title: '',
  status: 404,
  detail: '',
  code: 'prediction-not-found' as const,
  retryable: false,
};

/** Subscriptions between an api whose long polls get their responses by hand and a socket that is connected by hand. */
function setUp(options: { reply?: () => Promise<SubscribeReply>; connect?: () => Promise<never> } = {}) {
  const polls: {
    signal: AbortSignal;
    respond: (state: Prediction) => void;
    refuse: (failure: RequestFailure) => void;
  }[] = [];
  const channels: string[] = [];
  const states: string[] = [];
  const failed = vi.fn();
  const subscribe = vi.fn(
    options.reply ?? (() => Promise.resolve<SubscribeReply>({ ok: true, snapshot: queued() })),
  );
  const unsubscribe = vi.fn();
  let listener: SocketListener | undefined;
  const subscriptions = createSubscriptions({
    polls: createPolls(createJsonRequest(fetch), {
      wait: (_, signal) =>
        new Promise((resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
          polls.push({ signal, respond: resolve, refuse: reject });
        }),
    }),
    connect:
      options.connect ??
      ((given) => {
        listener = given;
        return Promise.resolve();
      }),
    onChannel: (channel) => channels.push(channel),
  });
  const start = () =>
    subscriptions.subscribe(subscription, { snapshot: ({ status }) => states.push(status), failed });
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  const socket = {
    connect: () => listener!.connected({ subscribe, unsubscribe }),
    disconnect: () => listener!.disconnected(),
    send: (state: Prediction) => listener!.snapshot('prediction', state),
  };
  return { polls, channels, states, failed, subscribe, unsubscribe, start, settled, socket };
}

it('follows by socket: the snapshot first, then every state up to the final one', async () => {
  const { socket, start, states, settled, subscribe, polls } = setUp();
  socket.connect();
  start();
  await settled();
  socket.send(running());
  socket.send(succeeded(3));
  socket.send(running());
  expect(states).toEqual(['queued', 'running', 'succeeded']);
  expect(subscribe).toHaveBeenCalledExactlyOnceWith(subscription);
  expect(polls).toHaveLength(0);
});

it('polls until the socket connects, then stops polling', () => {
  const { socket, start, subscribe, polls } = setUp();
  start();
  expect(polls).toHaveLength(1);
  socket.connect();
  expect(polls[0]!.signal.aborted).toBe(true);
  expect(subscribe).toHaveBeenCalledExactlyOnceWith(subscription);
});

it('polls while the socket is away, and subscribes again when it is back', async () => {
  const { socket, start, settled, subscribe, polls, channels } = setUp();
  socket.connect();
  start();
  await settled();
  socket.disconnect();
  expect(polls).toHaveLength(1);
  socket.connect();
  await settled();
  expect(subscribe).toHaveBeenCalledTimes(2);
  expect(polls[0]!.signal.aborted).toBe(true);
  expect(channels).toEqual(['socket', 'polling', 'socket']);
});

it('keeps polling when further attempts to connect fail', async () => {
  const { socket, start, settled, polls } = setUp();
  socket.connect();
  start();
  await settled();
  socket.disconnect();
  socket.disconnect();
  expect(polls).toHaveLength(1);
  expect(polls[0]!.signal.aborted).toBe(false);
});

it('works by polling alone when the code of the socket cannot be fetched', async () => {
  const { start, settled, states, polls, channels } = setUp({
    connect: () => Promise.reject(new TypeError('blocked')),
  });
  await settled();
  expect(channels).toEqual(['polling']);
  start();
  polls[0]!.respond(running());
  await expect.poll(() => polls.length).toBe(2);
  polls[1]!.respond(succeeded(3));
  await settled();
  expect(states).toEqual(['running', 'succeeded']);
  await settled();
  expect(polls).toHaveLength(2);
});

it('polls again after a failure that may pass', async () => {
  const { start, settled, states, polls, failed } = setUp();
  start();
  polls[0]!.refuse(new RequestFailure({ code: 'redis-unavailable', retryable: true, retryAfterMs: 5 }));
  await expect.poll(() => polls.length).toBe(2);
  polls[1]!.respond(succeeded(3));
  await settled();
  expect(states).toEqual(['succeeded']);
  expect(failed).not.toHaveBeenCalled();
});

it('reports a failure that does not pass, and stops polling', async () => {
  const { start, settled, polls, failed } = setUp();
  start();
  polls[0]!.refuse(notFound);
  await settled();
  expect(failed).toHaveBeenCalledExactlyOnceWith(notFound);
  expect(polls).toHaveLength(1);
});

it('reports why the service refuses the subscription', async () => {
  const { socket, start, settled, failed, polls } = setUp({
    reply: () => Promise.resolve({ ok: false, problem }),
  });
  socket.connect();
  start();
  await settled();
  expect(failed.mock.calls[0]![0]).toMatchObject({ code: 'prediction-not-found', retryable: false });
  expect(polls).toHaveLength(0);
});

it.each([
  ['the service does not reply', () => Promise.reject(new Error('timeout'))],
  [
    'the refusal may pass',
    () =>
      Promise.resolve<SubscribeReply>({
        ok: false,
        problem: { ...problem, code: 'redis-unavailable', retryable: true },
      }),
  ],
])('polls when %s', async (_, reply) => {
  const { socket, start, settled, polls } = setUp({ reply });
  socket.connect();
  start();
  await settled();
  expect(polls).toHaveLength(1);
});

it('reports nothing more after the end of the subscription', async () => {
  const { socket, start, settled, states, unsubscribe } = setUp();
  socket.connect();
  const stop = start();
  await settled();
  stop();
  socket.send(succeeded(3));
  expect(states).toEqual(['queued']);
  expect(unsubscribe).toHaveBeenCalledExactlyOnceWith(subscription);
});

it('reports to every subscription of the same prediction, until the last one ends', async () => {
  const { socket, start, settled, states, unsubscribe } = setUp();
  socket.connect();
  const [first, second] = [start(), start()];
  await settled();
  first();
  expect(unsubscribe).not.toHaveBeenCalled();
  socket.send(running());
  expect(states).toEqual(['queued', 'queued', 'running']);
  second();
  expect(unsubscribe).toHaveBeenCalledOnce();
});
