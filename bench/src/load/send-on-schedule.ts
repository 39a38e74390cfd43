import { setTimeout as delay } from 'node:timers/promises';
import { percentile } from '../measure/statistics.ts';
import { createConnectionPool } from './connection-pool.ts';

/** What one open-loop step measured. Times in milliseconds. */
export interface OpenLoopResult {
  /** Requests that were due until the end, or until the generator gave up. */
  due: number;
  /** Responses below 400. */
  answered: number;
  /** Responses of 400 and above, broken connections, and what had no response {@link DRAIN_MS} after the last request. */
  failed: number;
  /** Requests without a response when the last request was due. */
  backlog: number;
  /** From the time at which a request was due to its response. */
  p50: number;
  p99: number;
  max: number;
  /** 99th percentile of how late the generator itself was: from due to handed to a connection. */
  lagP99: number;
  /** The generator gave up, since the step could no longer hold. */
  isCutShort: boolean;
}

/** Time for connections to open before the first request is due. */
const LEAD_MS = 50;
const DRAIN_MS = 10_000;
/** A service's processes share the connections out among them: a few would lie unevenly. */
const PREPARED_MAX = 64;

/**
 * Sends each request when it is due, however long the earlier ones take: a stall of the service, or of this generator,
 * counts for every request that was due meanwhile (no coordinated omission).
 *
 * A request is due, waits for a connection where all are busy, is in flight, and ends.
 *
 * @param options.due when each request is due, in milliseconds from the start, in order
 * @param options.limitMs gives up once the 99th percentile cannot stay below this; null never gives up
 */
export async function sendOnSchedule(options: {
  url: URL;
  request: Uint8Array;
  due: Float64Array;
  limitMs: number | null;
}): Promise<OpenLoopResult> {
  const { due, limitMs } = options;
  const pool = createConnectionPool(options.url, options.request);
  pool.prepare(Math.min(PREPARED_MAX, due.length));
  const latencies: number[] = [];
  const lags: number[] = [];
  const lateMax = Math.floor(due.length / 100);
  let [late, refused, sent] = [0, 0, 0];
  const start = performance.now() + LEAD_MS;

  function send(dueAt: number): void {
    lags.push(performance.now() - start - dueAt);
    pool.send((status) => {
      const latency = performance.now() - start - dueAt;
      if (status === null || status >= 400) refused++;
      else latencies.push(latency);
      if (limitMs !== null && latency > limitMs) late++;
    });
  }
  const isLost = () => limitMs !== null && (refused > 0 || late > lateMax);
  const isEnded = () => latencies.length + refused === sent;

  while (sent < due.length && !isLost()) {
    const now = performance.now() - start;
    while (sent < due.length && due[sent]! <= now) send(due[sent++]!);
    if (sent < due.length) await delay(Math.max(1, due[sent]! - now));
  }
  const backlog = sent - latencies.length - refused;
  for (const deadline = performance.now() + DRAIN_MS; !isEnded() && performance.now() < deadline; ) {
    await delay(1);
  }
  pool.close();
  return {
    due: sent,
    answered: latencies.length,
    failed: sent - latencies.length,
    backlog,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    max: percentile(latencies, 1),
    lagP99: percentile(lags, 0.99),
    isCutShort: sent < due.length,
  };
}
