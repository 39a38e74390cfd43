import { randomBytes } from 'node:crypto';
import type { Logger } from '@inkqueue/shared/node/log';
import { isRedisAway } from '@inkqueue/shared/node/redis';
import type { Redis } from 'ioredis';
import type { Ids } from './ids.ts';

const CHECK_EVERY_MS = 1_000;
const SECRET_BYTES = 32;

/** The secret behind the ids. The api replica that starts first makes it; all replicas share it through Redis. */
export async function loadIdSecret(options: { connection: Redis; prefix: string }): Promise<Buffer> {
  const { connection, prefix } = options;
  const key = secretKey(prefix);
  await connection.set(key, randomBytes(SECRET_BYTES), 'NX');
  const secret = await connection.getBuffer(key);
  if (!secret) throw new Error(`${key} vanished from Redis while the api started`);
  return secret;
}

/**
 * Puts the secret back into a Redis that lost its data (FLUSHALL, a failover to an empty replica), so that ids of this api
 * stay valid at the others, and takes over the secret of a replica that was first.
 *
 * @returns stops it
 */
export function keepIdSecret(options: {
  connection: Redis;
  prefix: string;
  ids: Pick<Ids, 'adopt'>;
  secret: Buffer;
  log: Logger;
}): () => void {
  const { connection, prefix, ids, log } = options;
  const key = secretKey(prefix);
  let { secret } = options;

  async function check(): Promise<void> {
    if (connection.status !== 'ready') return;
    try {
      const stored = await connection.getBuffer(key);
      if (stored?.equals(secret)) return;
      if (!stored) {
        const isFirst = await connection.set(key, secret, 'NX');
        if (isFirst) log.error('Redis lost its data: what was queued is gone');
        return;
      }
      secret = stored;
      ids.adopt(stored);
    } catch (error) {
      if (!isRedisAway(error)) log.warn({ err: error }, 'could not check the secret of the ids');
    }
  }

  const timer = setInterval(check, CHECK_EVERY_MS);
  return () => clearInterval(timer);
}

const secretKey = (prefix: string) => `${prefix}:id-secret`;
