import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createShutdown } from './shutdown.ts';

const log = pino({ level: 'silent' });
const signals = ['SIGTERM', 'SIGINT', 'disconnect'] as const;
let before: Record<string, unknown[]>;

beforeEach(() => {
  before = Object.fromEntries(signals.map((name) => [name, process.rawListeners(name)]));
});
afterEach(() => {
  vi.useRealTimers();
  for (const name of signals) {
    for (const listener of process.rawListeners(name)) {
      if (!before[name]!.includes(listener)) process.removeListener(name, listener as () => void);
    }
  }
});

function create(timeoutMs = 1_000) {
  const codes: number[] = [];
  const shutdown = createShutdown({ log, timeoutMs, exit: (code) => void codes.push(code) });
  return { shutdown, codes };
}

test('closes in reverse, one after the other, then ends with 0', async () => {
  const { shutdown, codes } = create();
  const order: string[] = [];
  shutdown.onStop('first', () => void order.push('first'));
  shutdown.onStop('second', async () => {
    order.push('second begins');
    await Promise.resolve();
    order.push('second');
  });
  await shutdown.stop('test');
  expect(order).toEqual(['second begins', 'second', 'first']);
  expect(codes).toEqual([0]);
});

test('stopping twice closes once', async () => {
  const { shutdown, codes } = create();
  const close = vi.fn();
  shutdown.onStop('one', close);
  await Promise.all([shutdown.stop('test'), shutdown.stop('again')]);
  expect(close).toHaveBeenCalledTimes(1);
  expect(codes).toEqual([0]);
});

test('what can’t close keeps nothing else open, and shows in the exit code', async () => {
  const { shutdown, codes } = create();
  const close = vi.fn();
  shutdown.onStop('first', close);
  shutdown.onStop('broken', () => {
    throw new Error('stuck');
  });
  await shutdown.stop('test');
  expect(close).toHaveBeenCalledTimes(1);
  expect(codes).toEqual([1]);
});

test('what never closes is given up at the deadline', async () => {
  vi.useFakeTimers();
  const { shutdown, codes } = create(1_000);
  shutdown.onStop('stuck', () => new Promise(() => {}));
  void shutdown.stop('test');
  await vi.advanceTimersByTimeAsync(999);
  expect(codes).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(codes).toEqual([1]);
});

test.each(signals)('%s starts it', async (name) => {
  const { shutdown, codes } = create();
  const close = vi.fn();
  shutdown.onStop('one', close);
  process.emit(name as 'SIGTERM');
  await shutdown.stop('test');
  expect(close).toHaveBeenCalledTimes(1);
  expect(codes).toEqual([0]);
});

test('a second signal ends the process at once', () => {
  const { shutdown, codes } = create();
  shutdown.onStop('stuck', () => new Promise(() => {}));
  process.emit('SIGINT');
  expect(codes).toEqual([]);
  process.emit('SIGINT');
  expect(codes).toEqual([1]);
});
