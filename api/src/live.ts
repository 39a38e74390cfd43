import type { Server as HttpServer } from 'node:http';
import {
  type ClientToServerEvents,
  type FollowRequest,
  followRequest,
  type ServerToClientEvents,
} from '@inkqueue/shared/contracts/events';
import { isFinal, type Prediction } from '@inkqueue/shared/contracts/prediction';
import type { Logger } from '@inkqueue/shared/node/log';
import { Server } from 'socket.io';
import type { Completions } from './completions.ts';
import { ProblemError, toProblem, toProblemError } from './errors.ts';
import type { Predictions } from './predictions.ts';
import { apply, type StateChange } from './states.ts';

export type LiveServer = Server<ClientToServerEvents, ServerToClientEvents>;

/** Most predictions that one socket may follow at once. */
const FOLLOWED_MAX = 2_000;

const ROOM_PREFIX = 'prediction:';
const room = (id: string) => ROOM_PREFIX + id;

/** A prediction that someone follows, kept current from the moment its snapshot is asked for. */
interface Followed {
  ready: Promise<unknown>;
  now: Prediction | null;
  /** Changes that overtook the snapshot. */
  early: StateChange[];
}

/**
 * Sockets that follow predictions: a follower is answered with a snapshot and then sent every later change.
 *
 * A prediction is tracked from before its snapshot is read; the answer and the joining of the room happen in one turn
 * after it. So no change is missed between the two, and none reaches a follower before its snapshot. Every api replica
 * reads the whole event stream and emits to its own sockets only.
 */
export function createLive(options: {
  server: HttpServer;
  predictions: Pick<Predictions, 'find'>;
  completions: Pick<Completions, 'onChange'>;
  log: Logger;
}): LiveServer {
  const { server, predictions, completions, log } = options;
  const io: LiveServer = new Server(server, { serveClient: false, maxHttpBufferSize: 10_000 });
  const followed = new Map<string, Followed>();

  completions.onChange((change) => {
    const entry = followed.get(change.id);
    if (!entry) return;
    if (!entry.now) return void entry.early.push(change);
    const next = apply(entry.now, change);
    if (next === entry.now) return;
    entry.now = next;
    io.local.to(room(next.id)).emit('prediction', next);
    if (!isFinal(next.status)) return;
    // Nothing comes after the end: the room goes with it, and counts no longer against what a socket may follow.
    followed.delete(next.id);
    io.local.socketsLeave(room(next.id));
  });

  function track(id: string): Followed {
    const entry: Followed = { ready: Promise.resolve(), now: null, early: [] };
    entry.ready = predictions.find(id).then((snapshot) => {
      entry.now = entry.early.reduce(apply, snapshot);
    });
    followed.set(id, entry);
    return entry;
  }

  function forget(id: string): void {
    if (!io.of('/').adapter.rooms.has(room(id))) followed.delete(id);
  }

  io.of('/').adapter.on('delete-room', (name: string) => {
    if (name.startsWith(ROOM_PREFIX)) followed.delete(name.slice(ROOM_PREFIX.length));
  });

  io.on('connection', (socket) => {
    socket.on('follow', async (request, reply) => {
      if (typeof reply !== 'function') return;
      try {
        const { id } = parseRequest(request);
        if (socket.rooms.size > FOLLOWED_MAX) throw tooMany();
        const entry = followed.get(id) ?? track(id);
        await entry.ready.catch((err: unknown) => {
          followed.delete(id);
          throw err;
        });
        // From here to the join in one turn: a change can't come in between.
        const prediction = entry.now!;
        reply({ ok: true, prediction });
        if (isFinal(prediction.status) || !socket.connected) return forget(id);
        // Another that asked in the same turn and is gone by now may have let go of it.
        followed.set(id, entry);
        void socket.join(room(id));
      } catch (err) {
        const problem = toProblemError(err);
        if (problem.code === 'internal') log.error({ err }, 'follow failed');
        reply({ ok: false, problem: toProblem(problem) });
      }
    });
    socket.on('unfollow', (request) => {
      const parsed = followRequest.safeParse(request);
      if (parsed.success) void socket.leave(room(parsed.data.id));
    });
  });

  return io;
}

function parseRequest(request: unknown): FollowRequest {
  const parsed = followRequest.safeParse(request);
  if (parsed.success) return parsed.data;
  throw new ProblemError('invalid-request', 'follow takes {id}: a prediction’s id.');
}

const tooMany = () =>
  new ProblemError('invalid-request', `One connection follows at most ${FOLLOWED_MAX} predictions.`);
