import { setTimeout as delay } from 'node:timers/promises';
import { Redis, type RedisOptions } from 'ioredis';
import { backoffMs } from '../backoff.ts';
import type { Logger } from '../log.ts';
import { reasonOf } from '../reason.ts';
import { UserError } from '../user-error.ts';
import { disconnectWhenSilent } from './pulse.ts';
import type { RedisServer } from './server.ts';

/** Without `replyMapping`, whose type is at odds with exactOptionalPropertyTypes. */
type ConnectionRole = Omit<RedisOptions, 'replyMapping'>;

const CONNECT_TIMEOUT_MS = 2_000;
/** How long a connection that must be there at start may take until Redis replies on it. */
const FIRST_REPLY_TIMEOUT_MS = 5_000;
/** How long closing a connection waits for the reply to QUIT. */
const QUIT_TIMEOUT_MS = 1_000;
/** The oldest Redis on which every command that this project sends works. */
const OLDEST_VERSION = '6.2';

/** Reconnects for ever, after 100 ms doubling to 1 s: a restarted Redis is found again within about a second. */
function retryStrategy(attempt: number): number {
  return backoffMs(attempt - 1, { firstMs: 100, longestMs: 1_000 });
}

function connection(
  options: { server: RedisServer; role: string; log: Logger },
  role: ConnectionRole,
): Redis {
  const settings: ConnectionRole = {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    connectionName: `inkqueue-${options.role}`,
    retryStrategy,
    // A former primary, whose place another server took, refuses writes and lets go who waits for events: the next connection finds the
    // new one.
    reconnectOnError: ({ message }) => (/^(READONLY|UNBLOCKED)/.test(message) ? 2 : false),
    ...options.server.options,
    ...role,
  };
  const client = new Redis(options.server.url, settings);
  logStateChanges(client, options);
  return client;
}

/** ioredis reports every failed attempt; an operator needs one line when Redis goes away and one when it is back. */
function logStateChanges(client: Redis, { role, log }: { role: string; log: Logger }): void {
  let away = false;
  client.on('error', (error: Error) => {
    if (!away) log.error({ redis: role, reason: error.message }, 'redis is away');
    away = true;
  });
  client.on('ready', () => {
    if (away) log.info({ redis: role }, 'redis is back');
    away = false;
  });
}

/**
 * For request paths: a command fails at once while Redis is away, and within `silentMs` while Redis hangs: by default half a
 * second.
 */
export function createProducerConnection(options: {
  server: RedisServer;
  role: string;
  log: Logger;
  silentMs?: number;
}): Redis {
  const client = connection(options, { enableOfflineQueue: false, maxRetriesPerRequest: 0 });
  disconnectWhenSilent(client, options.silentMs);
  return client;
}

/** For workers and event readers: a command waits for Redis to come back, for ever. */
export function createConsumerConnection(options: { server: RedisServer; role: string; log: Logger }): Redis {
  return connection(options, { maxRetriesPerRequest: null });
}

/**
 * Opens a connection to a Redis that must be there at start: one that replies, and is not too old.
 *
 * @throws UserError when the first attempt fails, in one line without the password; nothing keeps retrying behind it
 */
export async function connectOrFail(
  client: Redis,
  { name }: Pick<RedisServer, 'name'>,
  timeoutMs = FIRST_REPLY_TIMEOUT_MS,
): Promise<void> {
  // The failed command only reports a closed connection; the error event before it has the cause.
  let cause: Error | null = null;
  client.on('error', (error: Error) => {
    cause ??= error;
  });
  try {
    await Promise.race([client.connect().then(() => requireSupported(client)), noReply(timeoutMs)]);
  } catch (error) {
    client.disconnect();
    throw new UserError(`can't use Redis at ${name} (REDIS_URL): ${reasonOf(cause ?? error)}`);
  }
}

async function requireSupported(client: Redis): Promise<void> {
  if (/^cluster_enabled:1/m.test(await client.info('cluster'))) {
    throw new Error(
      'it runs in cluster mode, which is not supported; use a single primary, with replicas if wanted',
    );
  }
  const version = /^redis_version:([\d.]+)/m.exec(await client.info('server'))?.[1] ?? OLDEST_VERSION;
  if (version.localeCompare(OLDEST_VERSION, 'en', { numeric: true }) < 0) {
    throw new Error(`version ${version} is too old; use ${OLDEST_VERSION} or later`);
  }
}

async function noReply(timeoutMs: number): Promise<never> {
  await delay(timeoutMs, null, { ref: false });
  throw new Error(`no reply within ${timeoutMs / 1_000} s`);
}

/** Closes a connection in any state, also while Redis hangs. */
export async function closeConnection(client: Redis): Promise<void> {
  if (client.status !== 'ready') return client.disconnect();
  const deadline = setTimeout(() => client.disconnect(), QUIT_TIMEOUT_MS);
  await client.quit().catch(() => client.disconnect());
  clearTimeout(deadline);
}

/** Whether a command failed because Redis is away, still loading, or too slow: the same command may succeed later. */
export function isRedisAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    error.name === 'MaxRetriesPerRequestError' ||
    /^(Stream isn't writeable|Connection is closed|Command timed out|LOADING|MASTERDOWN|READONLY|MISCONF|CLUSTERDOWN)/.test(
      error.message,
    ) ||
    ('code' in error &&
      ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'].includes(String(error.code)))
  );
}

/** Whether Redis refused a write because its memory is full (maxmemory under noeviction). */
export function isRedisFull(error: unknown): boolean {
  return error instanceof Error && /(^|\s)OOM command not allowed/.test(error.message);
}
