import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPacer } from './pacer.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function paced(runMs: number) {
  const startedAt: number[] = [];
  const start = Date.now();
  const pacer = createPacer({
    run() {
      startedAt.push(Date.now() - start);
      return new Promise((resolve) => setTimeout(resolve, runMs));
    },
    intervalMs: 250,
    patienceMs: 1000,
  });
  return { pacer, startedAt };
}

async function changeEvery(pacer: { changed: () => void }, everyMs: number, forMs: number) {
  for (let passed = 0; passed < forMs; passed += everyMs) {
    pacer.changed();
    await vi.advanceTimersByTimeAsync(everyMs);
  }
}

it('runs a few times a second for a stream of changes', async () => {
  const { pacer, startedAt } = paced(20);
  await changeEvery(pacer, 10, 1000);
  expect(startedAt.length).toBeGreaterThanOrEqual(3);
  expect(startedAt.length).toBeLessThanOrEqual(4);
});

it('always runs for the last change', async () => {
  const { pacer, startedAt } = paced(20);
  pacer.changed();
  await vi.advanceTimersByTimeAsync(260);
  pacer.changed();
  await vi.advanceTimersByTimeAsync(2000);
  expect(startedAt).toHaveLength(2);
});

it('starts no run while another is under way, unless that one takes too long', async () => {
  const { pacer, startedAt } = paced(5000);
  await changeEvery(pacer, 10, 1000);
  expect(startedAt).toEqual([250]);
  await changeEvery(pacer, 10, 1000);
  expect(startedAt).toHaveLength(2);
});

it('forgets a change on reset', async () => {
  const { pacer, startedAt } = paced(20);
  pacer.changed();
  pacer.reset();
  await vi.advanceTimersByTimeAsync(1000);
  expect(startedAt).toEqual([]);
});
