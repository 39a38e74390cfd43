import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, expect, test, vi } from 'vitest';
import { createBatchRecords } from './records.ts';

const redis = new Redis(process.env.TEST_REDIS_URL!);
afterAll(() => void redis.disconnect());
const kept = { prefix: `test-${randomUUID()}`, waitMaxMs: 1_000, resultTtlMs: 60_000 };

test('what a batch stands for is undone unless its record is there', async () => {
  const records = createBatchRecords({ connection: redis, ...kept });
  const undo = vi.fn(async () => {});
  await records.save('saved', []);
  await records.unlessSaved('saved', undo);
  expect(undo).not.toHaveBeenCalled();
  await records.unlessSaved('lost', undo);
  expect(undo).toHaveBeenCalledOnce();
});

test('where Redis is away the record is looked for once it is back', async () => {
  const away = new Redis(process.env.TEST_REDIS_URL!, { enableOfflineQueue: false, maxRetriesPerRequest: 0 });
  await new Promise((ready) => away.once('ready', ready));
  const records = createBatchRecords({ connection: away, ...kept });
  await records.save('saved-then-cut', []);
  away.stream.destroy();
  await new Promise((closed) => away.once('close', closed));
  const undo = vi.fn(async () => {});
  const undoSaved = vi.fn(async () => {});
  await records.unlessSaved('saved-then-cut', undoSaved);
  await records.unlessSaved('cut', undo);
  expect(undo).not.toHaveBeenCalled();
  await expect.poll(() => undo.mock.calls.length).toBe(1);
  expect(undoSaved).not.toHaveBeenCalled();
  away.disconnect();
});
