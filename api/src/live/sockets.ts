import type { ClientToServerEvents, ServerToClientEvents } from '@inkqueue/shared/contracts/live';
import type { DefaultEventsMap, Server, Socket } from 'socket.io';

/** What the api notes about one connection. */
interface SocketData {
  /** Topics that the client subscribed to and has not unsubscribed from, by room. */
  rooms: Set<string>;
}

/** The api's end of socket.io, and of one connection, with the events of the contract. */
export type LiveServer = Server<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;
export type LiveSocket = Socket<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;
