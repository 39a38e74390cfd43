import { once } from 'node:events';
import {
  type ClientToServerEvents,
  type FollowReply,
  followReply,
  type ServerToClientEvents,
} from '@inkqueue/shared/contracts/events';
import { type Prediction, prediction } from '@inkqueue/shared/contracts/prediction';
import { io, type Socket } from 'socket.io-client';

/** A socket.io client, and every `prediction` event that it was sent, each checked against its contract. */
export interface Follower {
  socket: Socket<ServerToClientEvents, ClientToServerEvents>;
  events: Prediction[];
  follow(id: string): Promise<FollowReply>;
  close(): void;
}

/** Connects as the page does. */
export async function createFollower(api: { url: string }): Promise<Follower> {
  const socket: Follower['socket'] = io(api.url, { reconnectionDelay: 50, forceNew: true });
  const events: Prediction[] = [];
  socket.on('prediction', (state) => void events.push(prediction.parse(state)));
  await new Promise<void>((connected, failed) => {
    socket.once('connect', connected);
    socket.once('connect_error', failed);
  });
  return {
    socket,
    events,
    follow: async (id) => followReply.parse(await socket.timeout(5_000).emitWithAck('follow', { id })),
    close: () => void socket.close(),
  };
}

/** The snapshot in an answer to `follow`. @throws Error when it was refused */
export function snapshotOf(reply: FollowReply): Prediction {
  if (!reply.ok) throw new Error(`follow was refused: ${reply.problem.detail}`);
  return reply.prediction;
}

/** Cuts the connection as a network does. Resolves once the client has noticed; it then connects again by itself. */
export async function cut({ socket }: Follower): Promise<void> {
  const noticed = once(socket as never, 'disconnect');
  socket.io.engine.close();
  await noticed;
}
