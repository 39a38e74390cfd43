import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PageBatch } from '../state/batch/batch.ts';
import { toRecord } from '../state/batch/record.ts';
import { acceptedAt, BATCH_ID, batchOf, itemAfter } from '../testing/batches.ts';
import { createBatchRecords } from './batch-records.ts';

let kept: Map<string, string>;
let isFull = false;
const storage = () =>
  ({
    get length() {
      return kept.size;
    },
    key: (index: number) => [...kept.keys()][index] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    removeItem: (key: string) => void kept.delete(key),
    setItem(key: string, value: string) {
      if (isFull) throw new DOMException('full', 'QuotaExceededError');
      kept.set(key, value);
    },
  }) as Storage;
const open = () => createBatchRecords({ storage });
const numbered = (number: number, count = 1): PageBatch => ({
  ...batchOf(...Array.from({ length: count }, (_, index) => itemAfter(index))),
  key: `new-${number}`,
  at: new Date(Date.UTC(2026, 0, 1, 0, number)).toISOString(),
});
const keys = (records: ReturnType<typeof open>) => records.entries().map(({ key }) => key);

beforeEach(() => {
  kept = new Map();
  isFull = false;
});

describe('a batch', () => {
  it('is kept as soon as it is there, and found by its key and its ids', () => {
    const records = open();
    records.changed([numbered(1)]);
    expect(keys(open())).toEqual(['new-1']);
    records.changed([{ ...batchOf(itemAfter(0, acceptedAt(0))), key: 'new-1' }]);
    records.save();
    for (const address of ['new-1', BATCH_ID, `${BATCH_ID},other`])
      expect(open().find(address)?.key).toBe('new-1');
    expect(open().find('new-2')).toBeNull();
  });

  it('is saved again a second after it has changed, not more often', () => {
    vi.useFakeTimers();
    const records = open();
    records.changed([numbered(1)]);
    const write = vi.spyOn(kept, 'set');
    for (const text of ['1', '2', '3'])
      records.changed([{ ...numbered(1), items: [{ ...itemAfter(0), byHand: text }] }]);
    vi.advanceTimersByTime(1000);
    expect(write).toHaveBeenCalledOnce();
    expect(open().entries()[0]!.items[0]!.byHand).toBe('3');
    vi.useRealTimers();
  });

  it('goes when it is removed', () => {
    const records = open();
    const listener = vi.fn();
    records.subscribe(listener);
    records.changed([numbered(1)]);
    const removed = records.remove(['new-1']);
    expect(keys(open())).toEqual([]);
    expect(listener).toHaveBeenCalledTimes(2);
    records.add(removed);
    expect(keys(records)).toEqual(['new-1']);
    expect(keys(open())).toEqual(['new-1']);
  });

  it('is kept as it was last when the page forgets it', () => {
    const records = open();
    records.changed([numbered(1)]);
    records.changed([{ ...numbered(1), items: [{ ...itemAfter(0), byHand: '4' }] }]);
    records.changed([]);
    expect(open().entries()[0]!.items[0]!.byHand).toBe('4');
  });
});

it('keeps the newest, up to a number of batches and of pictures', () => {
  const records = open();
  for (let number = 1; number <= 22; number += 1)
    records.changed(Array.from({ length: number }, (_, at) => numbered(at + 1)));
  expect(keys(open())).toHaveLength(20);
  expect(keys(open())[0]).toBe('new-22');
  const large = Array.from({ length: 6 }, (_, at) => numbered(30 + at, 1000));
  records.changed(large);
  records.save();
  expect(keys(open())).toEqual(['new-35', 'new-34', 'new-33', 'new-32', 'new-31']);
});

it.each([
  ['full', storage],
  ['missing', () => null],
])('lasts as long as the page where storage is %s', (_, find) => {
  isFull = true;
  const records = createBatchRecords({ storage: find });
  records.changed([numbered(1)]);
  expect(keys(records)).toEqual(['new-1']);
  records.remove(['new-1']);
  expect(keys(records)).toEqual([]);
});

const accepted = (total: number, index: number) =>
  toRecord({ ...batchOf(itemAfter(0, acceptedAt(index, total))), key: 'x' });

it.each([
  ['that is not JSON', '{'],
  ['of another shape', '{"key":1}'],
  ['of nothing', 'null'],
  ['of another key', JSON.stringify(toRecord(numbered(2)))],
  ['whose list would not fit', JSON.stringify(accepted(1e9, 0))],
  ['whose list has less than nothing', JSON.stringify(accepted(-1, 0))],
])('drops a value %s, and keeps the others', (_, text) => {
  open().changed([numbered(1)]);
  kept.set('inkqueue.batch.1.x', text);
  kept.set('inkqueue.history.1.y', '{');
  expect(keys(open())).toEqual(['new-1']);
  expect([...kept.keys()].sort()).toEqual(['inkqueue.batch.1.new-1', 'inkqueue.history.1.y']);
});

it('is loaded again with what another tab wrote, whatever else stands there', () => {
  const records = open();
  open().changed([numbered(3)]);
  kept.set('inkqueue.batch.1.x', '{');
  records.reload('inkqueue.batch.1.x');
  expect(keys(records)).toEqual(['new-3']);
});
