import { expect, it } from 'vitest';
import { createLanes } from './concurrency-limit.ts';

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

it('runs no more than its limit at a time, in order', async () => {
  const inLane = createLanes(2);
  const gates = [gate(), gate(), gate(), gate()];
  const started: number[] = [];
  const all = gates.map(({ opened }, index) =>
    inLane(async () => {
      started.push(index);
      await opened;
      return index;
    }),
  );
  expect(started).toEqual([0, 1]);
  gates[1]!.open();
  await expect.poll(() => started).toEqual([0, 1, 2]);
  for (const each of gates) each.open();
  expect(await Promise.all(all)).toEqual([0, 1, 2, 3]);
});

it('gives the lane on when a task fails', async () => {
  const inLane = createLanes(1);
  const failing = inLane(() => Promise.reject(new Error('refused')));
  const next = inLane(() => Promise.resolve('read'));
  await expect(failing).rejects.toThrow('refused');
  expect(await next).toBe('read');
});
