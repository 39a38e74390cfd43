import { activity } from '@inkqueue/shared/contracts/activity';
import { batchProgress } from '@inkqueue/shared/contracts/batch';
import {
  type ClientToServerEvents,
  type ServerToClientEvents,
  subscribeReply,
} from '@inkqueue/shared/contracts/live';
import { prediction } from '@inkqueue/shared/contracts/prediction';
import { io, type Socket } from 'socket.io-client';
import type { SocketListener, SubscriptionSocket } from './subscriptions.ts';

const ACK_TIMEOUT_MS = 5000;

/**
 * Connects to the page's own origin and stays connected: it never stops trying.
 * WebSocket only: where it is blocked the page polls over REST, which needs no session bound to one api process.
 */
export function connectSocket(listener: SocketListener): void {
  const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io({
    path: new URL('../socket.io/', document.baseURI).pathname,
    transports: ['websocket'],
    reconnectionDelayMax: 10_000,
  });
  const live: SubscriptionSocket = {
    async subscribe(subscription) {
      const reply = await socket.timeout(ACK_TIMEOUT_MS).emitWithAck('subscribe', subscription);
      return subscribeReply(subscription.topic).parse(reply);
    },
    unsubscribe(subscription) {
      // While disconnected, socket.io would keep the event and send it after the next `subscribe`.
      if (socket.connected) socket.emit('unsubscribe', subscription);
    },
  };
  socket.on('connect', () => listener.connected(live));
  socket.on('disconnect', listener.disconnected);
  socket.on('connect_error', listener.disconnected);
  socket.on('prediction', (snapshot) => listener.snapshot('prediction', prediction.parse(snapshot)));
  socket.on('batch', (snapshot) => listener.snapshot('batch', batchProgress.parse(snapshot)));
  socket.on('activity', (snapshot) => listener.snapshot('activity', activity.parse(snapshot)));
  addEventListener('online', () => socket.connect());
}
