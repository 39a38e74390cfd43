import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, expect, test, vi } from 'vitest';
import { createFailures, listFailures } from './failures.ts';

const redis = new Redis(process.env.TEST_REDIS_URL!);
afterAll(async () => {
  await redis.quit();
});

const failureAt = (index: number) => ({ job: 'a', index, code: 'no-ink', at: 1 }) as const;

test('the last failures are listed, newest first, twenty of a second and 200 in all', async () => {
  // A failure is not noted before there is a connection.
  await redis.ping();
  const prefix = `test-${randomUUID()}`;
  const note = createFailures({ connection: redis, prefix });
  const list = (count: number) => listFailures({ connection: redis, prefix, count });
  vi.useFakeTimers({ toFake: ['Date'], now: 0 });
  for (let i = 0; i < 30; i++) note(failureAt(i));
  await expect.poll(() => list(2)).toEqual([failureAt(19), failureAt(18)]);
  for (let second = 1; second <= 11; second++) {
    vi.setSystemTime(second * 1_000);
    for (let i = 0; i < 20; i++) note(failureAt(100 * second + i));
  }
  vi.useRealTimers();
  await expect.poll(async () => (await list(1_000)).at(0)).toEqual(failureAt(1_119));
  expect(await list(1_000)).toHaveLength(200);
  await redis.lpush(`${prefix}:failures`, JSON.stringify({ of: 'a later version' }));
  expect(await list(2)).toEqual([failureAt(1_119)]);
  await redis.del(`${prefix}:failures`);
});
