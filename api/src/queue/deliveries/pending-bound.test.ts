import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPendingBound } from './pending-bound.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('takes no more deliveries than there may be, and counts them once a second', async () => {
  let delayed = 1_998;
  const getJobCounts = vi.fn(async () => ({ waiting: 0, delayed, active: 1 }));
  const requireRoom = createPendingBound({ queue: { getJobCounts }, max: 2_000 });
  await requireRoom();
  await expect(requireRoom()).rejects.toMatchObject({
    code: 'queue-full',
    message: 'Too many deliveries to webhooks wait (2,000). Try again later, or without a webhook.',
    retryAfterS: 60,
  });
  expect(getJobCounts).toHaveBeenCalledOnce();
  delayed = 5;
  vi.advanceTimersByTime(1_001);
  await requireRoom();
});
