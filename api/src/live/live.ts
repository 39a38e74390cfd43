import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { subscription } from '@inkqueue/shared/contracts/live';
import type { Problem } from '@inkqueue/shared/contracts/problems';
import type { Logger } from '@inkqueue/shared/node/log';
import { Server } from 'socket.io';
import { ProblemError, toProblem, toProblemError } from '../errors.ts';
import { createChannels, roomOf } from './channels.ts';
import type { LiveServer } from './sockets.ts';
import type { TopicSources } from './topics.ts';

/** Where clients open sockets, below the base path. */
export const SOCKET_PATH = '/socket.io/';

/** Most topics that one connection may be subscribed to at a time. */
const SUBSCRIPTIONS_MAX = 2_000;

/**
 * socket.io: subscriptions to predictions, batches and activity. A subscriber gets a snapshot first and every later state
 * after it. Every api replica reads the whole event stream and emits to its own sockets only, so replicas need no adapter.
 */
export function createLive(options: {
  server: HttpServer;
  sources: TopicSources;
  log: Logger;
  /** Whether a client may open a socket. */
  admits?: (request: IncomingMessage) => boolean;
  corsOrigins?: readonly string[];
}): LiveServer {
  const { server, sources, log, admits = () => true, corsOrigins = [] } = options;
  const io: LiveServer = new Server(server, {
    path: SOCKET_PATH,
    serveClient: false,
    maxHttpBufferSize: 10_000,
    allowRequest: (request, decide) => decide(null, admits(request)),
    // For socket.io's own polling; a WebSocket has no CORS.
    cors: { origin: corsOrigins.includes('*') ? '*' : [...corsOrigins] },
  });

  function report(error: unknown): Problem {
    const problem = toProblemError(error);
    if (problem.code === 'internal') log.error({ err: error }, 'could not send to socket');
    return toProblem(problem);
  }

  const channels = createChannels({ io, sources });

  io.of('/').adapter.on('leave-room', (room: string, id: string) => {
    io.of('/').sockets.get(id)?.data.rooms.delete(room);
  });

  io.on('connection', (socket) => {
    const rooms = new Set<string>();
    socket.data.rooms = rooms;

    socket.on('subscribe', async (request, reply) => {
      if (typeof reply !== 'function') return;
      let room: string | null = null;
      try {
        const wanted = subscription.safeParse(request);
        if (!wanted.success) throw new ProblemError('invalid-request', 'subscribe takes {topic, id}.');
        if (rooms.size >= SUBSCRIPTIONS_MAX && !rooms.has(roomOf(wanted.data))) throw tooMany();
        room = roomOf(wanted.data);
        rooms.add(room);
        await channels.subscribe(socket, wanted.data, (snapshot) => reply({ ok: true, snapshot }));
      } catch (error) {
        if (room) rooms.delete(room);
        reply({ ok: false, problem: report(error) });
      }
    });

    socket.on('unsubscribe', (request) => {
      const unwanted = subscription.safeParse(request);
      if (!unwanted.success) return;
      rooms.delete(roomOf(unwanted.data));
      void socket.leave(roomOf(unwanted.data));
    });
  });

  return io;
}

/** Closes all connections so that their clients connect again, and subscribe to what is left. */
export function disconnectAll(io: LiveServer): void {
  // The client's library takes a disconnect for good, and the end of the connection for an accident.
  for (const { conn } of io.of('/').sockets.values()) conn.close();
}

const tooMany = () =>
  new ProblemError(
    'invalid-request',
    `One connection may hold at most ${SUBSCRIPTIONS_MAX} subscriptions. Unsubscribe from one first.`,
  );
