import type { BatchCounts, BatchProgress } from '@inkqueue/shared/contracts/batch';
import type { Snapshot } from '@inkqueue/shared/contracts/live';
import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import type { Context } from 'koa';
import { type EventStream, lastEventId, openEventStream } from '../http/sse.ts';
import type { TopicSource, TopicSources } from './topics.ts';

/** What can be followed as server-sent events. */
type Followed = 'prediction' | 'batch';

const COUNTS = [
  'queued',
  'running',
  'succeeded',
  'failed',
  'canceled',
  'expired',
] as const satisfies readonly (keyof BatchCounts)[];

/**
 * An event's id says which snapshot it carries. A client that comes back with the id of what is still so has missed nothing;
 * any other gets the snapshot of now, which holds whatever it missed.
 */
const eventIds: { [T in Followed]: (snapshot: Snapshot<T>) => string } = {
  prediction: ({ status }: Prediction) => status,
  batch: ({ counts }: BatchProgress) => COUNTS.map((name) => counts[name]).join('-'),
};

export type EventStreams = ReturnType<typeof createEventStreams>;

/** Predictions and batches as server-sent events, from the same sources as the sockets. */
export function createEventStreams(options: { sources: Pick<TopicSources, Followed> }) {
  const { sources } = options;
  const open = new Set<EventStream>();

  return {
    /**
     * Responds with the snapshots of one thing until the last one. 204 where the client has the last one already: browsers do
     * not come again then.
     *
     * @param signal ends the stream: the client is gone, or the process stops
     * @throws ProblemError as the topic's source does; nothing is sent then
     */
    async follow(ctx: Context, topic: Followed, id: string, signal: AbortSignal): Promise<void> {
      // The compiler does not see that topic and snapshot belong together.
      const { open: openSource, isLast } = sources[topic] as TopicSource<Snapshot<Followed>>;
      const eventId = eventIds[topic] as (snapshot: Snapshot<Followed>) => string;
      let stream: EventStream | null = null;
      const source = await openSource(id, (snapshot) => send(snapshot));
      const now = source.now();
      // A client that submits has no event of what it submits.
      const last = ctx.method === 'GET' ? lastEventId(ctx) : null;
      if (last === eventId(now) && isLast(now)) {
        source.close();
        ctx.status = 204;
        return;
      }

      function send(snapshot: Snapshot<Followed>): void {
        stream?.send({ id: eventId(snapshot), name: topic, data: snapshot });
        if (isLast(snapshot)) stream?.end();
      }

      const opened = openEventStream(ctx);
      stream = opened;
      open.add(opened);
      opened.closed.addEventListener('abort', () => {
        open.delete(opened);
        source.close();
      });
      signal.addEventListener('abort', opened.end);
      if (signal.aborted) opened.end();
      else if (last !== eventId(now)) send(now);
    },
    /** Ends all streams, so that their clients come again: what they follow is gone. */
    endAll(): void {
      for (const stream of open) stream.end();
    },
  };
}
