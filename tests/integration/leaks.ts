import { listWorkers } from '@inkqueue/shared/node/presence';
import { QUEUE_NAME } from '@inkqueue/shared/node/queue';
import type { Redis } from 'ioredis';

/**
 * Once all processes have stopped: nothing is being read, every picture that is still held belongs to a prediction that
 * waits, the books agree with what is held, and no worker that stopped is still announced.
 *
 * @throws Error naming each thing that was left behind
 */
export async function requireClean(redis: Redis, prefix: string): Promise<void> {
  const queue = `${prefix}:${QUEUE_NAME}`;
  const [active, waiting, delayed, held, booked, sizes, total, workers] = await Promise.all([
    redis.lrange(`${queue}:active`, 0, -1),
    redis.lrange(`${queue}:wait`, 0, -1),
    redis.zrange(`${queue}:delayed`, '0', '-1'),
    redis.keys(`${prefix}:upload:*`),
    redis.zrange(`${prefix}:uploads:expiries`, '0', '-1'),
    redis.hgetall(`${prefix}:uploads:sizes`),
    redis.get(`${prefix}:uploads:bytes`),
    listWorkers({ connection: redis, prefix }),
  ]);
  const ids = held.map((key) => key.slice(`${prefix}:upload:`.length));
  const pending = new Set([...waiting, ...delayed]);
  const sum = Object.values(sizes).reduce((bytes, size) => bytes + Number(size), 0);
  const leaks = [
    ...active.map((id) => `prediction ${id} is still being read`),
    ...ids.filter((id) => !pending.has(id)).map((id) => `the picture of ${id} is held for nobody`),
    ...booked.filter((id) => !(id in sizes)).map((id) => `${id} is booked without its size`),
    ...Object.keys(sizes)
      .filter((id) => !booked.includes(id))
      .map((id) => `${id} has a size but is not booked`),
    ...ids.filter((id) => !booked.includes(id)).map((id) => `the picture of ${id} is not booked`),
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
