import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createHosts } from './hosts.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a host has so many places, and another host has its own', () => {
  const hosts = createHosts({ perHostMax: 2 });
  const give = hosts.take('a');
  expect(hosts.take('a')).toBeTypeOf('function');
  expect(hosts.take('a')).toBeTypeOf('number');
  expect(hosts.take('b')).toBeTypeOf('function');
  if (typeof give === 'function') give();
  expect(hosts.take('a')).toBeTypeOf('function');
});

test('the more deliveries come back, the later', () => {
  const hosts = createHosts({ perHostMax: 1 });
  hosts.take('a');
  const waits = Array.from({ length: 1_000 }, () => hosts.take('a'));
  expect([waits[0], waits[999]]).toEqual([510, 10_500]);
  vi.advanceTimersByTime(10_500);
  expect(hosts.take('a')).toBe(510);
});
