import type { Server as HttpServer } from 'node:http';
import { type FollowRequest, followRequest } from '@inkqueue/shared/contracts/events';
import { isFinal } from '@inkqueue/shared/contracts/prediction';
import type { Problem } from '@inkqueue/shared/contracts/problems';
import type { Logger } from '@inkqueue/shared/node/log';
import { Server } from 'socket.io';
import type { CurrentActivity } from '../activity/activity.ts';
import type { Batches } from '../batches/batches.ts';
import { createBatchFollower } from '../batches/progress.ts';
import { ProblemError, toProblem, toProblemError } from '../errors.ts';
import type { Predictions } from '../predictions/predictions.ts';
import type { Completions } from '../queue/completions.ts';
import { createFollowed } from '../queue/followed.ts';
import type { Ids } from '../queue/ids.ts';
import { createActivityWatchers } from './activity-watchers.ts';
import type { LiveServer } from './sockets.ts';

/** Most predictions that one socket may follow at once. */
const FOLLOWED_MAX = 2_000;

const ROOM_PREFIX = 'prediction:';
const room = (id: string) => ROOM_PREFIX + id;
const BATCH_ROOM_PREFIX = 'batch:';
const batchRoom = (id: string) => BATCH_ROOM_PREFIX + id;

/**
 * Sockets that follow predictions: a follower is answered with a snapshot and then sent every later change.
 *
 * The answer and the joining of the room happen in one turn, so no change comes between the two, and none reaches a
 * follower before its snapshot. Every api replica reads the whole event stream and emits to its own sockets only.
 */
export function createLive(options: {
  server: HttpServer;
  ids: Ids;
  predictions: Pick<Predictions, 'find'>;
  batches: Pick<Batches, 'jobs'>;
  completions: Pick<Completions, 'onChange'>;
  activity: CurrentActivity;
  log: Logger;
}): LiveServer {
  const { server, ids, predictions, batches, completions, activity, log } = options;
  const io: LiveServer = new Server(server, { serveClient: false, maxHttpBufferSize: 10_000 });
  const followed = createFollowed({
    ids,
    predictions,
    completions,
    onUpdate(prediction) {
      io.local.to(room(prediction.id)).emit('prediction', prediction);
      // Nothing comes after the end: the room goes with it, and counts no longer against what a socket may follow.
      if (isFinal(prediction.status)) io.local.socketsLeave(room(prediction.id));
    },
  });

  const batchFollower = createBatchFollower({
    batches,
    completions,
    onUpdate(progress) {
      io.local.to(batchRoom(progress.id)).emit('batch', progress);
      if (progress.finished) io.local.socketsLeave(batchRoom(progress.id));
    },
  });

  function told(err: unknown): Problem {
    const problem = toProblemError(err);
    if (problem.code === 'internal') log.error({ err }, 'a socket could not be told');
    return toProblem(problem);
  }

  const takeWatcher = createActivityWatchers({ io, activity, told });

  function forget(id: string): void {
    if (!io.of('/').adapter.rooms.has(room(id))) followed.forget(id);
  }

  function forgetBatch(id: string): void {
    if (!io.of('/').adapter.rooms.has(batchRoom(id))) batchFollower.forget(id);
  }

  io.of('/').adapter.on('delete-room', (name: string) => {
    if (name.startsWith(ROOM_PREFIX)) followed.forget(name.slice(ROOM_PREFIX.length));
    if (name.startsWith(BATCH_ROOM_PREFIX)) batchFollower.forget(name.slice(BATCH_ROOM_PREFIX.length));
  });

  io.on('connection', (socket) => {
    takeWatcher(socket);
    socket.on('follow', async (request, reply) => {
      if (typeof reply !== 'function') return;
      try {
        const { id } = parseRequest(request);
        if (socket.rooms.size > FOLLOWED_MAX) throw tooMany();
        const entry = followed.follow(id);
        await entry.ready;
        // From here to the join in one turn: a change can't come in between.
        const prediction = entry.now!;
        reply({ ok: true, prediction });
        if (isFinal(prediction.status) || !socket.connected) return forget(id);
        // Another that asked in the same turn and is gone by now may have let go of it.
        followed.keep(id, entry);
        void socket.join(room(id));
      } catch (err) {
        reply({ ok: false, problem: told(err) });
      }
    });
    socket.on('follow-batch', async (request, reply) => {
      if (typeof reply !== 'function') return;
      try {
        const { id } = parseRequest(request);
        if (socket.rooms.size > FOLLOWED_MAX) throw tooMany();
        const batch = await batchFollower.follow(id);
        reply({ ok: true, batch });
        if (batch.finished) return;
        if (socket.connected) void socket.join(batchRoom(id));
        // Those who asked at the same time join in this turn.
        else setImmediate(forgetBatch, id);
      } catch (err) {
        reply({ ok: false, problem: told(err) });
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
