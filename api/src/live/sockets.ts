import type { ClientToServerEvents, ServerToClientEvents } from '@inkqueue/shared/contracts/events';
import type { Server, Socket } from 'socket.io';

/** The api's end of socket.io, and of one connection, with the events of the contract. */
export type LiveServer = Server<ClientToServerEvents, ServerToClientEvents>;
export type LiveSocket = Socket<ClientToServerEvents, ServerToClientEvents>;
