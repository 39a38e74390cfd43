import { EventEmitter } from 'node:events';
import type { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { retryWhenReady } from './retry.ts';

test('what failed while Redis was away is done when it is back, once', async () => {
  const connection = new EventEmitter();
  const done: string[] = [];
  let isAway = true;
  const remove = retryWhenReady(connection as unknown as Redis, async (key: string) => {
    if (isAway) throw new Error('Connection is closed.');
    done.push(key);
  });
  await Promise.all([remove('a'), remove('b')]);
  connection.emit('ready');
  expect(done).toEqual([]);
  isAway = false;
  connection.emit('ready');
  await expect.poll(() => done).toEqual(['a', 'b']);
  connection.emit('ready');
  await remove('c');
  expect(done).toEqual(['a', 'b', 'c']);
});
