import { randomUUID } from 'node:crypto';
import { createLogger } from '@inkqueue/shared/node/log';
import { Redis } from 'ioredis';
import { afterAll, expect, test } from 'vitest';
import { createDeliveryQueue } from './delivery-queue.ts';
import { wakeAll } from './waking.ts';

const connection = new Redis(process.env.TEST_REDIS_URL!, { maxRetriesPerRequest: null });
const prefix = `test-${randomUUID()}`;
const queue = createDeliveryQueue({ connection, prefix });
afterAll(async () => {
  await queue.obliterate({ force: true });
  await queue.close();
  await connection.quit();
});

test('what sleeps is woken, and what waits for its next attempt is not', async () => {
  const add = (jobId: string) =>
    queue.add('deliver', { url: 'https://example.com/' }, { jobId, delay: 60_000 });
  const [asleep, failed] = await Promise.all([add('a-sleep'), add('a-failed')]);
  await connection.hset(`${prefix}:webhooks:${failed.id}`, 'atm', 1);
  await wakeAll({ connection, prefix, queue, log: createLogger({ name: 'test', level: 'silent' }) });
  expect(await asleep.getState()).toBe('waiting');
  expect(await failed.getState()).toBe('delayed');
});
