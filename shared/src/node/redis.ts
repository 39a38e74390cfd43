import { setTimeout as delay } from 'node:timers/promises';
import { Redis, type RedisOptions } from 'ioredis';
import type { Logger } from './log.ts';

/** Redis could not be reached at start. The message is one line for the operator and holds no password. */
export class RedisUnreachableError extends Error {
  override readonly name = 'RedisUnreachableError';
}

/** Without `replyMapping`, whose type is at odds with exactOptionalPropertyTypes. */
type ConnectionRole = Omit<RedisOptions, 'replyMapping'>;

/** How long a request path waits for one Redis command before it answers 503. */
const COMMAND_TIMEOUT_MS = 500;
/**
 * How long Redis may leave a connection without any answer before it is given up. What was written to it is dropped with
 * it: pictures for a Redis that hangs must not pile up in this process.
 */
const SILENCE_TIMEOUT_MS = 1_000;
const CONNECT_TIMEOUT_MS = 2_000;
/** A Redis that answers none of so many looks in a row is away, as far as closing goes. */
const SILENT_LOOKS = 6;
const LOOK_EVERY_MS = 250;
/** How long a connection that is being closed waits for Redis to say goodbye. */
const QUIT_TIMEOUT_MS = 1_000;

/** Reconnects for ever, after 50 ms doubling to 1 s: a restarted Redis is found again within about a second. */
function retryStrategy(attempt: number): number {
  return Math.min(50 * 2 ** Math.min(attempt, 5), 1_000);
}

function connection(options: { url: string; role: string; log: Logger }, role: ConnectionRole): Redis {
  const settings: ConnectionRole = {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    connectionName: `inkqueue-${options.role}`,
    retryStrategy,
    ...role,
  };
  const client = new Redis(options.url, settings);
  logStateChanges(client, options);
  return client;
}

/** ioredis reports every failed attempt; an operator needs one line when Redis goes and one when it is back. */
function logStateChanges(client: Redis, { role, log }: { role: string; log: Logger }): void {
  let away = false;
  client.on('error', (err: Error) => {
    if (!away) log.error({ redis: role, reason: err.message }, 'redis is away');
    away = true;
  });
  client.on('ready', () => {
    if (away) log.info({ redis: role }, 'redis is back');
    away = false;
  });
}

/** For request paths: a command fails within {@link COMMAND_TIMEOUT_MS}, at once while Redis is away. */
export function createProducerConnection(options: { url: string; role: string; log: Logger }): Redis {
  return connection(options, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
  });
}

/** For workers and event readers: a command waits for Redis to come back, for ever. */
export function createConsumerConnection(options: { url: string; role: string; log: Logger }): Redis {
  return connection(options, { maxRetriesPerRequest: null });
}

/**
 * Opens a connection that must be there at start.
 *
 * @throws RedisUnreachableError when the first attempt fails; nothing keeps retrying behind it.
 */
export async function connectOrFail(client: Redis, url: string): Promise<void> {
  const where = new URL(url);
  try {
    await client.connect();
    await client.ping();
  } catch (err) {
    client.disconnect();
    const reason = err instanceof Error ? err.message : String(err);
    throw new RedisUnreachableError(`can't reach Redis at ${where.host}: ${reason}`);
  }
}

/** Closes a connection whatever its state, also while Redis hangs. */
export async function closeConnection(client: Redis): Promise<void> {
  if (client.status !== 'ready') return client.disconnect();
  const deadline = setTimeout(() => client.disconnect(), QUIT_TIMEOUT_MS);
  await client.quit().catch(() => client.disconnect());
  clearTimeout(deadline);
}

/**
 * Waits for `task`, which needs Redis, for as long as Redis answers. BullMQ's own closing waits for ever for one that is
 * away or hangs.
 */
export async function whileRedisAnswers(client: Redis, task: Promise<unknown>): Promise<void> {
  const done = new AbortController();
  await Promise.race([task, untilSilent(client, done.signal)]).finally(() => done.abort());
}

/** Counts unanswered looks, not time: a process that was busy itself has heard nothing either. */
async function untilSilent(client: Redis, signal: AbortSignal): Promise<void> {
  let unanswered = 0;
  const heard = () => {
    unanswered = 0;
  };
  while (!signal.aborted && unanswered < SILENT_LOOKS) {
    unanswered++;
    // A connection that isn't ready would keep its commands until it is.
    if (client.status === 'ready') client.ping().then(heard, () => {});
    await delay(LOOK_EVERY_MS);
  }
}

/** Whether a command failed because Redis is away, still loading, or too slow: the same command may pass later. */
export function isRedisAway(err: unknown): boolean {
  if (!(err instanceof Error)) return false;
  return (
    err.name === 'MaxRetriesPerRequestError' ||
    /^(Stream isn't writeable|Connection is closed|Command timed out|LOADING|MASTERDOWN|READONLY|MISCONF|CLUSTERDOWN)/.test(
      err.message,
    ) ||
    ('code' in err &&
      ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'].includes(String(err.code)))
  );
}

/** Whether a write was refused because Redis holds as much as it may (maxmemory under noeviction). */
export function isRedisFull(err: unknown): boolean {
  return err instanceof Error && /(^|\s)OOM command not allowed/.test(err.message);
}
