import { expect, it } from 'vitest';
import { createConcurrencyLimit } from './concurrency-limit.ts';

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

it('runs at most its maximum at a time, in order', async () => {
  const limited = createConcurrencyLimit(2);
  const gates = [gate(), gate(), gate(), gate()];
  const started: number[] = [];
  const all = gates.map(({ opened }, index) =>
    limited(async () => {
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

it('starts the next task when one fails', async () => {
  const limited = createConcurrencyLimit(1);
  const failing = limited(() => Promise.reject(new Error('refused')));
  const next = limited(() => Promise.resolve('done'));
  await expect(failing).rejects.toThrow('refused');
  expect(await next).toBe('done');
});
