import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { createFeedbackRecords, type FeedbackRecord, type FeedbackRecords } from './records.ts';

const redis = new Redis(process.env.TEST_REDIS_URL!);
let prefix: string;
let records: FeedbackRecords;
beforeEach(() => {
  prefix = `test-${randomUUID()}`;
  records = createFeedbackRecords({ connection: redis, prefix });
});
afterEach(async () => {
  await redis.del(`${prefix}:feedback`);
});
afterAll(async () => {
  await redis.quit();
});

const record = (change: Partial<FeedbackRecord> = {}): FeedbackRecord => ({
  digit: 3,
  text: '3',
  at: '2026-01-01T00:00:00.000Z',
  predicted_digit: 8,
  predicted_text: '8',
  confidence: 0.7,
  uncertain: true,
  error: null,
  model: { name: 'test', version: '1' },
  preview: { width: 1, height: 1, pixels: '/w==' },
  ...change,
});

async function all() {
  const found: ({ id: string } & FeedbackRecord)[] = [];
  for await (const each of records.readAll()) found.push(each);
  return found.toSorted((a, b) => a.id.localeCompare(b.id));
}

test('the last feedback on a prediction is saved, without expiry', async () => {
  expect(await all()).toEqual([]);
  expect(await records.save('a', record(), { max: 10 })).toBe(true);
  expect(await records.save('b', record({ digit: null }), { max: 10 })).toBe(true);
  expect(await records.save('a', record({ digit: 8 }), { max: 10 })).toBe(true);
  expect(await all()).toEqual([
    { id: 'a', ...record({ digit: 8 }) },
    { id: 'b', ...record({ digit: null }) },
  ]);
  expect(await redis.ttl(`${prefix}:feedback`)).toBe(-1);
});

test('at most `max` entries are saved, also when many come at once; a saved one may still change', async () => {
  const saved = await Promise.all(
    Array.from({ length: 20 }, (_, i) => records.save(String(i), record(), { max: 5 })),
  );
  expect(saved.filter(Boolean)).toHaveLength(5);
  expect(await redis.hlen(`${prefix}:feedback`)).toBe(5);
  const [{ id } = { id: '' }] = await all();
  expect(await records.save(id, record({ digit: 0 }), { max: 5 })).toBe(true);
  expect(await records.save('another', record(), { max: 5 })).toBe(false);
  expect((await all()).find((each) => each.id === id)?.digit).toBe(0);
});

test('all of many entries are read, a few at a time', async () => {
  const ids = Array.from({ length: 1_000 }, (_, i) => String(i).padStart(4, '0'));
  await Promise.all(ids.map((id) => records.save(id, record(), { max: 10_000 })));
  expect((await all()).map(({ id }) => id)).toEqual(ids);
});

test('feedback from before there were texts has those of its digits', async () => {
  const { text: _, predicted_text: __, ...former } = record({ predicted_digit: null });
  await redis.hset(
    `${prefix}:feedback`,
    'a',
    JSON.stringify(former),
    'b',
    JSON.stringify(record({ text: '42', digit: null })),
  );
  expect(await all()).toMatchObject([
    { id: 'a', digit: 3, text: '3', predicted_digit: null, predicted_text: null },
    { id: 'b', digit: null, text: '42' },
  ]);
});
