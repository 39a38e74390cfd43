import { randomBytes } from 'node:crypto';
import type { Logger } from '@inkqueue/shared/node/log';
import { isRedisAway } from '@inkqueue/shared/node/redis/connections';
import type { Redis } from 'ioredis';
import type { Ids } from './ids.ts';

const CHECK_EVERY_MS = 1_000;
const SECRET_BYTES = 32;
const EPOCH_BYTES = 16;

/** What the ids of an installation rest on. All replicas of the api share it through Redis, under one key. */
export interface IdSecret {
  secret: Buffer;
  /** Another one each time Redis lost its data. */
  epoch: Buffer;
}

/** Whether an api has made the secret. */
export const hasIdSecret = async (options: { connection: Redis; prefix: string }): Promise<boolean> =>
  (await options.connection.exists(secretKey(options.prefix))) === 1;

/** The secret behind the ids. The api replica that starts first makes it. */
export async function loadIdSecret(options: { connection: Redis; prefix: string }): Promise<IdSecret> {
  const { connection, prefix } = options;
  const key = secretKey(prefix);
  await connection.set(key, randomBytes(SECRET_BYTES + EPOCH_BYTES), 'NX');
  const value = await connection.getBuffer(key);
  if (!value) throw new Error(`${key} vanished from Redis while the api started`);
  return fromValue(value);
}

/**
 * Puts the secret back into a Redis that lost its data (FLUSHALL, a failover to an empty replica), so that ids of this api
 * stay valid at the others, and takes over the secret of a replica that was first.
 *
 * @param options.onDataLost called once for each time that Redis lost its data, at every replica
 * @returns stops it
 */
export function keepIdSecret(options: {
  connection: Redis;
  prefix: string;
  ids: Pick<Ids, 'adopt'>;
  idSecret: IdSecret;
  onDataLost: () => Promise<void>;
  log: Logger;
}): () => void {
  const { connection, prefix, ids, onDataLost, log } = options;
  const key = secretKey(prefix);
  let { secret, epoch } = options.idSecret;

  async function check(): Promise<void> {
    if (connection.status !== 'ready') return;
    try {
      if (!(await connection.exists(key))) {
        await connection.set(key, Buffer.concat([secret, randomBytes(EPOCH_BYTES)]), 'NX');
      }
      const value = await connection.getBuffer(key);
      if (!value) return;
      const stored = fromValue(value);
      if (stored.epoch.equals(epoch)) return;
      epoch = stored.epoch;
      if (!stored.secret.equals(secret)) {
        secret = stored.secret;
        ids.adopt(secret);
      }
      log.error('Redis lost its data: what was queued is gone');
      await onDataLost();
    } catch (error) {
      if (!isRedisAway(error)) log.warn({ err: error }, 'could not check the secret of the ids');
    }
  }

  const timer = setInterval(check, CHECK_EVERY_MS);
  return () => clearInterval(timer);
}

const fromValue = (value: Buffer): IdSecret => ({
  secret: value.subarray(0, SECRET_BYTES),
  epoch: value.subarray(SECRET_BYTES),
});

const secretKey = (prefix: string) => `${prefix}:id-secret`;
