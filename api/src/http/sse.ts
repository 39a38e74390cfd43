import { Readable } from 'node:stream';
import type { Context } from 'koa';

/** Proxies close a connection that is silent for 60 s nearly everywhere, some after 30 s. */
const HEARTBEAT_MS = 15_000;
/** How long a browser waits before it connects again. */
const RETRY_MS = 2_000;
/** Unsent bytes, beside those of the socket itself, from which on only the latest event is kept. */
const UNSENT_MAX_BYTES = 16_384;
const LAST_EVENT_ID_MAX_LENGTH = 200;

/** One message of a stream: `data` goes as JSON, so that it is one line whatever it holds. */
export interface ServerSentEvent {
  id: string;
  name: string;
  data: unknown;
}

/** An open stream of server-sent events. */
export type EventStream = ReturnType<typeof openEventStream>;

/**
 * Responds with server-sent events (WHATWG HTML, 9.2). The response starts when the route's handler returns, so an error
 * until then is still a problem document. Each event must be a whole snapshot: of those that a slow client has no room
 * for, it gets the latest alone. `closed` is aborted once the client is gone or everything is sent.
 *
 * Our own, since the libraries write to the response themselves, past Koa, and ignore that it is full (better-sse 0.16).
 */
export function openEventStream(
  ctx: Context,
  { heartbeatMs = HEARTBEAT_MS, retryMs = RETRY_MS }: { heartbeatMs?: number; retryMs?: number } = {},
) {
  const closing = new AbortController();
  const closed: AbortSignal = closing.signal;
  let hasRoom = true;
  let ended = false;
  let waiting: string | null = null;

  const body = new Readable({
    highWaterMark: UNSENT_MAX_BYTES,
    read() {
      hasRoom = true;
      sendWaiting();
    },
  });
  const heartbeat = setInterval(() => {
    // A client that doesn't read needs none.
    if (hasRoom) push(':\n\n');
  }, heartbeatMs);
  body.once('close', () => {
    clearInterval(heartbeat);
    waiting = null;
    closing.abort();
  });

  function push(text: string): void {
    if (!ended && !body.destroyed) hasRoom = body.push(text);
  }

  function sendWaiting(): void {
    if (waiting === null) return;
    const text = waiting;
    waiting = null;
    push(text);
  }

  ctx.status = 200;
  ctx.set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    // A proxy that compresses would hold events back.
    'Cache-Control': 'no-store, no-transform',
    // nginx passes each event on as it comes.
    'X-Accel-Buffering': 'no',
  });
  // Koa destroys its body once the response is finished or the client is gone.
  ctx.body = body;
  push(`retry: ${retryMs}\n\n`);

  return {
    closed,
    /** Sends an event, or keeps it until the client has read; then a later one takes its place. */
    send(event: ServerSentEvent): void {
      if (ended || body.destroyed) return;
      waiting = toText(event);
      if (hasRoom) sendWaiting();
    },
    /** Ends the stream behind the latest event. */
    end(): void {
      if (ended || body.destroyed) return;
      sendWaiting();
      ended = true;
      clearInterval(heartbeat);
      body.push(null);
    },
  };
}

/** The id of the last event that a reconnecting client received; null where it sends none, or none of ours. */
export function lastEventId(ctx: Context): string | null {
  const id = ctx.get('Last-Event-ID');
  return id === '' || id.length > LAST_EVENT_ID_MAX_LENGTH ? null : id;
}

function toText({ id, name, data }: ServerSentEvent): string {
  return `id: ${toLine(id)}\nevent: ${toLine(name)}\ndata: ${JSON.stringify(data ?? null)}\n\n`;
}

/** A line break would start another field, and browsers ignore an id with a NUL. */
function toLine(text: string): string {
  return text.replace(/[\r\n\0]/g, '');
}
