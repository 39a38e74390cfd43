import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createHosts } from './hosts.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a host has so many places, and another host has its own', () => {
  const hosts = createHosts({ perHostMax: 2 });
  const giveBack = hosts.take('a');
  expect(hosts.take('a')).toBeTypeOf('function');
  expect(hosts.take('a')).toBeTypeOf('number');
  expect(hosts.take('b')).toBeTypeOf('function');
  if (typeof giveBack === 'function') giveBack();
  expect(hosts.take('a')).toBeTypeOf('function');
});

/** When the `count`th of deliveries comes back to a host whose attempts take so long. */
function comeBack(attemptMs: number, count: number): number {
  const hosts = createHosts({ perHostMax: 4 });
  const places = ['a', 'a', 'a', 'a'].map(hosts.take);
  for (let i = 0; i < 50; i++) {
    vi.advanceTimersByTime(attemptMs);
    const place = places.shift();
    if (typeof place === 'function') place();
    places.push(hosts.take('a'));
  }
  return Array.from({ length: count }, () => hosts.take('a') as number).at(-1)!;
}

test('deliveries come back as fast as a host takes them', () => {
  // Four at a time, of 40 ms each: a hundred a second.
  expect(comeBack(10, 100)).toBeCloseTo(1_100, -2);
  expect(comeBack(2_500, 10)).toBeCloseTo(25_100, -3);
});

test('the last of many comes back within five minutes', () => {
  expect(comeBack(2_500, 10_000)).toBe(300_000);
});
