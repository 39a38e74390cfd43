import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { modelManifest } from '../contracts/model.ts';
import type { Logger } from './log.ts';

/** The pictures of a worker. One that is still of an earlier version tells of none. */
const workloadShape = z.object({
  /** In hand. */
  running: z.int().default(0),
  /** Since it started. */
  finished: z.int().default(0),
});
export type Workload = z.infer<typeof workloadShape>;

/** What a ready worker tells of itself. */
const workerPresence = z.object({
  id: z.string(),
  host: z.string(),
  pid: z.int(),
  started_at: z.iso.datetime(),
  model: modelManifest,
  ...workloadShape.shape,
});
export type WorkerPresence = z.infer<typeof workerPresence>;

const BEAT_MS = 1_000;
const TTL_MS = 4_000;
const STOP_TIMEOUT_MS = 1_000;

const indexKey = (prefix: string) => `${prefix}:workers`;
const workerKey = (prefix: string, id: string) => `${prefix}:worker:${id}`;

/**
 * Announces a worker until `stop` is called. Redis expires the announcement of one that died: no clock of another
 * machine is compared.
 */
export function announceWorker(options: {
  connection: Redis;
  prefix: string;
  presence: Omit<WorkerPresence, keyof Workload>;
  /** Asked at each beat. */
  workload: () => Workload;
  log: Logger;
}): { stop: () => Promise<void> } {
  const { connection, prefix, presence, workload, log } = options;
  const key = workerKey(prefix, presence.id);
  const beat = () => {
    // While Redis is away beats would queue up here; the first one after it says all that they would.
    if (connection.status !== 'ready') return;
    const text = JSON.stringify({ ...presence, ...workload() } satisfies WorkerPresence);
    connection
      .multi()
      .set(key, text, 'PX', TTL_MS)
      .sadd(indexKey(prefix), presence.id)
      .exec()
      .catch((err: unknown) => log.warn({ err }, 'could not announce this worker'));
  };
  beat();
  const timer = setInterval(beat, BEAT_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      // Where Redis is away, or hangs, the announcement runs out by itself.
      if (connection.status !== 'ready') return;
      const gone = connection.multi().del(key).srem(indexKey(prefix), presence.id).exec();
      await Promise.race([gone, delay(STOP_TIMEOUT_MS, null, { ref: false })]);
    },
  };
}

/** The workers that are ready now, oldest first. Ids of workers that died are dropped from the index on the way. */
export async function listWorkers(options: { connection: Redis; prefix: string }): Promise<WorkerPresence[]> {
  const { connection, prefix } = options;
  const ids = await connection.smembers(indexKey(prefix));
  if (ids.length === 0) return [];
  const texts = await connection.mget(ids.map((id) => workerKey(prefix, id)));
  const dead = ids.filter((_, i) => texts[i] === null);
  if (dead.length > 0) await connection.srem(indexKey(prefix), dead);
  return texts
    .filter((text) => text !== null)
    .map((text) => workerPresence.parse(JSON.parse(text)))
    .sort((a, b) => a.started_at.localeCompare(b.started_at));
}
