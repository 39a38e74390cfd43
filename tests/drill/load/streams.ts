import { followEvents } from '../../integration/events.ts';
import { type Client, wordsFor } from './client.ts';

const FOLLOW_MS = 150_000;
/** A stream that has not ended by then is opened again. */
const STREAM_MS = 20_000;

/**
 * Follows server-sent events to the last one, over as many streams as that takes, each from where the one before ended.
 *
 * @param options.isLast takes each snapshot, and says whether it is the last
 * @returns whether the last one came, the thing was gone, or neither within a long time
 */
export async function readStream(options: {
  client: Client;
  path: string;
  isLast: (data: unknown) => boolean;
}): Promise<'ended' | 'gone' | 'late'> {
  const { client, path, isLast } = options;
  const deadline = performance.now() + FOLLOW_MS;
  let last = '';
  while (performance.now() < deadline) {
    try {
      const headers = last ? { 'last-event-id': last } : {};
      const stream = await followEvents(client.anyUrl() + path, { headers });
      const { status } = stream.response;
      if (status === 200) {
        const timer = setTimeout(stream.leave, STREAM_MS);
        await stream.ended
          .catch((error: unknown) => client.meet(wordsFor(error)))
          .finally(() => clearTimeout(timer));
      } else {
        stream.leave();
        if (status === 410) return 'gone';
        client.meet(`${status} on a stream`);
      }
      last = stream.events.at(-1)?.id ?? last;
      if (stream.events.some(({ data }) => isLast(data))) return 'ended';
    } catch (error) {
      client.meet(wordsFor(error));
    }
    await client.pause();
  }
  return 'late';
}
