import { type Activity, activity } from '@inkqueue/shared/contracts/activity';
import { type BatchProgress, batchProgress } from '@inkqueue/shared/contracts/batch';
import {
  type ClientToServerEvents,
  type FollowBatchReply,
  type FollowReply,
  followBatchReply,
  followReply,
  type ServerToClientEvents,
  type WatchActivityReply,
  watchActivityReply,
} from '@inkqueue/shared/contracts/events';
import { type Prediction, prediction } from '@inkqueue/shared/contracts/prediction';
import { io, type Socket } from 'socket.io-client';

const ACK_TIMEOUT_MS = 5000;

export interface LiveSocket {
  /** The prediction as it stands, or why it can't be followed. Rejects when the service does not answer in time. */
  follow: (id: string) => Promise<FollowReply>;
  unfollow: (id: string) => void;
  /** How far the batch is, or why it can't be followed; news follow. Rejects when the service does not answer in time. */
  followBatch: (id: string) => Promise<FollowBatchReply>;
  /** What goes on now, or why it can't be watched; news follow. Rejects when the service does not answer in time. */
  watchActivity: () => Promise<WatchActivityReply>;
  unwatchActivity: () => void;
}

export interface LiveListener {
  connected: () => void;
  disconnected: () => void;
  prediction: (state: Prediction) => void;
  batch: (progress: BatchProgress) => void;
  activity: (now: Activity) => void;
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
  socket.on('batch', (progress) => listener.batch(batchProgress.parse(progress)));
  socket.on('activity', (now) => listener.activity(activity.parse(now)));
  addEventListener('online', () => socket.connect());
  return {
    follow: async (id) =>
      followReply.parse(await socket.timeout(ACK_TIMEOUT_MS).emitWithAck('follow', { id })),
    unfollow: (id) => void socket.emit('unfollow', { id }),
    followBatch: async (id) =>
      followBatchReply.parse(await socket.timeout(ACK_TIMEOUT_MS).emitWithAck('follow-batch', { id })),
    watchActivity: async () =>
      watchActivityReply.parse(await socket.timeout(ACK_TIMEOUT_MS).emitWithAck('watch-activity')),
    unwatchActivity() {
      // Away, it would be kept and sent after the next `watch-activity`.
      if (socket.connected) socket.emit('unwatch-activity');
    },
  };
}
