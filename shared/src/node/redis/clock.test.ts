import type { Redis } from 'ioredis';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { followRedisClock } from './clock.ts';

test('a Redis that forbids TIME leaves the process with the system’s clock', async () => {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  const time = () => Promise.reject(new Error('NOPERM this user has no permissions to run TIME'));
  const before = Date.now;
  await followRedisClock({ connection: { status: 'ready', time } as unknown as Redis, log });
  expect(Date.now).toBe(before);
  expect(lines.join('')).toContain('NOPERM');
});
