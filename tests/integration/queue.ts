import { QUEUE_NAME } from '@inkqueue/shared/node/queue';
import type { Redis } from 'ioredis';
import { z } from 'zod';

const jobData = z.object({ pictures: z.array(z.unknown()) });

/** The jobs that wait for a worker, in no particular order. */
export async function waitingJobs(redis: Redis, prefix: string): Promise<string[]> {
  const queue = `${prefix}:${QUEUE_NAME}`;
  const [wait, prioritized, delayed] = await Promise.all([
    redis.lrange(`${queue}:wait`, 0, -1),
    redis.zrange(`${queue}:prioritized`, '0', '-1'),
    redis.zrange(`${queue}:delayed`, '0', '-1'),
  ]);
  return [...wait, ...prioritized, ...delayed];
}

/** How many images wait for a worker: images that came in the same moment share a job. */
export async function waitingImages(redis: Redis, prefix: string): Promise<number> {
  const jobs = await waitingJobs(redis, prefix);
  const counts = await Promise.all(jobs.map((jobId) => jobImages(redis, prefix, jobId)));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function jobImages(redis: Redis, prefix: string, jobId: string): Promise<number> {
  const data = await redis.hget(`${prefix}:${QUEUE_NAME}:${jobId}`, 'data');
  return data === null ? 0 : jobData.parse(JSON.parse(data)).pictures.length;
}

/** The job of a prediction. */
export function jobOf(id: string): string {
  return id.replaceAll('-', '').slice(0, 20);
}

/** The key of the bytes of a prediction's job. */
export function imagesKey(prefix: string, id: string): string {
  return `${prefix}:uploads:${jobOf(id)}`;
}
