import { predictionId } from '@inkqueue/shared/contracts/prediction';
import { expect, test } from 'vitest';
import { addressOf, createdAt, createIds } from './ids.ts';

const ids = createIds(Buffer.alloc(32, 1));
const issue = () => ids.at({ jobId: ids.newJob(), index: 3 });

test('ids are UUIDs of version 7 that hold the time, and sort by it', () => {
  const before = Date.now();
  const issued = Array.from({ length: 1_000 }, issue);
  const after = Date.now();
  for (const id of issued) {
    expect(predictionId.safeParse(id).success).toBe(true);
    expect(ids.find(id)?.index).toBe(3);
    expect(createdAt(id)).toBeGreaterThanOrEqual(before);
    expect(createdAt(id)).toBeLessThanOrEqual(after);
  }
  expect(new Set(issued).size).toBe(issued.length);
  const times = issued.map(createdAt);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test('ids are valid after a restart, and not at another installation', () => {
  const id = issue();
  expect(createIds(Buffer.alloc(32, 1)).find(id)).toEqual(ids.find(id));
  expect(createIds(Buffer.alloc(32, 2)).find(id)).toBeNull();
});

test('an id holds its job and its index there', () => {
  const jobId = ids.newJob();
  const addresses = Array.from({ length: 255 }, (_, index) => ({ jobId, index }));
  const issued = addresses.map((address) => ids.at(address));
  expect(issued.map((id) => ids.find(id))).toEqual(addresses);
  expect(issued.map(addressOf)).toEqual(addresses);
  expect(new Set(issued).size).toBe(255);
  for (const id of issued) expect(predictionId.safeParse(id).success).toBe(true);
});

test('the tag depends on the index: nobody can make the id of a neighbour from one id', () => {
  const id = issue();
  const neighbour = id.slice(0, 25);
  expect(ids.find(`${neighbour}4${id.slice(26)}`)).toBeNull();
  const tail = (index: number) => ids.at({ jobId: ids.find(id)!.jobId, index }).slice(26);
  expect(tail(3)).toBe(id.slice(26));
  expect(tail(4)).not.toBe(tail(3));
});

test('the id of a batch is no prediction’s, and the other way round', () => {
  const batch = ids.newBatch();
  expect(predictionId.safeParse(batch).success).toBe(true);
  expect([ids.isBatch(batch), ids.find(batch)]).toEqual([true, null]);
  expect(ids.isBatch(issue())).toBe(false);
  expect(createIds(Buffer.alloc(32, 2)).isBatch(batch)).toBe(false);
  expect(ids.isBatch('')).toBe(false);
});

test('no two jobs of one process share a number', () => {
  const jobs = Array.from({ length: 20_000 }, () => ids.newJob());
  expect(new Set(jobs).size).toBe(jobs.length);
});

test('a change of any digit is noticed', () => {
  const id = issue();
  for (let at = 0; at < id.length; at++) {
    if (id[at] === '-') continue;
    const other = id[at] === '0' ? '1' : '0';
    expect(ids.find(id.slice(0, at) + other + id.slice(at + 1)), `digit ${at}`).toBeNull();
  }
});

test.each([
  ['upper case', (id: string) => id.toUpperCase()],
  ['no dashes', (id: string) => id.replaceAll('-', '')],
  ['a tail', (id: string) => `${id}00`],
  ['a tail that is not hexadecimal', (id: string) => `${id}zz`],
  ['its start alone', (id: string) => id.slice(0, 20)],
  ['nothing', () => ''],
])('another spelling is not valid: %s', (_, rewrite) => {
  // An id of digits alone has no upper case.
  const id = Array.from({ length: 50 }, issue).find((candidate) => /[a-f]/.test(candidate))!;
  expect(ids.find(rewrite(id))).toBeNull();
});
