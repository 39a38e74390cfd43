import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { afterEach, expect, test } from 'vitest';
import { watchPulse } from './pulse.ts';

let timer: NodeJS.Timeout;
afterEach(() => clearInterval(timer));

/** A connection on which no ping is replied to. */
function watch(client: { status: string; stream: { writableLength: number } }): { silences: number } {
  const seen = { silences: 0 };
  const silent = { ...client, ping: () => new Promise(() => {}) };
  Object.defineProperty(silent, 'stream', { get: () => client.stream });
  const rhythm = { everyMs: 5, missedMax: 3, whenAway: 'missed' } as const;
  timer = watchPulse(silent as unknown as Redis, rhythm, () => void seen.silences++);
  return seen;
}

test('a Redis that never replies is silent', async () => {
  const seen = watch({ status: 'ready', stream: { writableLength: 1_000 } });
  await expect.poll(() => seen.silences).toBeGreaterThan(0);
});

test('a Redis that still takes in what was sent before is not silent', async () => {
  const client = { status: 'ready', stream: { writableLength: 1_000_000 } };
  const seen = watch(client);
  const sending = setInterval(() => {
    client.stream.writableLength -= 100;
  }, 1);
  await delay(150);
  clearInterval(sending);
  expect(seen.silences).toBe(0);
  await expect.poll(() => seen.silences).toBeGreaterThan(0);
});
