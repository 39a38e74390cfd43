import {
  type ClientToServerEvents,
  type FollowReply,
  followReply,
  type ServerToClientEvents,
} from '@inkqueue/shared/contracts/events';
import { type Prediction, prediction } from '@inkqueue/shared/contracts/prediction';
import { io, type Socket } from 'socket.io-client';

const ACK_TIMEOUT_MS = 5000;

export interface LiveSocket {
  /** The prediction as it stands, or why it can't be followed. Rejects when the service does not answer in time. */
  follow: (id: string) => Promise<FollowReply>;
  unfollow: (id: string) => void;
}

export interface LiveListener {
  connected: () => void;
  disconnected: () => void;
  prediction: (state: Prediction) => void;
}

/**
 * Connects to the page's own origin and stays connected, trying again for ever.
 * WebSocket only: where it is blocked the page asks over REST, which needs no session bound to one api process.
 */
export function connectSocket(listener: LiveListener): LiveSocket {
  const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io({
    transports: ['websocket'],
    reconnectionDelayMax: 10_000,
  });
  socket.on('connect', listener.connected);
  socket.on('disconnect', listener.disconnected);
  socket.on('connect_error', listener.disconnected);
  socket.on('prediction', (state) => listener.prediction(prediction.parse(state)));
  addEventListener('online', () => socket.connect());
  return {
    follow: async (id) =>
      followReply.parse(await socket.timeout(ACK_TIMEOUT_MS).emitWithAck('follow', { id })),
    unfollow: (id) => void socket.emit('unfollow', { id }),
  };
}
