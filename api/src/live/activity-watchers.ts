import type { Activity } from '@inkqueue/shared/contracts/activity';
import type { WatchActivityReply } from '@inkqueue/shared/contracts/events';
import type { Problem } from '@inkqueue/shared/contracts/problems';
import type { CurrentActivity } from '../activity/activity.ts';
import type { LiveServer, LiveSocket } from './sockets.ts';

const ROOM = 'activity';
const TICK_MS = 1_000;

/**
 * Sockets that watch what goes on: each is answered with it as it is now, and sent it once a second from then on. All share
 * one look a second; while nobody watches there is none.
 *
 * @returns takes a new connection in
 */
export function createActivityWatchers(options: {
  io: LiveServer;
  activity: CurrentActivity;
  /** What a client is told of an error; logs what is not named. */
  told: (err: unknown) => Problem;
}): (socket: LiveSocket) => void {
  const { io, activity, told } = options;
  const rooms = io.of('/').adapter;
  let timer: NodeJS.Timeout | null = null;

  async function tick(): Promise<void> {
    try {
      const now: Activity = await activity.look();
      // What a slow connection can't take is dropped: a second later it would be old.
      io.local.volatile.to(ROOM).emit('activity', now);
    } catch (err) {
      told(err);
    }
  }

  rooms.on('create-room', (name: string) => {
    if (name === ROOM) timer ??= setInterval(tick, TICK_MS);
  });
  rooms.on('delete-room', (name: string) => {
    if (name !== ROOM || !timer) return;
    clearInterval(timer);
    timer = null;
  });

  return (socket) => {
    let wanted = false;
    socket.on('watch-activity', async (reply: (answer: WatchActivityReply) => void) => {
      if (typeof reply !== 'function') return;
      wanted = true;
      try {
        reply({ ok: true, activity: await activity.now() });
        // It may have changed its mind, or gone, while it was answered.
        if (wanted && socket.connected) void socket.join(ROOM);
      } catch (err) {
        reply({ ok: false, problem: told(err) });
      }
    });
    socket.on('unwatch-activity', () => {
      wanted = false;
      void socket.leave(ROOM);
    });
  };
}
