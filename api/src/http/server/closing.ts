import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Draining } from './draining.ts';
import type { RequestSignals } from './request-signals.ts';

const IDLE_CHECK_MS = 50;

/**
 * Closes the server after the responses that are due. Those who wait are answered at once. A connection that is kept alive
 * would hold the server open after its last response, and a half-sent upload for as long as the client takes: the first
 * is closed when it is idle, the second after `timeoutMs`.
 *
 * @param options.drainMs how long the server is not ready and serves on before it closes
 * @param options.close stops accepting connections and resolves when the last one is closed
 */
export async function closeServer(options: {
  server: Server;
  signals: RequestSignals;
  close: () => Promise<void>;
  timeoutMs: number;
  draining: Draining;
  drainMs: number;
}): Promise<void> {
  const { server, signals, close, timeoutMs, draining, drainMs } = options;
  draining.begin();
  await delay(drainMs);
  const closed = close();
  signals.abortAll();
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const unfinished = setTimeout(() => server.closeAllConnections(), timeoutMs);
  await closed;
  clearInterval(idle);
  clearTimeout(unfinished);
  await draining.idle({ timeoutMs });
}
