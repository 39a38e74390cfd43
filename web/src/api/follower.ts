import { isFinal, type Prediction } from '@inkqueue/shared/contracts/prediction';
import { delay } from './delay.ts';
import type { PredictionClient } from './predictions.ts';
import { RequestFailure } from './request-failure.ts';
import type { LiveListener, LiveSocket } from './socket.ts';

/** Between two long-poll requests, so that an api which answers at once is not asked in a tight loop. */
const POLL_PAUSE_MS = 250;
const POLL_RETRY_MS = 1000;
const POLL_RETRY_MAX_MS = 10_000;

export interface FollowListener {
  state: (prediction: Prediction) => void;
  failed: (failure: RequestFailure) => void;
}

/** What a follower needs of the page's socket, which others share. */
type FollowedSocket = Pick<LiveSocket, 'follow' | 'unfollow'>;
export type FollowedSocketListener = Pick<LiveListener, 'connected' | 'disconnected' | 'prediction'>;

export interface Follower {
  /** Tells `listener` every state from now on, up to the final one. Returns the function that ends it. */
  follow: (id: string, listener: FollowListener) => () => void;
}

interface Watch {
  id: string;
  listener: FollowListener;
  /** Ends the polling under way. */
  polling: AbortController | null;
}

/**
 * Follows predictions by socket while there is one and by long polling while there is none, whichever comes and goes.
 * `connect` opens the socket; `onChannel` hears which of the two it is.
 */
export function createFollower(options: {
  client: Pick<PredictionClient, 'wait'>;
  connect: (listener: FollowedSocketListener) => Promise<FollowedSocket>;
  onChannel: (channel: 'socket' | 'polling') => void;
}): Follower {
  const watches = new Map<string, Watch>();
  let socket: FollowedSocket | null = null;
  let connected = false;

  function deliver(watch: Watch, state: Prediction): void {
    if (watches.get(watch.id) !== watch) return;
    if (isFinal(state.status)) end(watch);
    watch.listener.state(state);
  }

  function giveUp(watch: Watch, failure: RequestFailure): void {
    if (watches.get(watch.id) !== watch) return;
    end(watch);
    watch.listener.failed(failure);
  }

  function end(watch: Watch): void {
    watches.delete(watch.id);
    watch.polling?.abort();
    watch.polling = null;
  }

  async function followBySocket(watch: Watch, live: FollowedSocket): Promise<void> {
    watch.polling?.abort();
    watch.polling = null;
    try {
      const reply = await live.follow(watch.id);
      if (reply.ok) deliver(watch, reply.prediction);
      else giveUp(watch, new RequestFailure(reply.problem));
    } catch {
      // No answer in time, or not one that we understand: REST has the same state.
      if (watches.get(watch.id) === watch) void poll(watch);
    }
  }

  async function poll(watch: Watch): Promise<void> {
    if (watch.polling) return;
    const polling = new AbortController();
    const { signal } = polling;
    watch.polling = polling;
    let pause = POLL_RETRY_MS;
    while (!signal.aborted) {
      try {
        deliver(watch, await options.client.wait(watch.id, signal));
        pause = POLL_RETRY_MS;
        await delay(POLL_PAUSE_MS, signal);
      } catch (failure) {
        if (signal.aborted) return;
        if (!(failure instanceof RequestFailure)) throw failure;
        if (!failure.retryable) return giveUp(watch, failure);
        await delay(failure.retryAfterMs ?? pause, signal);
        pause = Math.min(pause * 2, POLL_RETRY_MAX_MS);
      }
    }
  }

  function start(watch: Watch): void {
    if (connected && socket) void followBySocket(watch, socket);
    else void poll(watch);
  }

  function switchTo(up: boolean): void {
    connected = up;
    options.onChannel(up ? 'socket' : 'polling');
    for (const watch of watches.values()) start(watch);
  }

  options
    .connect({
      connected: () => switchTo(true),
      disconnected: () => switchTo(false),
      prediction(state) {
        const watch = watches.get(state.id);
        if (watch) deliver(watch, state);
      },
    })
    .then(
      (opened) => {
        socket = opened;
        if (connected) switchTo(true);
      },
      (error: unknown) => {
        options.onChannel('polling');
        // The socket's code could not be fetched; everything else is a fault of ours.
        if (!(error instanceof TypeError)) throw error;
      },
    );

  return {
    follow(id, listener) {
      const watch: Watch = { id, listener, polling: null };
      watches.set(id, watch);
      start(watch);
      return () => {
        if (watches.get(id) !== watch) return;
        end(watch);
        if (connected) socket?.unfollow(id);
      };
    },
  };
}
