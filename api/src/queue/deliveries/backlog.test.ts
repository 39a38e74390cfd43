import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, expect, test } from 'vitest';
import { lookAtBacklog } from './backlog.ts';
import { createDeliveryQueue } from './delivery-queue.ts';

const connection = new Redis(process.env.TEST_REDIS_URL!, { maxRetriesPerRequest: null });
const prefix = `test-${randomUUID()}`;
const queue = createDeliveryQueue({ connection, prefix });
afterAll(async () => {
  await queue.obliterate({ force: true });
  await queue.close();
  await connection.quit();
});

const look = () => lookAtBacklog({ connection, prefix, queue });
const record = (jobId: string, options: { timestamp?: number; delay?: number } = {}) =>
  queue.add('deliver', { url: 'https://example.com/' }, { jobId, ...options });

test('the backlog says since when the oldest delivery is overdue, also behind one that was looked at', async () => {
  const woken = await record('a-woken', { delay: 60_000 });
  expect(await look()).toEqual({ pending: 1, overdueMs: 0 });
  // BullMQ's score of a delayed job.
  await connection.zadd(`${prefix}:webhooks:delayed`, (Date.now() - 60_000) * 0x10_00, woken.id!);
  expect((await look()).overdueMs).toBeGreaterThanOrEqual(60_000);

  const lookedAt = (ageMs: number) =>
    connection.hset(`${prefix}:webhooks:${woken.id}`, { ats: 1, processedOn: Date.now() - ageMs });
  await lookedAt(1_000);
  await woken.promote();
  expect((await look()).overdueMs).toBe(0);
  await record('a-new', { timestamp: Date.now() - 5_000 });
  const { pending, overdueMs } = await look();
  expect(pending).toBe(2);
  expect(overdueMs).toBeGreaterThanOrEqual(5_000);
  expect(overdueMs).toBeLessThan(10_000);
  await lookedAt(400_000);
  expect((await look()).overdueMs).toBeGreaterThanOrEqual(100_000);
});
