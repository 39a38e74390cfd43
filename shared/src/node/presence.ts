import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { modelManifest } from '../contracts/model.ts';
import type { Logger } from './log.ts';

/** The predictions of a worker. A worker of an earlier version announces none. */
const workloadShape = z.object({
  /** Running now. */
  running: z.int().default(0),
  /** Since the worker's start. */
  finished: z.int().default(0),
});
export type Workload = z.infer<typeof workloadShape>;

/** What a ready worker announces. */
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
 * Announces a worker until `stop` is called. Redis expires the announcement of a worker that died: no two clocks are
 * compared.
 */
export function announceWorker(options: {
  connection: Redis;
  prefix: string;
  presence: Omit<WorkerPresence, keyof Workload>;
  /** Called at each beat. */
  workload: () => Workload;
  log: Logger;
}): { stop: () => Promise<void> } {
  const { connection, prefix, presence, workload, log } = options;
  const key = workerKey(prefix, presence.id);
  const beat = () => {
    // While Redis is away beats would queue up here; the first beat afterwards replaces them all.
    if (connection.status !== 'ready') return;
    const text = JSON.stringify({ ...presence, ...workload() } satisfies WorkerPresence);
    Promise.all([
      connection.set(key, text, 'PX', TTL_MS),
      connection.sadd(indexKey(prefix), presence.id),
    ]).catch((error: unknown) => log.warn({ err: error }, 'could not announce this worker'));
  };
  beat();
  const timer = setInterval(beat, BEAT_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      // While Redis is away, or hangs, the announcement expires.
      if (connection.status !== 'ready') return;
      // No transaction: a Redis that is full refuses even these inside one.
      const gone = Promise.all([connection.del(key), connection.srem(indexKey(prefix), presence.id)]);
      await Promise.race([gone, delay(STOP_TIMEOUT_MS, null, { ref: false })]);
    },
  };
}

/** The workers that are ready now, oldest first. Drops the ids of workers that died from the index. */
export async function listWorkers(options: {
  connection: Redis;
  prefix: string;
  log?: Logger;
}): Promise<WorkerPresence[]> {
  const { connection, prefix, log } = options;
  const ids = await connection.smembers(indexKey(prefix));
  if (ids.length === 0) return [];
  const texts = await connection.mget(ids.map((id) => workerKey(prefix, id)));
  const dead = ids.filter((_, i) => texts[i] === null);
  if (dead.length > 0) await connection.srem(indexKey(prefix), dead);
  return texts
    .filter((text) => text !== null)
    .flatMap((text) => parsePresence(text, log))
    .sort((a, b) => a.started_at.localeCompare(b.started_at));
}

/** Announcements that were reported as unreadable. */
const reported = new Set<string>();
const REPORTED_MAX = 1_000;

/** One announcement; none where it is not readable, as one of a later version may be. Each is logged once. */
function parsePresence(text: string, log: Logger | undefined): WorkerPresence[] {
  try {
    return [workerPresence.parse(JSON.parse(text))];
  } catch (error) {
    if (!reported.has(text) && reported.size < REPORTED_MAX) {
      reported.add(text);
      log?.warn({ err: error }, 'skipped a worker whose announcement is not readable');
    }
    return [];
  }
}
