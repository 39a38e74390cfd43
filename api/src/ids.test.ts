import { predictionId } from '@inkqueue/shared/contracts/prediction';
import { expect, test } from 'vitest';
import { createdAt, createIds } from './ids.ts';

const ids = createIds(Buffer.alloc(32, 1));

test('issues UUIDs of version 7 that tell when, and sort by it', () => {
  const before = Date.now();
  const issued = Array.from({ length: 1_000 }, () => ids.issue());
  const after = Date.now();
  for (const id of issued) {
    expect(predictionId.safeParse(id).success).toBe(true);
    expect(ids.issued(id)).toBe(true);
    expect(createdAt(id)).toBeGreaterThanOrEqual(before);
    expect(createdAt(id)).toBeLessThanOrEqual(after);
  }
  expect(new Set(issued).size).toBe(issued.length);
  const times = issued.map(createdAt);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test('knows its own after a restart, and none of another installation', () => {
  const id = ids.issue();
  expect(createIds(Buffer.alloc(32, 1)).issued(id)).toBe(true);
  expect(createIds(Buffer.alloc(32, 2)).issued(id)).toBe(false);
});

test('a change of any digit is noticed', () => {
  const id = ids.issue();
  for (let at = 0; at < id.length; at++) {
    if (id[at] === '-') continue;
    const other = id[at] === '0' ? '1' : '0';
    expect(ids.issued(id.slice(0, at) + other + id.slice(at + 1)), `digit ${at}`).toBe(false);
  }
});

test.each([
  ['upper case', (id: string) => id.toUpperCase()],
  ['no dashes', (id: string) => id.replaceAll('-', '')],
  ['a tail', (id: string) => `${id}00`],
  ['a tail that is no hexadecimal', (id: string) => `${id}zz`],
  ['its start alone', (id: string) => id.slice(0, 20)],
  ['nothing', () => ''],
])('another spelling is not known: %s', (_, rewrite) => {
  // An id of digits alone has no upper case.
  const id = Array.from({ length: 50 }, () => ids.issue()).find((candidate) => /[a-f]/.test(candidate))!;
  expect(ids.issued(rewrite(id))).toBe(false);
});
