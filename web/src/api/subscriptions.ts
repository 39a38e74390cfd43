import type { Snapshot, SubscribeReply, Subscription, Topic } from '@inkqueue/shared/contracts/live';
import { isFinal } from '@inkqueue/shared/contracts/prediction';
import { delay } from './delay.ts';
import { RequestFailure } from './request-failure.ts';
import { retryPauseMs } from './retry-pause.ts';

/** What a listener of each topic receives. Null, without a socket: it is time to refresh the batch (see follow-batch.ts). */
interface Updates {
  prediction: Snapshot<'prediction'>;
  batch: Snapshot<'batch'> | null;
  activity: Snapshot<'activity'>;
}

/** How a topic is followed without a socket. */
export interface Poll<T extends Topic> {
  /** Throws `RequestFailure` or, when aborted, the signal's reason. */
  request(subscription: Subscription & { topic: T }, signal: AbortSignal): Promise<Updates[T]>;
  /** Between two requests. It doubles with each failure in a row, up to `pauseMaxMs`. */
  pauseMs: number;
  pauseMaxMs: number;
}

export interface SubscriptionListener<T extends Topic> {
  snapshot(snapshot: Updates[T]): void;
  /** The subscription has ended with a failure that no later request can heal. */
  failed?(failure: RequestFailure): void;
  /** A request failed; the next one follows. */
  retrying?(failure: RequestFailure): void;
}

/** One connected socket. */
export interface SubscriptionSocket {
  /** Rejects when the service does not reply in time. */
  subscribe: (subscription: Subscription) => Promise<SubscribeReply>;
  unsubscribe: (subscription: Subscription) => void;
}

export interface SocketListener {
  connected: (socket: SubscriptionSocket) => void;
  disconnected: () => void;
  snapshot: (topic: Topic, snapshot: Snapshot) => void;
}

interface Entry {
  subscription: Subscription;
  key: string;
  listener: SubscriptionListener<Topic>;
  /** Aborts the current way of following, by socket or by polling. */
  current: AbortController;
}

/**
 * Follows topics by socket while there is one, else by polling over REST. Both begin with the topic's state at that moment,
 * so either can take over from the other at any time. `connect` opens the socket, which then reconnects on its own.
 */
export function createSubscriptions(options: {
  connect: (listener: SocketListener) => Promise<void>;
  polls: { [T in Topic]: Poll<T> };
  onChannel: (channel: 'socket' | 'polling') => void;
}) {
  const { polls, onChannel } = options;
  const entries = new Set<Entry>();
  let socket: SubscriptionSocket | null = null;

  function start(entry: Entry): void {
    entry.current.abort();
    entry.current = new AbortController();
    const { signal } = entry.current;
    void (socket ? follow(entry, socket, signal) : poll(entry, signal));
  }

  async function follow(entry: Entry, live: SubscriptionSocket, signal: AbortSignal): Promise<void> {
    // Null: no reply in time, or one of an unexpected shape.
    const reply = await live.subscribe(entry.subscription).catch(() => null);
    if (signal.aborted) return;
    if (reply?.ok) deliver(entry, reply.snapshot);
    else if (reply && isHopeless(entry, reply.problem)) fail(entry, new RequestFailure(reply.problem));
    else await poll(entry, signal);
  }

  async function poll(entry: Entry, signal: AbortSignal): Promise<void> {
    const { subscription, listener } = entry;
    const { request, pauseMs: firstMs, pauseMaxMs: maxMs }: Poll<Topic> = polls[subscription.topic];
    let retries = 0;
    while (!signal.aborted) {
      let pauseMs = firstMs;
      try {
        const snapshot = await request(subscription, signal);
        if (signal.aborted) return;
        deliver(entry, snapshot);
        retries = 0;
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof RequestFailure)) throw error;
        if (isHopeless(entry, error)) return fail(entry, error);
        listener.retrying?.(error);
        pauseMs = retryPauseMs(error, { retries, firstMs, maxMs });
        retries += 1;
      }
      await delay(pauseMs, signal);
    }
  }

  function deliver(entry: Entry, snapshot: Updates[Topic]): void {
    if (!entries.has(entry)) return;
    if (isLast(snapshot)) end(entry);
    entry.listener.snapshot(snapshot);
  }

  function fail(entry: Entry, failure: RequestFailure): void {
    end(entry);
    entry.listener.failed?.(failure);
  }

  function end(entry: Entry): void {
    entries.delete(entry);
    entry.current.abort();
  }

  function switchTo(opened: SubscriptionSocket | null): void {
    const before = socket;
    socket = opened;
    onChannel(opened ? 'socket' : 'polling');
    // Each failed attempt to connect reports `disconnected` again; polling goes on.
    if (opened || before) for (const entry of entries) start(entry);
  }

  options
    .connect({
      connected: switchTo,
      disconnected: () => switchTo(null),
      snapshot(topic, snapshot) {
        const key = keyOf(topic, snapshot);
        for (const entry of entries) if (entry.key === key) deliver(entry, snapshot);
      },
    })
    .catch((error: unknown) => {
      switchTo(null);
      // A TypeError: the socket's code could not be fetched. Any other error is a bug.
      if (!(error instanceof TypeError)) throw error;
    });

  return {
    /** Calls `listener` with every state from now on, up to the final one. Returns the function that ends the calls. */
    subscribe<S extends Subscription>(
      subscription: S,
      listener: SubscriptionListener<S['topic']>,
    ): () => void {
      const key = keyOf(subscription.topic, subscription);
      const entry: Entry = { subscription, key, listener, current: new AbortController() };
      entries.add(entry);
      start(entry);
      return () => {
        if (!entries.has(entry)) return;
        end(entry);
        if (![...entries].some((other) => other.key === key)) socket?.unsubscribe(subscription);
      };
    },
  };
}
export type Subscriptions = ReturnType<typeof createSubscriptions>;

function keyOf(topic: Topic, named: Subscription | Snapshot): string {
  return `${topic} ${'id' in named ? named.id : ''}`;
}

function isLast(snapshot: Updates[Topic]): boolean {
  if (snapshot === null) return false;
  if ('status' in snapshot) return isFinal(snapshot.status);
  return 'finished' in snapshot && snapshot.finished;
}

/** Whether no later request can succeed. Activity never ends, so it is always requested again. */
function isHopeless({ subscription }: Entry, { retryable }: { retryable: boolean }): boolean {
  return !retryable && subscription.topic !== 'activity';
}
