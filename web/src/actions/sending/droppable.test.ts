import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { droppable } from './droppable.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A request that is under way, and accepted or refused by hand. */
function setUp() {
  const drop = new AbortController();
  const onLate = vi.fn();
  const under = { way: new AbortController().signal, accept: (_id: string) => {}, refuse: (_: Error) => {} };
  const sent = droppable(
    (signal) =>
      new Promise<string>((resolve, reject) => {
        Object.assign(under, { way: signal, accept: resolve, refuse: reject });
      }),
    { signal: drop.signal, onLate },
  );
  return { sent, drop, onLate, under };
}

it('settles as the request does', async () => {
  const accepted = setUp();
  accepted.under.accept('id');
  expect(await accepted.sent).toBe('id');
  expect(accepted.onLate).not.toHaveBeenCalled();
  const refused = setUp();
  refused.under.refuse(new Error('full'));
  await expect(refused.sent).rejects.toThrow('full');
});

it('rejects at once when it is dropped, and reports the id that comes later', async () => {
  const { sent, drop, onLate, under } = setUp();
  drop.abort(new Error('dropped'));
  await expect(sent).rejects.toThrow('dropped');
  await vi.advanceTimersByTimeAsync(1000);
  expect(under.way.aborted).toBe(false);
  under.accept('id');
  await vi.advanceTimersByTimeAsync(0);
  expect(onLate).toHaveBeenCalledExactlyOnceWith('id');
});

it('aborts the request when it is not accepted soon after it was dropped', async () => {
  const { sent, drop, onLate, under } = setUp();
  drop.abort(new Error('dropped'));
  await expect(sent).rejects.toThrow('dropped');
  await vi.advanceTimersByTimeAsync(3000);
  expect(under.way.aborted).toBe(true);
  under.refuse(new Error('aborted'));
  await vi.advanceTimersByTimeAsync(0);
  expect(onLate).not.toHaveBeenCalled();
});
