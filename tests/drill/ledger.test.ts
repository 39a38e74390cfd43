import { expect, test } from 'vitest';
import { type Entry, GONE, type Sighting, type Spans, UNKNOWN } from './ledger.ts';
import { judge } from './verdict.ts';

const NOTHING: Spans = { emptied: [], cut: [], full: [] };
const ACCEPTED = 1_000;

const entry = (seen: Sighting[], change: Partial<Entry> = {}): Entry => ({
  ...{
    id: 'id',
    way: 'poll',
    beganAt: ACCEPTED - 10,
    acceptedAt: ACCEPTED,
    allowed: new Set(['succeeded 7']),
  },
  ...{ seen, deletedAt: null, notes: [], ...change },
});
const at = (ms: number, state = 'succeeded 7', channel = 'poll'): Sighting => ({
  ...{ state, channel, first: ms, last: ms },
});

test('one right end on every channel is kept', () => {
  expect(judge(entry([at(2_000), at(9_000, 'succeeded 7', 'audit')]), NOTHING)).toBe('kept');
});

test('a prediction that the service no longer has, or denies, is lost', () => {
  expect(judge(entry([at(2_000, GONE)]), NOTHING)).toBe('lost');
  expect(judge(entry([at(2_000), at(9_000, GONE)]), NOTHING)).toBe('lost');
  expect(judge(entry([at(2_000, UNKNOWN)]), NOTHING)).toBe('lost');
});

test('another digit, an error and a cancel that nobody asked for are wrong', () => {
  for (const state of ['succeeded 1', 'failed internal', 'failed worker-lost', 'canceled canceled'])
    expect(judge(entry([at(2_000, state)]), NOTHING)).toBe('wrong');
});

test('two right ends of which each was reported are double', () => {
  const allowed = new Set(['succeeded 7', 'canceled canceled']);
  const seen = [at(2_000, 'canceled canceled'), at(2_100, 'succeeded 7', 'socket')];
  expect(judge(entry(seen, { allowed }), NOTHING)).toBe('double');
});

test('a prediction without an end is stuck', () => {
  expect(judge(entry([]), NOTHING)).toBe('stuck');
});

test('what was deleted must not come back', () => {
  expect(judge(entry([at(2_000), at(9_000, GONE)], { deletedAt: 3_000 }), NOTHING)).toBe('deleted');
  expect(judge(entry([at(2_000), at(9_000)], { deletedAt: 3_000 }), NOTHING)).toBe('returned');
});

test('FLUSHALL excuses what was accepted before it, and neither a later one nor a result that comes back', () => {
  const before = { ...NOTHING, emptied: [{ from: ACCEPTED + 500, to: ACCEPTED + 510 }] };
  const after = { ...NOTHING, emptied: [{ from: ACCEPTED - 510, to: ACCEPTED - 500 }] };
  expect(judge(entry([at(2_000, GONE)]), before)).toBe('emptied-unseen');
  expect(judge(entry([at(1_200), at(2_000, GONE)]), before)).toBe('emptied');
  expect(judge(entry([at(2_000, GONE)]), after)).toBe('lost');
  expect(judge(entry([at(9_000)]), before)).toBe('returned');
  expect(judge(entry([at(1_200, 'succeeded 1'), at(2_000, GONE)]), before)).toBe('wrong');
});

test('a power cut excuses what was accepted in the second before it, and nothing older', () => {
  const cut = (from: number): Spans => ({ ...NOTHING, cut: [{ from, to: from + 1_500 }] });
  expect(judge(entry([at(9_000, GONE)]), cut(ACCEPTED - 200))).toBe('cut');
  expect(judge(entry([at(9_000, GONE)]), cut(ACCEPTED + 200))).toBe('lost');
});

test('a full Redis excuses what was accepted before it was full', () => {
  const full = (to: number): Spans => ({ ...NOTHING, full: [{ from: to - 100, to }] });
  expect(judge(entry([at(2_000), at(9_000, GONE)]), full(3_000))).toBe('dropped');
  expect(judge(entry([at(2_000), at(9_000, GONE)]), full(ACCEPTED - 100))).toBe('lost');
});
