import { setTimeout as delay } from 'node:timers/promises';
import { Redis, type RedisOptions } from 'ioredis';
import { backoffMs } from './backoff.ts';
import type { Logger } from './log.ts';
import { watchPulse } from './redis-pulse.ts';
import { UserError } from './user-error.ts';

/** Without `replyMapping`, whose type is at odds with exactOptionalPropertyTypes. */
type ConnectionRole = Omit<RedisOptions, 'replyMapping'>;

const CONNECT_TIMEOUT_MS = 2_000;
/** How long a connection that must be there at start may take until Redis answers on it. */
const FIRST_ANSWER_TIMEOUT_MS = 5_000;
/** How long a connection that is being closed waits for Redis to say goodbye. */
const QUIT_TIMEOUT_MS = 1_000;

/** Reconnects for ever, after 100 ms doubling to 1 s: a restarted Redis is found again within about a second. */
function retryStrategy(attempt: number): number {
  return backoffMs(attempt - 1, { firstMs: 100, longestMs: 1_000 });
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

/** For request paths: a command fails at once while Redis is away, and within about half a second when it hangs. */
export function createProducerConnection(options: { url: string; role: string; log: Logger }): Redis {
  const client = connection(options, { enableOfflineQueue: false, maxRetriesPerRequest: 0 });
  watchPulse(client);
  return client;
}

/** For workers and event readers: a command waits for Redis to come back, for ever. */
export function createConsumerConnection(options: { url: string; role: string; log: Logger }): Redis {
  return connection(options, { maxRetriesPerRequest: null });
}

/**
 * Opens a connection that must be there at start.
 *
 * @throws UserError when the first attempt fails, in one line without the password; nothing keeps retrying behind it.
 */
export async function connectOrFail(client: Redis, url: string): Promise<void> {
  const where = new URL(url);
  // The command only says that the connection is closed; the event before it says why.
  let cause: Error | null = null;
  client.once('error', (err: Error) => {
    cause = err;
  });
  try {
    await Promise.race([client.connect().then(() => client.ping()), noAnswer()]);
  } catch (err) {
    client.disconnect();
    const told: unknown = cause ?? err;
    const reason = told instanceof Error ? told.message : String(told);
    throw new UserError(`can't reach Redis at ${where.host}: ${reason}`);
  }
}

async function noAnswer(): Promise<never> {
  await delay(FIRST_ANSWER_TIMEOUT_MS, null, { ref: false });
  throw new Error(`no answer within ${FIRST_ANSWER_TIMEOUT_MS / 1_000} s`);
}

/** Closes a connection whatever its state, also while Redis hangs. */
export async function closeConnection(client: Redis): Promise<void> {
  if (client.status !== 'ready') return client.disconnect();
  const deadline = setTimeout(() => client.disconnect(), QUIT_TIMEOUT_MS);
  await client.quit().catch(() => client.disconnect());
  clearTimeout(deadline);
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
