import { z } from 'zod/mini';
import { activity } from './activity.ts';
import { batchId, batchProgress } from './batch.ts';
import { prediction, predictionId } from './prediction.ts';
import { type Problem, problem } from './problems.ts';

/** What a client can subscribe to over socket.io, each with the shape of its snapshots. */
export const topics = { prediction, batch: batchProgress, activity } as const;
export type Topic = keyof typeof topics;
/** The state of a topic at one moment: the reply to `subscribe`, and every event after it. */
export type Snapshot<T extends Topic = Topic> = z.infer<(typeof topics)[T]>;

/** The body of `subscribe` and `unsubscribe`. A plain union: a discriminated one adds 0.5 kB to the page. */
export const subscription = z.union([
  z.object({ topic: z.literal('prediction'), id: predictionId }),
  z.object({ topic: z.literal('batch'), id: batchId }),
  z.object({ topic: z.literal('activity') }),
]);
export type Subscription = z.infer<typeof subscription>;

/** The reply to `subscribe`: the snapshot, or the problem that prevents the subscription. */
export function subscribeReply<T extends Topic>(topic: T) {
  return z.union([
    z.object({ ok: z.literal(true), snapshot: topics[topic] }),
    z.object({ ok: z.literal(false), problem }),
  ]);
}
export type SubscribeReply<T extends Topic = Topic> =
  | { ok: true; snapshot: Snapshot<T> }
  | { ok: false; problem: Problem };

/**
 * socket.io, client → api. The api replies to `subscribe` with a snapshot and sends every later one as an event named
 * after the topic. After a reconnect the client subscribes again: the new snapshot covers what the client missed.
 */
export interface ClientToServerEvents {
  subscribe: (request: Subscription, reply: (answer: SubscribeReply) => void) => void;
  unsubscribe: (request: Subscription) => void;
}

/** socket.io, api → client. */
export type ServerToClientEvents = { [T in Topic]: (snapshot: Snapshot<T>) => void };
