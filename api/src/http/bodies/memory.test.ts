import { expect, test } from 'vitest';
import { createMemory, holder } from './memory.ts';

const MB = 1_000_000;
// A body counts twice, and large ones have four fifths of the 10 MB.
const memory = () => createMemory({ maxBytes: 10 * MB });

test('large bodies leave a fifth to small ones, and an unknown length is not small', () => {
  const bound = memory();
  expect(bound.book(holder(4 * MB), 3.9 * MB)).toBe(true);
  expect(bound.book(holder(null), 500_000)).toBe(false);
  expect(bound.book(holder(65_537), 500_000)).toBe(false);
  expect(bound.book(holder(65_536), 65_536)).toBe(true);
});

test('a body that is alone has room, however large', () => {
  const bound = memory();
  const alone = holder(null);
  expect(bound.book(alone, 20 * MB)).toBe(true);
  expect(bound.book(alone, 20 * MB)).toBe(true);
  expect(bound.book(holder(10), 10)).toBe(false);
  bound.release(alone);
  expect(bound.book(holder(null), 20 * MB)).toBe(true);
});

test('a released body makes room once', () => {
  const bound = memory();
  const [first, second] = [holder(null), holder(null)];
  bound.book(first, 2 * MB);
  bound.book(second, 2 * MB);
  bound.release(first);
  bound.release(first);
  expect(bound.book(holder(null), 2 * MB)).toBe(true);
  expect(bound.book(holder(null), 1)).toBe(false);
});

test('of bodies that wait for each other the first goes beyond the bound, and then the next', () => {
  const bound = memory();
  const finished: string[] = [];
  function start(name: string) {
    const by = holder(null);
    bound.book(by, 2 * MB);
    const retry = () => {
      if (!bound.book(by, 2 * MB)) return;
      bound.endWait(by);
      finished.push(name);
    };
    return { by, wait: () => bound.wait(by, retry) };
  }
  const [first, second] = [start('first'), start('second')];
  first.wait();
  second.wait();
  expect(finished).toEqual(['first']);
  bound.release(first.by);
  expect(finished).toEqual(['first', 'second']);
});

test('one that has nothing yet does not go beyond the bound', () => {
  const bound = memory();
  const large = holder(null);
  bound.book(large, 4 * MB);
  const fresh = holder(null);
  let retries = 0;
  bound.wait(fresh, () => void retries++);
  expect(retries).toBe(0);
  bound.release(large);
  expect(retries).toBe(1);
});
