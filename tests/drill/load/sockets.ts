import { setTimeout as delay } from 'node:timers/promises';
import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import { connectSubscriber, type Subscriber } from '../../integration/subscriber.ts';
import { GONE, type Ledger, UNKNOWN } from '../ledger.ts';
import type { Random } from '../random.ts';
import { stateOf } from '../states.ts';
import { submit, upload } from './submit.ts';
import type { Way } from './way.ts';

const FOLLOW_MS = 150_000;
const AGAIN_MS = 1_000;

export type SocketFollowers = Awaited<ReturnType<typeof connectFollowers>>;

/** One socket.io connection to each api; each follows many predictions and subscribes to them again after a reconnect. */
export async function connectFollowers(options: { urls: readonly string[]; ledger: Ledger; random: Random }) {
  const { urls, ledger, random } = options;
  const followers = await Promise.all(
    urls.map(async (url) => follower(await connectSubscriber({ url }), ledger)),
  );
  return {
    /** Resolves once a socket has told the end of a prediction, or far too late. */
    follow: (id: string) => random.pick(followers).follow(id),
    close(): void {
      for (const { close } of followers) close();
    },
  };
}

function follower(subscriber: Subscriber, ledger: Ledger) {
  const waiting = new Map<string, () => void>();

  function end(id: string, state: string): void {
    ledger.observe(id, 'socket', state);
    waiting.get(id)?.();
    waiting.delete(id);
    subscriber.socket.emit('unsubscribe', { topic: 'prediction', id });
  }

  function take(snapshot: Prediction): void {
    // Each is kept by the subscriber for tests that look at all of them.
    subscriber.predictions.length = 0;
    const state = stateOf(snapshot);
    if (state && waiting.has(snapshot.id)) end(snapshot.id, state);
  }

  async function subscribe(id: string): Promise<void> {
    for (; waiting.has(id) && subscriber.socket.connected; await delay(AGAIN_MS)) {
      const reply = await subscriber.request({ topic: 'prediction', id }).catch(() => null);
      if (reply?.ok) return take(reply.snapshot);
      if (reply?.problem.status === 410) return end(id, GONE);
      if (reply?.problem.status === 404) return end(id, UNKNOWN);
    }
  }

  subscriber.socket.on('prediction', take);
  // After a break the api knows no subscription.
  subscriber.socket.on('connect', () => {
    for (const id of waiting.keys()) void subscribe(id);
  });
  return {
    async follow(id: string): Promise<void> {
      const told = new Promise<void>((resolve) => void waiting.set(id, resolve));
      void subscribe(id);
      const timeout = new AbortController();
      await Promise.race([told, delay(FOLLOW_MS, null, { signal: timeout.signal }).catch(() => null)]);
      timeout.abort();
      if (waiting.delete(id)) ledger.leave(id);
    },
    close: subscriber.close,
  };
}

const following: Way = {
  name: 'POST /predictions, socket.io',
  weight: 10,
  async run(load) {
    const picture = load.anyPicture();
    const accepted = await submit(load, {
      ...{ way: this.name, path: '/predictions', picture, init: () => upload(picture, 'raw') },
    });
    if (accepted) await load.sockets.follow(accepted.id);
  },
};

export const socketWays: readonly Way[] = [following];
