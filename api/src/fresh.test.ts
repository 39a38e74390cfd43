import { beforeEach, expect, test } from 'vitest';
import { createFresh } from './fresh.ts';

let now: number;
let looks: { resolve: (found: string) => void; reject: (error: Error) => void }[];
let fresh: ReturnType<typeof createFresh<string>>;
beforeEach(() => {
  now = 0;
  looks = [];
  fresh = createFresh(() => new Promise((resolve, reject) => void looks.push({ resolve, reject })), {
    freshMs: 100,
    now: () => now,
  });
});

test('callers within the time share one look-up, and later ones look again', async () => {
  const found = [fresh.current(), fresh.current()];
  looks[0]!.resolve('one');
  expect(await Promise.all(found)).toEqual(['one', 'one']);
  now = 99;
  expect(await fresh.current()).toBe('one');
  expect(looks).toHaveLength(1);
  now = 100;
  const later = fresh.current();
  looks[1]!.resolve('two');
  expect(await later).toBe('two');
});

test('a look-up that takes longer than it stays fresh is shared until it ends', async () => {
  const first = fresh.current();
  now = 500;
  const second = fresh.renewed();
  looks[0]!.resolve('one');
  expect(await Promise.all([first, second])).toEqual(['one', 'one']);
  expect(looks).toHaveLength(1);
});

test('a renewal looks again though what was found is fresh', async () => {
  const first = fresh.current();
  looks[0]!.resolve('one');
  await first;
  const second = fresh.renewed();
  looks[1]!.resolve('two');
  expect(await second).toBe('two');
  expect(await fresh.current()).toBe('two');
});

test('a failure reaches those that shared the look-up, and no caller after them', async () => {
  const both = [fresh.current(), fresh.current()];
  looks[0]!.reject(new Error('Redis is away'));
  for (const each of both) await expect(each).rejects.toThrow('Redis is away');
  const next = fresh.current();
  looks[1]!.resolve('two');
  expect(await next).toBe('two');
});
