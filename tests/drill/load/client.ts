import { setTimeout as delay } from 'node:timers/promises';
import { problem } from '@inkqueue/shared/contracts/problems';
import type { Random } from '../random.ts';

/** A client gives a request up after this long, whatever it gets. */
const GIVE_UP_MS = 120_000;
const REQUEST_TIMEOUT_MS = 45_000;
const PAUSE_MS = { least: 100, most: 600 };

/** What a request came to in the end. */
export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** Whether an earlier attempt got no response, or one of a service in trouble: it may have been done all the same. */
  isRepeat: boolean;
}

export type Client = ReturnType<typeof createClient>;

/** Sends requests as a good client does: again after a broken connection, and when the service says so, to any api. */
export function createClient(options: { urls: readonly string[]; random: Random }) {
  const { urls, random } = options;
  /** What clients met on the way: `503 queue-full`, `connection broken`. */
  const met = new Map<string, number>();
  const meet = (what: string) => void met.set(what, (met.get(what) ?? 0) + 1);
  const anyUrl = () => random.pick(urls);
  const pause = () => delay(random.between(PAUSE_MS.least, PAUSE_MS.most));

  return {
    met,
    meet,
    anyUrl,
    pause,
    random,
    /**
     * @param init makes the request anew for each attempt
     * @returns the first response that is not a passing one; null when there was none in time
     */
    async send(path: string, init: () => RequestInit = () => ({})): Promise<Reply | null> {
      const deadline = performance.now() + GIVE_UP_MS;
      let isRepeat = false;
      while (performance.now() < deadline) {
        try {
          const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
          const response = await fetch(anyUrl() + path, { signal, ...init() });
          const { status, headers } = response;
          const text = await response.text();
          if (status < 400) return { status, headers, text, isRepeat };
          const refusal = problem.parse(JSON.parse(text));
          meet(`${status} ${refusal.code}`);
          if (!isPassing(refusal)) return { status, headers, text, isRepeat };
          isRepeat = true;
          await delay(Math.min(2_000, 1_000 * Number(headers.get('retry-after') ?? 0.5)));
        } catch (error) {
          meet(wordsFor(error));
          isRepeat = true;
        }
        await pause();
      }
      meet('given up');
      return null;
    },
  };
}

/** Whether the same request may succeed soon. What names a prediction is that prediction's end. */
function isPassing({
  status,
  code,
  prediction_id,
}: {
  status: number;
  code: string;
  prediction_id?: string | undefined;
}) {
  if (prediction_id && code !== 'redis-unavailable' && code !== 'busy') return false;
  return (
    status === 503 || status === 429 || status === 500 || status === 408 || code === 'idempotency-in-progress'
  );
}

/** @throws the error, when it is not one of the connection */
export function wordsFor(error: unknown): string {
  if (error instanceof DOMException)
    return error.name === 'TimeoutError' ? 'no response in time' : 'a stream that brought no end in time';
  if (error instanceof TypeError) return 'connection broken';
  throw error;
}
