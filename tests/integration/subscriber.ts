import { once } from 'node:events';
import {
  type ClientToServerEvents,
  type ServerToClientEvents,
  type Snapshot,
  type SubscribeReply,
  type Subscription,
  subscribeReply,
  topics,
} from '@inkqueue/shared/contracts/live';
import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import { io, type Socket } from 'socket.io-client';

/** A socket.io client, and every event that the api sent it, each checked against its contract. */
export interface Subscriber {
  socket: Socket<ServerToClientEvents, ClientToServerEvents>;
  predictions: Prediction[];
  batches: Snapshot<'batch'>[];
  activity: Snapshot<'activity'>[];
  request<T extends Subscription>(subscription: T): Promise<SubscribeReply<T['topic']>>;
  /** The snapshot of the reply. @throws Error when the api refused the subscription */
  subscribe<T extends Subscription>(subscription: T): Promise<Snapshot<T['topic']>>;
  close(): void;
}

/** Connects as the page does. */
export async function connectSubscriber(api: { url: string }): Promise<Subscriber> {
  const socket: Subscriber['socket'] = io(api.url, { reconnectionDelay: 50, forceNew: true });
  const predictions: Subscriber['predictions'] = [];
  const batches: Subscriber['batches'] = [];
  const activity: Subscriber['activity'] = [];
  socket.on('prediction', (snapshot) => void predictions.push(topics.prediction.parse(snapshot)));
  socket.on('batch', (snapshot) => void batches.push(topics.batch.parse(snapshot)));
  socket.on('activity', (snapshot) => void activity.push(topics.activity.parse(snapshot)));
  await new Promise<void>((connected, failed) => {
    socket.once('connect', connected);
    socket.once('connect_error', failed);
  });
  const request: Subscriber['request'] = async (subscription) => {
    const reply = await socket.timeout(5_000).emitWithAck('subscribe', subscription);
    return subscribeReply(subscription.topic).parse(reply) as never;
  };
  return {
    socket,
    predictions,
    batches,
    activity,
    request,
    async subscribe(subscription) {
      const reply: SubscribeReply = await request(subscription);
      if (!reply.ok) throw new Error(`the api refused to subscribe: ${reply.problem.detail}`);
      return reply.snapshot as never;
    },
    close: () => void socket.close(),
  };
}

/** Cuts the connection as a network does. Resolves once the client has noticed; it then connects again by itself. */
export async function cut({ socket }: Subscriber): Promise<void> {
  const noticed = once(socket as never, 'disconnect');
  socket.io.engine.close();
  await noticed;
}
