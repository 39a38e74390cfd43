import { listWorkers } from '@inkqueue/shared/node/presence';
import { QUEUE_NAME } from '@inkqueue/shared/node/queue';
import type { Redis } from 'ioredis';
import { waitingJobs } from './queue.ts';

/**
 * Once all processes have stopped: nothing is being read, every picture that is still held belongs to a prediction that
 * waits, the books agree with what is held, and no worker that stopped is still announced.
 *
 * @throws Error naming each thing that was left behind
 */
export async function requireClean(redis: Redis, prefix: string): Promise<void> {
  const queue = `${prefix}:${QUEUE_NAME}`;
  const [active, waiting, held, sizes, count, total, workers] = await Promise.all([
    redis.lrange(`${queue}:active`, 0, -1),
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
  const counted = booksOf.reduce((sum, [pictures]) => sum + pictures!, 0);
  const sum = booksOf.reduce((bytes, [, size]) => bytes + size!, 0);
  const leaks = [
    ...active.map((id) => `job ${id} is still being read`),
    ...ids.filter((id) => !pending.has(id)).map((id) => `the pictures of ${id} are held for nobody`),
    ...Object.keys(sizes)
      .filter((id) => !ids.includes(id))
      .map((id) => `${id} is booked but not held`),
    ...ids.filter((id) => !(id in sizes)).map((id) => `the pictures of ${id} are not booked`),
    ...(Number(count ?? 0) === counted ? [] : [`${count} pictures are booked, the sizes say ${counted}`]),
    ...(Number(total ?? 0) === sum ? [] : [`${total} bytes are booked, the sizes say ${sum}`]),
    ...workers
      .filter(({ pid }) => isAlive(pid) === false)
      .map(({ pid }) => `worker ${pid} is still announced`),
  ];
  if (leaks.length > 0) throw new Error(`left behind:\n${leaks.join('\n')}`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
