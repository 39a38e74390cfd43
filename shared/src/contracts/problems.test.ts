import { expect, test } from 'vitest';
import { problemKinds } from './problems.ts';

test('every problem’s retryable agrees with what a client can do about its status', () => {
  for (const [name, { status, retryable }] of Object.entries(problemKinds)) {
    const isLasting = name === 'already-finished' || name === 'not-retryable';
    expect(retryable, name).toBe(!isLasting && ([408, 409].includes(status) || status >= 500));
  }
});
