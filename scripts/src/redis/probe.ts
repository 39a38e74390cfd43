import { Redis } from 'ioredis';
import { StartError } from '../terminal.ts';

/** The oldest Redis that what we ask of it works on. */
const OLDEST = [6, 2] as const;

const PRIVATE_RETRY_MS = 10;

/** Asks a Redis that must be there for its version. @throws StartError, one line without the password */
export async function requireRedis(url: string, timeoutMs: number): Promise<void> {
  const client = new Redis(url, { lazyConnect: true, connectTimeout: timeoutMs, retryStrategy: () => null });
  let cause: Error | null = null;
  client.on('error', (err: Error) => {
    cause ??= err;
  });
  try {
    await checkVersion(client, within(timeoutMs));
  } catch (err) {
    if (err instanceof StartError) throw err;
    // After a refused connection the command only says that there is none; the event before it said why.
    const reason = reasonOf(cause ?? err);
    throw new StartError(`can't use Redis at ${new URL(url).host} (REDIS_URL): ${reason}`);
  } finally {
    client.disconnect();
  }
}

/**
 * Waits until a Redis that was just started has loaded its data.
 *
 * @param gone rejects when its process has ended, or waited too long
 * @throws StartError when it is too old
 */
export async function waitForRedis(port: number, gone: Promise<never>): Promise<void> {
  const client = new Redis({
    port,
    host: '127.0.0.1',
    maxRetriesPerRequest: null,
    retryStrategy: () => PRIVATE_RETRY_MS,
  });
  // Refused until it listens; `gone` tells when there is nothing to wait for.
  client.on('error', () => {});
  try {
    await checkVersion(client, gone);
  } finally {
    client.disconnect();
  }
}

async function checkVersion(client: Redis, giveUp: Promise<never>): Promise<void> {
  const info = await Promise.race([client.info('server'), giveUp]);
  const version = /^redis_version:(\d+)\.(\d+)/m.exec(info);
  const [major, minor] = [Number(version?.[1]), Number(version?.[2])];
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  throw new StartError(
    `Redis ${version ? `${major}.${minor}` : '?'} is too old: ${OLDEST.join('.')} or later is needed`,
  );
}

function within(timeoutMs: number): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${timeoutMs / 1_000} s`)), timeoutMs).unref();
  });
}

function reasonOf(err: unknown): string {
  if (!(err instanceof Error)) return String(err);
  // Node.js reports a name with several addresses as an AggregateError without a message of its own.
  return err.message || ('code' in err ? String(err.code) : err.name);
}
