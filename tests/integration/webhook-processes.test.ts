import { expect } from 'vitest';
import { find } from './client.ts';
import { digitPng } from './pictures.ts';
import { verified } from './receiver.ts';
import { until } from './until.ts';
import { accepted, env, SECRET, test, untilNonePending, untilReceived } from './webhook-stack.ts';

// What becomes of deliveries while the process that delivers starts, stops or dies.

test('what ended while no process delivered is delivered once one starts', async ({ stack, receiver }) => {
  const [api] = await Promise.all([stack.api(env), stack.worker()]);
  const id = await accepted(api, receiver.url, await digitPng(4));
  await find(api, id, 10);
  await stack.webhooks(env);
  await untilReceived(receiver, 1, 3_000);
  expect(verified(SECRET, receiver.received[0]!)).toMatchObject({ id, status: 'succeeded' });
});

test('an end that no process saw is found at the start of the next one', async ({ stack, receiver }) => {
  const [api, webhooks] = await Promise.all([stack.api(env), stack.webhooks(env)]);
  const id = await accepted(api, receiver.url, await digitPng(4));
  await until('the delivery sleeps', () => stack.redis.zscore(`${stack.prefix}:webhooks:delayed`, id));
  await webhooks.kill();
  // By itself it would wake in an hour. BullMQ's score of a delayed job.
  await stack.redis.zadd(`${stack.prefix}:webhooks:delayed`, (Date.now() + 3_600_000) * 0x10_00, id);
  await stack.worker();
  await find(api, id, 10);
  await stack.webhooks(env);
  await untilReceived(receiver, 1, 5_000);
}, 30_000);

test('a process that is killed between the end and the receiver’s response is followed by one that delivers', async ({
  stack,
  receiver,
}) => {
  const [api, webhooks] = await Promise.all([stack.api(env), stack.webhooks(env), stack.worker()]);
  receiver.respondWith(() => {});
  const id = await accepted(api, receiver.url, await digitPng(4));
  await untilReceived(receiver, 1);
  await webhooks.kill();
  receiver.respondWith((response) => response.writeHead(204).end());
  await stack.webhooks(env);
  await untilReceived(receiver, 2, 20_000);
  for (const one of receiver.received) expect(verified(SECRET, one)).toMatchObject({ id });
  expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([id, id]);
  await untilNonePending(stack);
}, 60_000);

test('a process that stops gives back what it cannot finish, as no attempt', async ({ stack, receiver }) => {
  const hasty = { ...env, SHUTDOWN_TIMEOUT_MS: '4000' };
  const [api, webhooks] = await Promise.all([stack.api(env), stack.webhooks(hasty), stack.worker()]);
  receiver.respondWith(() => {});
  const id = await accepted(api, receiver.url, await digitPng(4));
  await untilReceived(receiver, 1);
  await webhooks.stop();
  expect(await stack.redis.hget(`${stack.prefix}:webhooks:${id}`, 'atm')).toBeNull();
  receiver.respondWith((response) => response.writeHead(204).end());
  await stack.webhooks(env);
  await untilReceived(receiver, 2, 5_000);
});
