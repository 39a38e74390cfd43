import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { modelManifest } from '../contracts/model.ts';
import { type ModelCard, modelCard } from '../contracts/model-card.ts';
import type { Logger } from './log.ts';

/** What a worker holds and does. A worker of an earlier version does not announce all of it. */
const workloadShape = z.object({
  /** Predictions that run now. */
  running: z.int().default(0),
  /** Predictions since the worker's start. */
  finished: z.int().default(0),
  /** Predictions a second in the last ten seconds. */
  per_second: z.number().optional(),
  /** Jobs that run now, and when the oldest of them began. */
  jobs: z.int().optional(),
  busy_since: z.iso.datetime().nullish(),
});
export type Workload = z.infer<typeof workloadShape>;

/** What each beat says besides. */
const beatShape = z.object({
  beat_at: z.iso.datetime().optional(),
  /** Of the process's memory, without that of the processes that read heavy images. */
  memory_bytes: z.int().optional(),
});

/** What a ready worker announces. */
const workerPresence = z.object({
  id: z.string(),
  host: z.string(),
  pid: z.int(),
  started_at: z.iso.datetime(),
  model: modelManifest,
  ...workloadShape.shape,
  ...beatShape.shape,
});
export type WorkerPresence = z.infer<typeof workerPresence>;

const BEAT_MS = 1_000;
const TTL_MS = 4_000;
const STOP_TIMEOUT_MS = 1_000;

const indexKey = (prefix: string) => `${prefix}:workers`;
const cardKey = (prefix: string, { name, version }: Pick<ModelCard, 'name' | 'version'>) =>
  `${prefix}:model-card:${name}@${version}`;
const workerKey = (prefix: string, id: string) => `${prefix}:worker:${id}`;

/**
 * Announces a worker until `stop` is called. Redis expires the announcement of a worker that died: no two clocks are
 * compared.
 */
export function announceWorker(options: {
  connection: Redis;
  prefix: string;
  presence: Omit<WorkerPresence, keyof Workload | keyof z.infer<typeof beatShape>>;
  /** Called at each beat. */
  workload: () => Workload;
  /** What the model's folder says of it: there as long as one of its workers is. */
  card?: ModelCard;
  log: Logger;
}): { stop: () => Promise<void> } {
  const { connection, prefix, presence, workload, card, log } = options;
  const key = workerKey(prefix, presence.id);
  /** The card is long: it is written only where it is missing. */
  async function keepCard(kept: ModelCard): Promise<void> {
    const at = cardKey(prefix, kept);
    if ((await connection.pexpire(at, TTL_MS)) === 1) return;
    await connection.set(at, JSON.stringify(kept), 'PX', TTL_MS);
  }
  const beat = () => {
    // While Redis is away beats would queue up here; the first beat afterwards replaces them all.
    if (connection.status !== 'ready') return;
    const text = JSON.stringify({
      ...presence,
      ...workload(),
      beat_at: new Date(Date.now()).toISOString(),
      memory_bytes: process.memoryUsage.rss(),
    } satisfies WorkerPresence);
    Promise.all([
      connection.set(key, text, 'PX', TTL_MS),
      connection.sadd(indexKey(prefix), presence.id),
      card && keepCard(card),
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

/** What a ready worker's folder says of its model; null where there is none, as of workers of an earlier version. */
export async function findModelCard(options: {
  connection: Redis;
  prefix: string;
  model: Pick<ModelCard, 'name' | 'version'>;
}): Promise<ModelCard | null> {
  const text = await options.connection.get(cardKey(options.prefix, options.model));
  return text === null ? null : (modelCard.safeParse(JSON.parse(text)).data ?? null);
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
