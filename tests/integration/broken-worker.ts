import { QUEUE_NAME } from '@inkqueue/shared/node/queue';
import { createUploads } from '@inkqueue/shared/node/uploads';
import { Worker } from 'bullmq';
import type { Stack } from './stack.ts';

/** A worker that fails at every job, and keeps the pictures as ours do. It releases them when `releaseLate` is called. */
export function brokenWorker(stack: Pick<Stack, 'redis' | 'prefix'>) {
  const late: (() => Promise<void>)[] = [];
  const uploads = createUploads({ connection: stack.redis, prefix: stack.prefix });
  const worker = new Worker(QUEUE_NAME, async () => Promise.reject(new Error('the network is broken')), {
    connection: stack.redis.duplicate(),
    prefix: stack.prefix,
  });
  worker.on('failed', async (job) => {
    if (!job?.finishedOn || !job.id) return;
    const record = `${stack.prefix}:${QUEUE_NAME}:${job.id}`;
    await uploads.keep(job.id, [...job.data.pictures.keys()], { ms: 60_000, job: record });
    const { id, finishedOn } = job;
    late.push(() => uploads.release(id, finishedOn));
  });
  return Object.assign(worker, { releaseLate: () => Promise.all(late.map((release) => release())) });
}
