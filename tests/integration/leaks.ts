import { listWorkers } from '@inkqueue/shared/node/presence';
import { QUEUE_NAME } from '@inkqueue/shared/node/queue';
import { createUploads } from '@inkqueue/shared/node/uploads';
import type { Redis } from 'ioredis';
import { waitingJobs } from './queue.ts';

/**
 * Checks Redis once all processes have stopped: no job is active, every stored image belongs to a prediction that waits, the
 * books agree with the stored images, and no stopped worker is announced.
 *
 * @throws Error naming each thing that the processes left behind
 */
export async function requireClean(redis: Redis, prefix: string): Promise<void> {
  const queue = `${prefix}:${QUEUE_NAME}`;
  const [active, delivering, waiting, held, sizes, count, total, workers] = await Promise.all([
    redis.lrange(`${queue}:active`, 0, -1),
    redis.lrange(`${prefix}:webhooks:active`, 0, -1),
    waitingJobs(redis, prefix),
    redis.keys(`${prefix}:uploads:*`),
    redis.hgetall(`${prefix}:uploads-sizes`),
    redis.get(`${prefix}:uploads-count`),
    redis.get(`${prefix}:uploads-bytes`),
    listWorkers({ connection: redis, prefix }),
  ]);
  const ids = held.map((key) => key.slice(`${prefix}:uploads:`.length));
  const pending = new Set(waiting);
  const booksOf = Object.values(sizes).map((size) => size.split(' ').map(Number));
  const counted = booksOf.reduce((sum, [images]) => sum + images!, 0);
  const sum = booksOf.reduce((bytes, [, size]) => bytes + size!, 0);
  const leaks = [
    ...active.map((id) => `job ${id} is still active`),
    ...delivering.map((id) => `the delivery of ${id} is still active`),
    ...ids.filter((id) => !pending.has(id)).map((id) => `the images of ${id} are stored for no waiting job`),
    ...Object.keys(sizes)
      // A waiting job whose images were all refused has none.
      .filter((id) => !ids.includes(id) && !pending.has(id))
      .map((id) => `${id} is booked but not stored`),
    ...ids.filter((id) => !(id in sizes)).map((id) => `the images of ${id} are not booked`),
    ...(Number(count ?? 0) === counted ? [] : [`${count} images are booked, the sizes sum up to ${counted}`]),
    ...(Number(total ?? 0) === sum ? [] : [`${total} bytes are booked, the sizes sum up to ${sum}`]),
    ...workers
      .filter(({ pid }) => isAlive(pid) === false)
      .map(({ pid }) => `worker ${pid} is still announced`),
  ];
  if (leaks.length > 0) throw new Error(`left behind:\n${leaks.join('\n')}`);
}

/** Releases the images that a killed process left behind, of jobs that neither wait nor run: the upkeep would within a minute. */
export async function releaseOrphans(redis: Redis, prefix: string): Promise<void> {
  const uploads = createUploads({ connection: redis, prefix });
  for await (const jobs of uploads.jobs()) {
    for (const job of jobs) {
      const [added, ended] = await redis.hmget(`${prefix}:${QUEUE_NAME}:${job}`, 'timestamp', 'finishedOn');
      if (!added || ended) await uploads.release(job);
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
