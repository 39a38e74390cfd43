import { type Activity, activity } from '@inkqueue/shared/contracts/activity';
import type { ActivityEvent } from '../state/activity.ts';
import { delay } from './delay.ts';
import type { JsonRequest } from './request.ts';
import { RequestFailure } from './request-failure.ts';
import type { LiveSocket } from './socket.ts';

/** What the watch needs of the page's socket, which others share. */
type ActivitySocket = Pick<LiveSocket, 'watchActivity' | 'unwatchActivity'>;

const POLL_MS = 2000;

export interface ActivityWatch {
  /** Whether somebody looks: watching goes on only while the panel is open. */
  setOpen: (open: boolean) => void;
  /** Whether the page itself can be seen: a hidden tab watches nothing. */
  setVisible: (visible: boolean) => void;
  /** The socket that stands; null while there is none. */
  setSocket: (socket: ActivitySocket | null) => void;
  /** What the socket tells. */
  told: (now: Activity) => void;
}

/** Watches what goes on by socket while there is one, and asks every two seconds while there is none. */
export function createActivityWatch(options: {
  request: JsonRequest;
  emit: (event: ActivityEvent) => void;
}): ActivityWatch {
  const { request, emit } = options;
  let open = false;
  let visible = true;
  let socket: ActivitySocket | null = null;
  let watching: AbortController | null = null;

  function restart(): void {
    watching?.abort();
    watching = null;
    if (!open || !visible) return;
    watching = new AbortController();
    void (socket ? watch(socket, watching.signal) : poll(watching.signal));
  }

  async function watch(live: ActivitySocket, signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', live.unwatchActivity);
    try {
      const reply = await live.watchActivity();
      if (signal.aborted) return;
      if (reply.ok) return emit({ type: 'told', now: reply.activity });
    } catch {
      // No answer in time, or not one that we understand: REST says the same.
    }
    if (!signal.aborted) void poll(signal);
  }

  async function poll(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        emit({ type: 'told', now: await request('/activity', { signal }, activity) });
      } catch (failure) {
        if (signal.aborted) return;
        if (!(failure instanceof RequestFailure)) throw failure;
        emit({ type: 'failed', code: failure.code });
      }
      await delay(POLL_MS, signal);
    }
  }

  return {
    setOpen(next) {
      open = next;
      emit({ type: open ? 'opened' : 'closed' });
      restart();
    },
    setVisible(next) {
      visible = next;
      restart();
    },
    setSocket(next) {
      if (next === socket) return;
      socket = next;
      restart();
    },
    told(now) {
      if (watching) emit({ type: 'told', now });
    },
  };
}
