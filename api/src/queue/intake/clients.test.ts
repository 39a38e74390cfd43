import { beforeEach, expect, test } from 'vitest';
import { type Clients, createClients } from './clients.ts';

const AT_ONCE = 32;

let now: number;
/** The turn that the queue has come to, and how often it was looked up. */
let come: number;
let looks: number;
let clients: Clients;
beforeEach(() => {
  [now, come, looks] = [0, 0, 0];
  clients = createClients({
    turn: async () => {
      looks++;
      return come;
    },
    now: () => now,
  });
});

const images = (count: number) => Array.from({ length: count }, () => ({}));

/** Takes jobs of one image each. */
const take = (name: string, count: number, from = 0) => {
  for (let i = from; i < from + count; i++) clients.take(`${name}${i}`, { client: name });
};

test('a client takes turns from the image on that is too many until all of its images have ended', () => {
  take('a', AT_ONCE - 1);
  expect(clients.takesTurns('a')).toBe(false);
  take('a', 1, AT_ONCE - 1);
  expect([clients.takesTurns('a'), clients.takesTurns('b')]).toEqual([true, false]);
  for (let i = 0; i < AT_ONCE - 1; i++) clients.end(`a${i}`);
  expect(clients.takesTurns('a')).toBe(true);
  clients.end(`a${AT_ONCE - 1}`);
  expect(clients.takesTurns('a')).toBe(false);
});

test('an image that ends before its job counts no more, and its job does not count it again', () => {
  for (let i = 0; i < AT_ONCE; i++) clients.take('shared', { client: 'a' });
  clients.take('shared', { client: 'b' });
  clients.take('shared', {});
  expect(clients.inQueue()).toBe(AT_ONCE + 1);
  clients.endOne('shared', 0);
  expect(clients.takesTurns('a')).toBe(false);
  clients.take('other', { client: 'a' });
  expect([clients.takesTurns('a'), clients.inQueue()]).toEqual([true, AT_ONCE + 1]);
  clients.end('shared');
  clients.end('other');
  expect([clients.takesTurns('a'), clients.inQueue()]).toEqual([false, 0]);
});

test('an image that is to be explained counts as a full job', async () => {
  clients.take('why', { client: 'a', explain: true });
  expect(clients.takesTurns('a')).toBe(true);
  const explained = [{ explain: true }];
  const turns = [];
  for (let i = 0; i < 2; i++) turns.push(await clients.nextTurn('a', 'waiting', explained));
  expect(turns).toEqual([0, 1]);
  clients.end('why');
  expect(clients.takesTurns('a')).toBe(false);
});

test('after a loss of data nothing counts of what was taken before', () => {
  take('a', AT_ONCE);
  expect(clients.takesTurns('a')).toBe(true);
  clients.forgetAll();
  expect([clients.takesTurns('a'), clients.inQueue()]).toEqual([false, 0]);
  take('a', AT_ONCE - 1, AT_ONCE);
  clients.end('a0');
  expect(clients.takesTurns('a')).toBe(false);
  take('a', 1, 2 * AT_ONCE);
  expect(clients.takesTurns('a')).toBe(true);
});

test('a job that is never heard of again counts for a day', () => {
  take('a', AT_ONCE);
  expect(clients.takesTurns('a')).toBe(true);
  now = 24 * 3_600_000 - 1;
  take('b', 1);
  expect(clients.takesTurns('a')).toBe(true);
  now++;
  take('b', 1, 1);
  expect(clients.takesTurns('a')).toBe(false);
});

test('a full job costs a turn, a smaller one its share, and nobody goes before what the queue has come to', async () => {
  take('a', AT_ONCE);
  const turns = [];
  for (let i = 0; i < 3; i++) turns.push(await clients.nextTurn('a', 'waiting', images(32)));
  for (let i = 0; i < 3; i++) turns.push(await clients.nextTurn('a', 'waiting', images(16)));
  expect(turns).toEqual([0, 1, 2, 3, 3, 4]);
  come = 40;
  now += 100;
  take('b', AT_ONCE);
  expect(await clients.nextTurn('b', 'waiting', images(32))).toBe(40);
  expect(await clients.nextTurn('a', 'waiting', images(32))).toBe(40);
  expect(await clients.nextTurn('a', 'polling', images(32))).toBe(40);
});

test('the turn that the queue has come to is looked up ten times a second at most', async () => {
  take('a', 1);
  for (let i = 0; i < 10; i++) await clients.nextTurn('a', 'waiting', images(1));
  expect(looks).toBe(1);
  now += 100;
  await clients.nextTurn('a', 'waiting', images(1));
  expect(looks).toBe(2);
});
