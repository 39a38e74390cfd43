import { expect, test } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const NOW = Date.UTC(2026, 0, 1);

test.each([
  [undefined, undefined],
  ['120', 120_000],
  ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
  ['Wed, 31 Dec 2025 23:59:00 GMT', undefined],
  ['0', undefined],
  ['soon', undefined],
  ['', undefined],
])('%s means %s milliseconds', (value, ms) => {
  expect(retryAfterMs(value, NOW)).toBe(ms);
});
